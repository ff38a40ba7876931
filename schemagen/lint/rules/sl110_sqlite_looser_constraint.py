"""A constraint that SQLite keeps less strictly, or more, than PostgreSQL.

SQLite has no `nulls_distinct: false`, so rows whose key is NULL repeat there and are refused in
production; and it cannot put off a unique constraint until the end of a transaction, so what works
in production fails there.

Bad:

```yaml
table: badges
columns: {id: bigint pk identity, code: text?}
unique:
  code: {columns: [code], nulls_distinct: false}
```

Good:

```yaml
table: badges
columns: {id: bigint pk identity, code: text}
unique:
  code: [code]
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.kinds import Unique
from schemagen.lint.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.kinds import Index
    from schemagen.lint.views import SchemaView
    from schemagen.schema import View

CODE = "SL110"
NAME = "sqlite-looser-constraint"
SEVERITY = "warning"


def schema(view: SchemaView) -> Iterator[Finding]:
    """Look for what SQLite leaves out of unique constraints and indexes."""
    for table in view.sqlite.views():
        indexes = [index for index in table.indexes if index.unique]
        keys: tuple[Unique | Index, ...] = (*table.uniques, *indexes)
        for obj in keys:
            if not obj.nulls_distinct and _allows_null(obj, table):
                yield Finding(
                    f"SQLite lets NULLs repeat in {obj.key}",
                    obj.key,
                    help="make the columns NOT NULL, or keep it to one database with `only:`",
                    dialect="sqlite",
                )
            if isinstance(obj, Unique) and obj.deferrable:
                yield Finding(
                    f"SQLite checks {obj.key} at once, never at the end of a transaction",
                    obj.key,
                    help="do without `deferrable`, or keep it to one database with `only:`",
                    dialect="sqlite",
                )


def _allows_null(obj: Unique | Index, table: View) -> bool:
    names = obj.columns if isinstance(obj, Unique) else [item.column for item in obj.columns]
    return any(column.nullable for column in table.columns if column.name in names)
