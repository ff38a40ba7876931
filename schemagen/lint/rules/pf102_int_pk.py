"""A primary key that holds too few numbers.

An `integer` key ends at 2,147,483,647 and a `smallint` at 32,767, counting the numbers that failed
inserts and deleted rows took. On that day every insert fails, and the way out writes the table and
all that refers to it anew.

Bad:

```yaml
table: readings
columns:
  id: integer pk identity
```

Good:

```yaml
table: readings
columns:
  id: bigint pk identity
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.lint.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.views import SchemaView

CODE = "PF102"
NAME = "int-pk"
SEVERITY = "info"


def schema(view: SchemaView) -> Iterator[Finding]:
    """Look at keys that the database counts up."""
    for column in (column for table in view.postgresql.views() for column in table.columns):
        if column.identity and column.spec and column.spec.name in _LIMITS:
            yield Finding(
                f"{column.key} ends at {_LIMITS[column.spec.name]:,}",
                column.key,
                help="let it be a bigint",
            )


_LIMITS = {"smallint": 2**15 - 1, "integer": 2**31 - 1}
