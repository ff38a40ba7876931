"""A statement that PostgreSQL refuses in a transaction.

CREATE INDEX CONCURRENTLY, its DROP, REINDEX CONCURRENTLY and DETACH PARTITION CONCURRENTLY commit
on their way, so they fail inside a transaction, which is where Alembic runs a revision. An
autocommit_block commits what came before and runs what is in it outside.

Bad:

```python
op.create_index("idx_lots_code", "lots", ["code"], postgresql_concurrently=True)
```

Good:

```python
with op.get_context().autocommit_block():
    op.create_index("idx_lots_code", "lots", ["code"], postgresql_concurrently=True)
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.lint.tree import options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.rule import Finding
    from schemagen.lint.sqlview import SqlView
    from schemagen.lint.statement import Statement

CODE = "TX101"
NAME = "concurrent-in-transaction"
SEVERITY = "error"


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for CONCURRENTLY, VACUUM and the like inside of a transaction."""
    for statement in view.statements:
        what = _refused(statement)
        if what and not statement.is_alone:
            yield statement.finding(
                f"PostgreSQL refuses {what} in a transaction",
                "with op.get_context().autocommit_block():",
            )


def _refused(statement: Statement) -> str:
    """Give the name of a statement that cannot run in a transaction."""
    node, kind = statement.node, statement.kind
    if kind == "ReindexStmt":
        return "REINDEX CONCURRENTLY" if "concurrently" in options(node.params) else ""
    if kind in _ALWAYS:
        return _ALWAYS[kind]
    detached = any(
        command.kind == "DetachPartition" and command.definition.concurrent
        for command in statement.commands
    )
    if detached:
        return "DETACH PARTITION CONCURRENTLY"
    return _INDEXES.get(kind, "") if getattr(node, "concurrent", False) else ""


_INDEXES = {"IndexStmt": "CREATE INDEX CONCURRENTLY", "DropStmt": "DROP INDEX CONCURRENTLY"}
_ALWAYS = {
    "VacuumStmt": "VACUUM",
    "CreatedbStmt": "CREATE DATABASE",
    "DropdbStmt": "DROP DATABASE",
    "AlterSystemStmt": "ALTER SYSTEM",
}
