"""A foreign key that locks the table it refers to, unseen.

REFERENCES in CREATE TABLE or ADD COLUMN takes SHARE ROW EXCLUSIVE on the other table; dropping a
foreign key, or the table that has it, takes ACCESS EXCLUSIVE there. The statement names one table
and stops the writers of another, until its transaction ends. Add and drop foreign keys by
themselves, each in a short transaction with a lock_timeout.

Bad:

```python
op.create_table(
    "serials",
    sa.Column("id", sa.BigInteger(), primary_key=True),
    sa.Column("lot_id", sa.BigInteger(), sa.ForeignKey("lots.id", name="fk_serials_lot")),
)
```

Good:

```python
op.create_table(
    "serials",
    sa.Column("id", sa.BigInteger(), primary_key=True),
    sa.Column("lot_id", sa.BigInteger()),
)
with op.get_context().autocommit_block():
    op.create_foreign_key("fk_serials_lot", "serials", "lots", ["lot_id"], ["id"])
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.kinds import Key
from schemagen.lint import tree
from schemagen.lint.locks import blocks_writers, locks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.rule import Finding
    from schemagen.lint.sqlview import SqlView
    from schemagen.lint.statement import Statement

CODE = "LK114"
NAME = "fk-locks-parent"
SEVERITY = "warning"


_KINDS = ("CreateStmt", "DropStmt", "AlterTableStmt")


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for locks on tables that a statement does not seem to be about."""
    for statement in view.of(*_KINDS):
        if statement.is_alone or _adds_key(statement) or _is_other(statement):
            continue
        tables = {statement.table, *_dropped(statement)}
        for lock in locks(statement):
            if lock.table not in tables and blocks_writers(lock.mode):
                yield statement.finding(
                    f"this takes {lock.mode} on {lock.table} until the transaction ends",
                    "add or drop the foreign key by itself, in an autocommit_block",
                    Key("table", "", lock.table),
                )


def _adds_key(statement: Statement) -> bool:
    """Say whether it is ADD FOREIGN KEY, which names both tables."""
    return any(command.kind == "AddConstraint" for command in statement.commands)


def _is_other(statement: Statement) -> bool:
    """Say whether it drops something else than tables."""
    return statement.kind == "DropStmt" and statement.node.removeType.name != "OBJECT_TABLE"


def _dropped(statement: Statement) -> set[str]:
    if statement.kind != "DropStmt":
        return set()
    return {tree.dotted(name) for name in statement.node.objects if isinstance(name, tuple)}
