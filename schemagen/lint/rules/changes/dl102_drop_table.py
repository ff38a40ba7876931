"""A table that goes with all its rows.

The way down makes the table again, empty: nothing brings the rows back but a backup. Clients that
are still deployed fail at once. Rename the table first, and drop it some releases later when
nothing has asked for it; or keep it, and `allow` the finding where it is meant.

Bad:

```diff
 table: lots
 columns: {id: bigint pk identity}
----
-table: old_lots
-columns: {id: bigint pk identity, code: text}
```

```python
op.drop_table("lots")
```

Good:

```diff
 table: lots
 columns: {id: bigint pk identity}
 ---
-table: old_lots
+table: unused_old_lots
+renamed_from: old_lots
 columns: {id: bigint pk identity, code: text}
```

```python
op.rename_table("lots", "unused_lots")
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.kinds import Key, Table
from schemagen.lint.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.sqlview import SqlView
    from schemagen.lint.views import DiffView

CODE = "DL102"
NAME = "drop-table"
SEVERITY = "error"


def diff(view: DiffView) -> Iterator[Finding]:
    """Look for tables that go."""
    for table in view.dropped(Table):
        yield Finding(
            f"{table.key} goes with every row in it",
            table.key,
            help="rename it, and drop it when nothing has asked for it for a while",
        )


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for DROP TABLE of what was there before."""
    for statement, name in view.dropped("OBJECT_TABLE"):
        if statement.was_there(name):
            yield statement.finding(
                f"table {name} goes with every row in it",
                "rename it, and drop it when nothing has asked for it for a while",
                Key("table", "", name),
            )
