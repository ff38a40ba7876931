"""A column that goes with its value in every row.

The way down makes the column again, filled with what `restore:` or the type's zero says: what was
there is gone. Clients that are still deployed fail at once. Take it out of the application first,
rename it, and drop it some releases later; or `allow` the finding on the table.

Bad:

```diff
 table: lots
 columns:
   id: bigint pk identity
-  code: text?
```

```python
op.drop_column("lots", "note")
```

Good:

```diff
 table: lots
 columns:
   id: bigint pk identity
-  code: text?
+  unused_code: {type: text?, renamed_from: code}
```

```python
op.alter_column("lots", "note", nullable=True)
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.kinds import Column
from schemagen.lint.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.sqlview import SqlView
    from schemagen.lint.views import DiffView

CODE = "DL103"
NAME = "drop-column"
SEVERITY = "error"


def diff(view: DiffView) -> Iterator[Finding]:
    """Look for columns that go and hold values of their own."""
    for column in view.dropped(Column):
        if column.generated is None:
            yield Finding(
                f"{column.key} goes with its value in every row",
                column.key,
                help="rename it, and drop it when nothing has asked for it for a while",
            )


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for DROP COLUMN."""
    for command in view.commands("DropColumn"):
        known = command.column
        if known is None or known.generated is None:
            yield command.finding(
                f"column {command.shown} goes with its values",
                "rename it, and drop it when nothing has asked for it for a while",
            )
