"""A partition that is read whole while it is attached.

ATTACH PARTITION reads the new partition, and the default one, under ACCESS EXCLUSIVE on them, to
prove that every row belongs where it is. A valid CHECK that says the same makes it a moment: add it
NOT VALID, validate it, attach, and drop it.

Bad:

```python
op.execute(
    "ALTER TABLE readings ATTACH PARTITION readings_2026 "
    "FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')"
)
```

Good:

```python
op.execute(
    "ALTER TABLE readings_2026 ADD CONSTRAINT bounds "
    "CHECK (at >= '2026-01-01' AND at < '2027-01-01') NOT VALID"
)
with op.get_context().autocommit_block():
    op.execute("ALTER TABLE readings_2026 VALIDATE CONSTRAINT bounds")
op.execute(
    "ALTER TABLE readings ATTACH PARTITION readings_2026 "
    "FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')"
)
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.lint import tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.rule import Finding
    from schemagen.lint.sqlview import SqlView

CODE = "LK116"
NAME = "attach-scans"
SEVERITY = "error"


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for ATTACH PARTITION of a table that has rows and no check."""
    for command in view.commands("AttachPartition"):
        partition = tree.table(command.definition.name)
        is_new = not command.statement.was_there(partition)
        if not is_new and partition not in _checked(view):
            yield command.finding(
                f"attaching {partition} reads all of it while it is locked",
                "prove a CHECK of its bounds first, NOT VALID and then validated",
            )


def _checked(view: SqlView) -> set[str]:
    """Give the tables that have a check which is proven."""
    proven = {command.table for command in view.commands("ValidateConstraint")}
    proven |= {c.command.table for c in view.constraints("check") if c.is_valid}
    return proven | {table.name for table in view.schema.views() if table.checks}
