"""A table without a primary key.

Nothing names one of its rows: logical replication refuses updates and deletes, an online backfill
has no order to go by, duplicates cannot be told apart, and SQLAlchemy maps no class to it.

Bad:

```yaml
table: measurements
columns: {taken_at: timestamptz, value: integer}
```

Good:

```yaml
table: measurements
columns: {id: bigint pk identity, taken_at: timestamptz, value: integer}
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.lint.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.views import SchemaView

CODE = "PF117"
NAME = "no-primary-key"
SEVERITY = "warning"


def schema(view: SchemaView) -> Iterator[Finding]:
    """Look for tables without one."""
    for table in view.schema.views():
        if table.primary_key is None:
            yield Finding(
                f"{table.table.key} has no primary key",
                table.table.key,
                help="add one, such as `id: bigint pk identity`",
            )
