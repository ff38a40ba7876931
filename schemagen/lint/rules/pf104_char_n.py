"""A `char(n)` column.

PostgreSQL fills every value up with blanks, stores them, and leaves them out again in some
comparisons and not in others; SQLite does none of this. It is neither faster nor smaller than
`varchar(n)`.

Bad:

```yaml
table: countries
columns:
  id: bigint pk identity
  code: char(3)
```

```python
op.add_column("lots", sa.Column("code", sa.CHAR(3)))
```

Good:

```yaml
table: countries
columns:
  id: bigint pk identity
  code: varchar(3)
```

```python
op.add_column("lots", sa.Column("code", sa.String(3)))
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

CODE = "PF104"
NAME = "char-n"
SEVERITY = "info"


def schema(view: SchemaView) -> Iterator[Finding]:
    """Look for columns of the type."""
    for column in columns_of_type(view.postgresql, "char"):
        yield Finding(f"{column.key} is filled up with blanks", column.key, help="use varchar")


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for new columns of the type."""
    for statement, key in view.new_columns("char"):
        yield statement.finding(f"{key} is filled up with blanks", "use varchar", key)
