"""A scan in a transaction that already blocks others.

Locks are held until the transaction ends. After an ALTER TABLE that takes a moment, a second
statement that reads a table, builds an index or proves a constraint keeps the first one's lock for
all that time, also where the second alone would block no one.

Bad:

```python
op.add_column("lots", sa.Column("note", sa.Text()))
op.execute("ALTER TABLE serials VALIDATE CONSTRAINT chk_serials_size")
```

Good:

```python
op.add_column("lots", sa.Column("note", sa.Text()))
with op.get_context().autocommit_block():
    op.execute("ALTER TABLE serials VALIDATE CONSTRAINT chk_serials_size")
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.kinds import Key
from schemagen.lint.locks import RANK, blocks_writers, locks
from schemagen.lint.scans import scans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.rule import Finding
    from schemagen.lint.sqlview import SqlView
    from schemagen.lint.statement import Held, Statement

CODE = "LK113"
NAME = "work-after-access-exclusive"
SEVERITY = "error"


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for scans in transactions that hold a lock which writers wait for."""
    for statement in view.statements:
        held = list(_held(statement))
        for table, why in scans(statement) if held and not _is_added_here(statement) else ():
            lock = held[0]
            yield statement.finding(
                f"this {why} of {table} while the transaction holds {lock.mode} on {lock.table}",
                "give it a transaction of its own: an autocommit_block",
                Key("table", "", table),
            )


def _held(statement: Statement) -> Iterator[Held]:
    """Give the locks that writers wait for, and that the statement does not take itself."""
    mine = {lock.table: RANK[lock.mode] for lock in locks(statement)}
    for lock in statement.scene.held:
        if blocks_writers(lock.mode) and mine.get(lock.table, -1) < RANK[lock.mode]:
            yield lock


def _is_added_here(statement: Statement) -> bool:
    """Say whether it validates what this very transaction added, which LK112 tells."""
    here = {p.name for p in statement.scene.pending if p.transaction == statement.scene.transaction}
    kinds = {(command.kind, command.name in here) for command in statement.commands}
    return kinds == {("ValidateConstraint", True)}
