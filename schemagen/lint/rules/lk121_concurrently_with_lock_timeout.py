"""A lock_timeout that makes an online statement fail.

CREATE INDEX CONCURRENTLY and VALIDATE CONSTRAINT wait for others without making anyone wait behind
them. A lock_timeout of 200 ms ends CREATE INDEX CONCURRENTLY after 0.21 seconds, and leaves an
INVALID index. Set it to 0 for them, and back afterwards. What env.py sets for the session counts.

Bad:

```python
op.execute("SET lock_timeout = '200ms'")
with op.get_context().autocommit_block():
    op.execute("CREATE INDEX CONCURRENTLY idx_lots_code ON lots (code)")
```

Good:

```python
op.execute("SET lock_timeout = '200ms'")
with op.get_context().autocommit_block():
    op.execute("SET lock_timeout = 0")
    op.execute("CREATE INDEX CONCURRENTLY idx_lots_code ON lots (code)")
    op.execute("RESET lock_timeout")
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.rule import Finding
    from schemagen.lint.sqlview import SqlView
    from schemagen.lint.statement import Statement

CODE = "LK121"
NAME = "concurrently-with-lock-timeout"
SEVERITY = "error"


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for statements that wait without harm, under a lock_timeout."""
    for statement in view.statements:
        what = _waiting(statement)
        if what and not statement.scene.waits_forever:
            yield statement.finding(
                f"lock_timeout is {statement.scene.lock_timeout} here, which can end {what}",
                "SET lock_timeout = 0 before it, and RESET lock_timeout after it",
            )


def _waiting(statement: Statement) -> str:
    """Give the name of a statement that may wait as long as it takes."""
    if statement.kind == "IndexStmt" and statement.node.concurrent:
        return "CREATE INDEX CONCURRENTLY"
    if statement.kind == "DropStmt" and statement.node.concurrent:
        return "DROP INDEX CONCURRENTLY"
    is_validate = any(command.kind == "ValidateConstraint" for command in statement.commands)
    return "VALIDATE CONSTRAINT" if is_validate else ""
