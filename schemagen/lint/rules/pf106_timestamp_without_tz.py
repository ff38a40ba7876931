"""A point in time without its zone.

`timestamp` keeps what the clock on the wall showed and forgets where the wall was. Two sessions of
different zones read different moments from it, and an hour is there twice when summer ends.
`timestamptz` takes no more space.

Bad:

```yaml
table: shifts
columns:
  id: bigint pk identity
  started_at: timestamp
```

```python
op.add_column("lots", sa.Column("made_at", sa.DateTime()))
```

Good:

```yaml
table: shifts
columns:
  id: bigint pk identity
  started_at: timestamptz
```

```python
op.add_column("lots", sa.Column("made_at", sa.DateTime(timezone=True)))
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.lint.columns import columns_of_type
from schemagen.lint.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.sqlview import SqlView
    from schemagen.lint.views import SchemaView

CODE = "PF106"
NAME = "timestamp-without-tz"
SEVERITY = "info"


def schema(view: SchemaView) -> Iterator[Finding]:
    """Look for columns of the type."""
    for column in columns_of_type(view.postgresql, "timestamp"):
        yield Finding(f"{column.key} does not know its zone", column.key, help="use timestamptz")


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for new columns of the type."""
    for statement, key in view.new_columns("timestamp"):
        yield statement.finding(f"{key} does not know its zone", "use timestamptz", key)
