"""A new column of a domain that has a constraint.

Even where it may hold NULL and has no default, PostgreSQL writes the table anew under ACCESS
EXCLUSIVE to try the constraint on each row. Take the domain's base type, and say the constraint as
a CHECK, NOT VALID and then validated. Domains that the revision itself makes are known; others are
not.

Bad:

```python
op.execute("CREATE DOMAIN code AS text CHECK (value <> '')")
op.execute("ALTER TABLE lots ADD COLUMN code code")
```

Good:

```python
op.execute("ALTER TABLE lots ADD COLUMN code text")
op.execute("ALTER TABLE lots ADD CONSTRAINT chk_lots_code CHECK (code <> '') NOT VALID")
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.lint import tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.rule import Finding
    from schemagen.lint.sqlview import SqlView

CODE = "RW105"
NAME = "constrained-domain-rewrites"
SEVERITY = "error"


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for new columns of domains with a constraint."""
    for command in view.commands("AddColumn", "AlterColumnType"):
        name = tree.dotted(command.definition.typeName.names)
        if name in command.statement.scene.domains:
            yield command.finding(
                f"the domain {name} is tried on every row of {command.table} while it is locked",
                "the base type, with the constraint as a CHECK … NOT VALID",
            )
