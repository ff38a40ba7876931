"""A command that writes a whole table anew, for its storage alone.

CLUSTER, VACUUM FULL, SET UNLOGGED, SET LOGGED, SET TABLESPACE and REFRESH MATERIALIZED VIEW hold
ACCESS EXCLUSIVE until every row is written. pg_repack does the first two while others work; REFRESH
has CONCURRENTLY, which needs a unique index.

Bad:

```python
op.execute("CLUSTER lots USING idx_lots_code")
```

Good:

```python
with op.get_context().autocommit_block():
    op.execute("REFRESH MATERIALIZED VIEW CONCURRENTLY lot_totals")
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

CODE = "LK122"
NAME = "table-rewrite-commands"
SEVERITY = "error"


_STORAGE = {
    "SetUnLogged": "SET UNLOGGED",
    "SetLogged": "SET LOGGED",
    "SetTableSpace": "SET TABLESPACE",
    "SetAccessMethod": "SET ACCESS METHOD",
}


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for the commands that write a table anew."""
    for statement in view.statements:
        if what := _rewriting(statement):
            message = f"{what} locks {_name(statement)} until all of it is written anew"
            yield statement.finding(message, "in a maintenance window, or with pg_repack")


def _rewriting(statement: Statement) -> str:
    node, kind = statement.node, statement.kind
    if kind == "ClusterStmt":
        return "CLUSTER"
    if kind == "VacuumStmt":
        return "VACUUM FULL" if "full" in options(node.options) else ""
    if kind == "RefreshMatViewStmt":
        return "" if node.concurrent else "REFRESH MATERIALIZED VIEW"
    commands = statement.commands if statement.is_old else ()
    return next((_STORAGE[c.kind] for c in commands if c.kind in _STORAGE), "")


def _name(statement: Statement) -> str:
    return statement.table or "the tables"
