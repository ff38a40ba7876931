"""A SET NOT NULL that reads the whole table under ACCESS EXCLUSIVE.

SET NOT NULL looks at every row, unless a valid CHECK (column IS NOT NULL) has proven that there is
no NULL. Add that check NOT VALID, validate it in a transaction of its own, set the column NOT NULL,
and drop the check. The last two have to be two statements: as two actions of one ALTER TABLE the
check is gone when PostgreSQL looks for the proof.

Bad:

```python
op.alter_column("lots", "code", nullable=False)
```

Good:

```python
op.execute("ALTER TABLE lots ADD CONSTRAINT lots_code_nn CHECK (code IS NOT NULL) NOT VALID")
with op.get_context().autocommit_block():
    op.execute("ALTER TABLE lots VALIDATE CONSTRAINT lots_code_nn")
op.alter_column("lots", "code", nullable=False)
op.drop_constraint("lots_code_nn", "lots")
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.rule import Finding
    from schemagen.lint.sqlview import SqlView

CODE = "LK110"
NAME = "set-not-null-scans"
SEVERITY = "error"


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for SET NOT NULL without a proof."""
    for command in view.commands("SetNotNull"):
        if not command.is_proven(command.name) and command.name not in _new(view, command.table):
            yield command.finding(
                f"SET NOT NULL of {command.shown} reads the table while no one else can",
                f"prove CHECK ({command.name} IS NOT NULL) first, NOT VALID and then validated",
            )
    for constraint in view.constraints("not_null"):
        if constraint.is_valid:
            yield constraint.finding(
                f"NOT NULL of {constraint.command.table} reads the table while no one else can",
                "add it NOT VALID, then VALIDATE CONSTRAINT in an autocommit_block",
            )


def _new(view: SqlView, table: str) -> set[str]:
    """Give the columns of a table that come NOT NULL: SET NOT NULL has nothing to do."""
    return {
        constraint.command.name
        for constraint in view.constraints("not_null", inline=True)
        if constraint.command.table == table
    }
