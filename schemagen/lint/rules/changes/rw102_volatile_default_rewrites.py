"""A new column whose default differs from row to row.

A default that is the same for all rows, `now()` too, is kept once and costs nothing. For one like
`gen_random_uuid()` or `random()` PostgreSQL writes the table anew under ACCESS EXCLUSIVE, to give
each row its own; 14 seconds for two million rows. Add the column without it, set the default for
new rows, and fill the old ones in batches.

Bad:

```python
op.add_column(
    "lots", sa.Column("token", sa.Uuid(), server_default=sa.text("gen_random_uuid()"))
)
```

Good:

```python
op.add_column("lots", sa.Column("token", sa.Uuid()))
op.alter_column("lots", "token", server_default=sa.text("gen_random_uuid()"))
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.kinds import Column
from schemagen.lint import rewrites
from schemagen.lint.rule import Finding
from schemagen.plan.online.volatile import volatile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.sqlview import SqlView
    from schemagen.lint.views import DiffView

CODE = "RW102"
NAME = "volatile-default-rewrites"
SEVERITY = "error"


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for new columns with a volatile default."""
    for constraint in view.constraints("default", inline=True):
        command = constraint.command
        called = rewrites.volatile(constraint.node.raw_expr, command.statement.scene)
        if called:
            yield command.finding(
                f"{called}() has to be called for every row of {command.table} while it is locked",
                "add the column without it, then SET DEFAULT, then fill the rows in batches",
            )


def pending(view: DiffView) -> Iterator[Finding]:
    """Look for new columns with a volatile default; an online revision knows how to add them."""
    for column in view.added(Column) if view.is_postgresql and not view.online else ():
        if volatile(column):
            yield Finding(
                f"{column.key} has a default that is worked out for every row",
                column.key,
                help="`online = true` writes a revision that fills it in batches",
                dialect="postgresql",
            )
