"""A `json` column, which nothing can compare.

PostgreSQL has no equality for `json`: `SELECT DISTINCT`, `GROUP BY` and `UNION` over the table
fail, and each read parses the text again. `jsonb` has all that, and indexes. It keeps neither
blanks nor the order of keys.

Bad:

```yaml
table: events
columns:
  id: bigint pk identity
  payload: json
```

```python
op.add_column("lots", sa.Column("more", sa.JSON()))
```

Good:

```yaml
table: events
columns:
  id: bigint pk identity
  payload: jsonb
```

```python
op.add_column("lots", sa.Column("more", postgresql.JSONB()))
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

CODE = "PF107"
NAME = "json-no-equality"
SEVERITY = "warning"


def schema(view: SchemaView) -> Iterator[Finding]:
    """Look for columns of the type."""
    for column in columns_of_type(view.postgresql, "json"):
        yield Finding(
            f"{column.key} cannot be compared: DISTINCT over its table fails",
            column.key,
            help="use jsonb",
        )


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for new columns of the type."""
    for statement, key in view.new_columns("json"):
        yield statement.finding(f"{key} has no =, so DISTINCT and GROUP BY fail", "use jsonb", key)
