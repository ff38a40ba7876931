"""A stored generated column on a table that is in use.

The value of every row has to be worked out and written, under ACCESS EXCLUSIVE. The same holds for
SET EXPRESSION. A VIRTUAL column, since PostgreSQL 18, costs nothing; before that, a plain column
that a trigger fills, with batches for the old rows.

Bad:

```python
op.add_column("lots", sa.Column("area", sa.Integer(), sa.Computed("w * h", persisted=True)))
```

Good:

```python
op.add_column("lots", sa.Column("area", sa.Integer(), sa.Computed("w * h", persisted=False)))
```

Bad:

```diff
 table: lots
 columns:
   id: bigint pk identity
   side: integer
+  area: {type: integer, generated: {sql: side * side, stored: true}}
```

Good:

```diff
 table: lots
 columns:
   id: bigint pk identity
   side: integer
+  area: {type: integer?, backfill: side * side}
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

CODE = "RW103"
NAME = "stored-generated-rewrites"
SEVERITY = "error"


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for stored expressions that come to rows that are there."""
    stored = [
        constraint.command
        for constraint in view.constraints("generated", inline=True)
        if constraint.node.generated_kind != "v"
    ]
    for command in (*stored, *view.commands("SetExpression")):
        yield command.finding(
            f"{command.shown} is worked out for every row while the table is locked",
            "a VIRTUAL column, or a plain one that a trigger and batches fill",
        )


def pending(view: DiffView) -> Iterator[Finding]:
    """Look for new stored columns."""
    for column in view.added(Column) if view.is_postgresql else ():
        if column.generated and column.generated.stored:
            yield Finding(
                f"{column.key} is worked out for every row while its table is locked",
                column.key,
                help="a plain column with `backfill:`, kept right by the clients or a trigger",
                dialect="postgresql",
            )
