"""An index that is built anew while writers wait.

REINDEX takes SHARE on the table and ACCESS EXCLUSIVE on the index: no one writes, and no query that
would use the index runs. CONCURRENTLY, since PostgreSQL 12, builds a second one beside it.

Bad:

```python
op.execute("REINDEX TABLE lots")
```

Good:

```python
with op.get_context().autocommit_block():
    op.execute("REINDEX TABLE CONCURRENTLY lots")
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.lint.tree import options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.rule import Finding
    from schemagen.lint.sqlview import SqlView

CODE = "LK105"
NAME = "reindex-not-concurrent"
SEVERITY = "error"


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for REINDEX without CONCURRENTLY."""
    for statement in view.of("ReindexStmt"):
        node = statement.node
        if "concurrently" not in options(node.params):
            name = statement.table or node.name or "the database"
            yield statement.finding(
                f"REINDEX of {name} blocks writers until it is done",
                "REINDEX … CONCURRENTLY, in an autocommit_block",
            )
