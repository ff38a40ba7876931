"""An index that goes.

Queries that it served read the whole table from then on. Look first whether it is used, on every
server that answers queries: `SELECT idx_scan FROM pg_stat_user_indexes WHERE indexrelname = …`.

Bad:

```diff
 table: lots
 columns: {id: bigint pk identity, code: text}
-indexes: [[code]]
```

```python
op.drop_index("idx_lots_code", table_name="lots")
```

Good:

```diff
 table: lots
 columns: {id: bigint pk identity, code: text}
-indexes: [[code]]
+indexes: [[code, id]]
```

```python
op.drop_index("idx_lots_code", table_name="lots")
op.create_index("idx_lots_code", "lots", ["code", "size"])
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.kinds import Index
from schemagen.lint.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.sqlview import SqlView
    from schemagen.lint.views import DiffView

CODE = "PF113"
NAME = "drop-index"
SEVERITY = "info"


def diff(view: DiffView) -> Iterator[Finding]:
    """Look for indexes that go and that no other one begins with."""
    for index in view.dropped(Index):
        if index.table in view.after.tables and view.keeps_columns(index):
            kept = view.table(index.table).indexes
            if not any(k.columns[: len(index.columns)] == index.columns for k in kept):
                yield Finding(
                    f"queries that {index.key} served read the whole table",
                    index.key,
                    help="look at pg_stat_user_indexes first",
                )


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for indexes that are dropped and not built again under the same name."""
    built = {each.node.idxname for each in view.of("IndexStmt")}
    for statement, name in view.dropped("OBJECT_INDEX"):
        if name not in built:
            yield statement.finding(
                f"queries that used {name} read the whole table",
                "look at pg_stat_user_indexes first: is it used?",
            )
