"""A cheap type change that proves checks again.

Where the rows stay as they are, PostgreSQL still evaluates every CHECK on the column for each row,
under ACCESS EXCLUSIVE. Drop the check, change the type, and add the check NOT VALID and validated
afterwards.

Bad:

```python
op.execute("ALTER TABLE lots ADD CONSTRAINT chk_lots_code CHECK (code <> '') NOT VALID")
op.alter_column("lots", "code", type_=sa.Text())
```

Good:

```python
op.alter_column("lots", "code", type_=sa.Text())
op.execute("ALTER TABLE lots ADD CONSTRAINT chk_lots_code CHECK (code <> '') NOT VALID")
```

Good:

```python
op.execute("ALTER TABLE lots ADD CONSTRAINT full CHECK (code IS NOT NULL) NOT VALID")
op.execute("ALTER TABLE lots DROP CONSTRAINT full")
op.alter_column("lots", "code", type_=sa.Text())
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.kinds import Column, Key
from schemagen.lint import tree
from schemagen.lint.rule import Finding
from schemagen.plan.rewrites import RECHECK, work

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.sqlview import SqlView
    from schemagen.lint.statement import Command, Constraint
    from schemagen.lint.views import DiffView

CODE = "RW108"
NAME = "check-recheck-on-type-change"
SEVERITY = "warning"


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for type changes of columns that a check mentions."""
    added: list[Constraint] = []
    gone: set[tuple[str, str]] = set()
    for command in view.commands():
        if command.kind == "AddConstraint":
            added += (c for c in command.constraints if c.kind == "check")
        elif command.kind == "DropConstraint":
            gone.add((command.table, command.name))
            added = [c for c in added if (c.command.table, c.name) not in gone]
        elif command.kind == "AlterColumnType" and (check := _check(view, command, added, gone)):
            yield command.finding(
                f"{check} is proven again on every row while {command.table} is locked",
                "drop it before, and add it NOT VALID and validated afterwards",
            )


def _check(
    view: SqlView, command: Command, added: list[Constraint], gone: set[tuple[str, str]]
) -> str:
    """Give the name of a check that mentions the column, if there is one."""
    for constraint in added:
        said = map(tree.column, tree.inside(constraint.node.raw_expr, "ColumnRef"))
        if constraint.command.table == command.table and command.name in set(said):
            return constraint.shown
    if command.table not in view.schema.tables:
        return ""
    known = view.schema.view(command.table).checks
    checks = (check for check in known if (check.table, check.name) not in gone)
    key = Key("column", command.table, command.name)
    return next((check.name for check in checks if key in check.needs(view.schema)), "")


def pending(view: DiffView) -> Iterator[Finding]:
    """Look for cheap changes of type under a check."""
    for old, new in view.altered(Column) if view.is_postgresql else ():
        if old.collation == new.collation and work(old, new, view.after) == RECHECK:
            yield Finding(
                f"the checks over {new.key} are proven again while its table is locked",
                new.key,
                help="drop the check, change the type, and add the check again",
                dialect="postgresql",
            )
