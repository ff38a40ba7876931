"""An index that is dropped under ACCESS EXCLUSIVE.

DROP INDEX is done in a moment, but to begin it needs the strongest lock on the table: it waits for
every open query, and all others wait behind it. CONCURRENTLY waits without making anyone wait. It
cannot run in a transaction, nor drop the index of a constraint.

Bad:

```python
op.drop_index("idx_lots_code", table_name="lots")
```

Good:

```python
with op.get_context().autocommit_block():
    op.drop_index("idx_lots_code", postgresql_concurrently=True, if_exists=True)
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.kinds import Key
from schemagen.lint.locks import indexed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.rule import Finding
    from schemagen.lint.sqlview import SqlView

CODE = "LK104"
NAME = "drop-index-not-concurrent"
SEVERITY = "warning"


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for DROP INDEX without CONCURRENTLY."""
    for statement, name in view.dropped("OBJECT_INDEX"):
        table = next(iter(indexed(statement)), "")
        made = table and not statement.was_there(table)
        if not statement.node.concurrent and not made and name not in _built(view):
            yield statement.finding(
                f"dropping {name} locks its table against readers and writers",
                "postgresql_concurrently=True, in an autocommit_block",
                Key("index", table, name) if table else None,
            )


def _built(view: SqlView) -> set[str]:
    """Give the indexes of tables that the revision makes."""
    return {each.node.idxname for each in view.of("IndexStmt") if not each.is_old}
