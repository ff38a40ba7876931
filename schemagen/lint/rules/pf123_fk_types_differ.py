"""A foreign key between columns of different types.

PostgreSQL takes it, and compares. But an `integer` cannot hold every `bigint` that it may have to
refer to, joins convert each value, and an index on the other side may be of no use to them.

Bad:

```yaml
table: readings
columns: {id: bigint pk identity, lot_id: integer -> lots}
---
table: lots
columns: {id: bigint pk identity}
```

Good:

```yaml
table: readings
columns: {id: bigint pk identity, lot_id: bigint -> lots}
---
table: lots
columns: {id: bigint pk identity}
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import types
from schemagen.lint.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.kinds import Column
    from schemagen.lint.views import SchemaView

CODE = "PF123"
NAME = "fk-types-differ"
SEVERITY = "warning"


def schema(view: SchemaView) -> Iterator[Finding]:
    """Compare both ends of each foreign key."""
    there = view.postgresql
    for table in there.views():
        for key in table.foreign_keys:
            ends = there.view(key.references.table)
            for name, target in zip(key.columns, key.references.columns, strict=True):
                one, two = table.column(name), ends.column(target)
                if one and two and _type(one) != _type(two):
                    yield Finding(
                        f"{one.key} is {one.type}, and {two.table}.{two.name} is {two.type}",
                        key.key,
                        help="give both the same type",
                    )


def _type(column: Column) -> str:
    """Give the type without its length."""
    name = column.spec.name if column.spec else column.type
    return types.SERIAL.get(name, name)
