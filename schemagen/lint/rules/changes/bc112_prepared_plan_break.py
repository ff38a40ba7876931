"""A change of type, after which statements that were prepared fail.

PostgreSQL answers every prepared SELECT of the column with "cached plan must not change result
type", as often as it is asked; psycopg and asyncpg prepare what they run often. A longer varchar is
such a change too. Close the pools' connections right after the upgrade.

Bad:

```diff
 table: lots
 columns:
   id: bigint pk identity
-  code: varchar(20)
+  code: varchar(50)
```

```python
op.alter_column("lots", "size", type_=sa.BigInteger())
```

Good:

```diff
 table: lots
 columns:
   id: bigint pk identity
   code: varchar(20)
+  long_code: varchar(50)?
```

```python
op.add_column("lots", sa.Column("size_new", sa.BigInteger()))
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

CODE = "BC112"
NAME = "prepared-plan-break"
SEVERITY = "warning"


def diff(view: DiffView) -> Iterator[Finding]:
    """Look for columns of another type."""
    for old, new in view.altered(Column):
        if view.is_postgresql and old.type != new.type:
            yield Finding(
                f"prepared statements that read {new.key} fail until they are prepared anew",
                new.key,
                help="recycle the clients' connections after the upgrade, and allow it",
                dialect="postgresql",
            )


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for new types of columns that prepared statements may read."""
    for command in view.commands("AlterColumnType"):
        yield command.finding(
            f"prepared statements that read {command.shown} fail on connections that are open",
            "recycle the connections of all clients afterwards",
        )
