"""A foreign key without an index on its own side.

Neither database makes an index for the referring columns. Every delete of a referred row, and every
update of its key, then reads the whole referring table, under a lock on the row; and so does each
join from the one side to the many.

Bad:

```yaml
table: lots
columns: {id: bigint pk identity}
---
table: serials
columns:
  id: bigint pk identity
  lot_id: bigint -> lots
```

Good:

```yaml
table: lots
columns: {id: bigint pk identity}
---
table: serials
columns:
  id: bigint pk identity
  lot_id: bigint -> lots
indexes:
  lot: [lot_id]
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import sql
from schemagen.kinds import Key
from schemagen.lint.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.kinds import ForeignKey, Index
    from schemagen.lint.views import SchemaView
    from schemagen.schema import View

CODE = "PF101"
NAME = "fk-without-index"
SEVERITY = "warning"


def schema(view: SchemaView) -> Iterator[Finding]:
    """Look for an index, key or unique that begins with the columns of each foreign key."""
    for table in view.postgresql.views():
        for key in table.foreign_keys:
            if not _served(key, table):
                columns = ", ".join(key.columns)
                yield Finding(
                    f"{key.key} has no index that begins with {columns}",
                    key.key,
                    help=f"add to indexes: `[{columns}]`",
                    also=tuple(Key("column", key.table, name) for name in key.columns),
                )


def _served(key: ForeignKey, table: View) -> bool:
    wanted = set(key.columns)
    keys = (*table.uniques, *((table.primary_key,) if table.primary_key else ()))
    listed = [each.columns for each in keys]
    listed += [tuple(i.column or "" for i in index.columns) for index in _whole(table)]
    return any(set(columns[: len(wanted)]) == wanted for columns in listed)


def _whole(table: View) -> Iterator[Index]:
    """Give the indexes that hold every row with a value: a condition may leave NULL out."""
    return (index for index in table.indexes if index.using == "btree" and _all_rows(index))


def _all_rows(index: Index) -> bool:
    if index.where is None:
        return True
    first = index.columns[0].column
    return first is not None and index.where.lower() == f"{sql.quote(first)} is not null"
