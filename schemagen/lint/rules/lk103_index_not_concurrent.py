"""An index that is built while writers wait.

CREATE INDEX takes SHARE on the table: reads go on, but every INSERT, UPDATE and DELETE waits until
the index is built; 1.9 seconds for two million rows. CONCURRENTLY takes somewhat longer and blocks
nobody. It cannot run in a transaction, and when it fails it leaves an INVALID index behind, which
has to be dropped first.

A table that the same revision makes has no rows and no clients, and is left out.

Bad:

```python
op.create_index("idx_lots_code", "lots", ["code"])
```

Good:

```python
with op.get_context().autocommit_block():
    op.execute("DROP INDEX CONCURRENTLY IF EXISTS idx_lots_code")
    op.create_index("idx_lots_code", "lots", ["code"], postgresql_concurrently=True)
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.kinds import Key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.rule import Finding
    from schemagen.lint.sqlview import SqlView

CODE = "LK103"
NAME = "index-not-concurrent"
SEVERITY = "error"


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for CREATE INDEX without CONCURRENTLY on tables that are in use."""
    for statement in view.on_old("IndexStmt"):
        node = statement.node
        if not node.concurrent and node.relation.inh:  # ON ONLY a partitioned table builds nothing
            name = node.idxname or "an index"
            yield statement.finding(
                f"building {name} blocks all writers of {statement.table}",
                "postgresql_concurrently=True, in an autocommit_block",
                Key("index", statement.table, name),
            )
