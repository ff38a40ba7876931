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
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.rule import Finding
    from schemagen.lint.sqlview import SqlView

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
