"""A partition that is detached under ACCESS EXCLUSIVE.

DETACH PARTITION locks the whole partitioned table against readers and writers. CONCURRENTLY, since
PostgreSQL 14, does not; it cannot run in a transaction, nor while there is a default partition.

Bad:

```python
op.execute("ALTER TABLE readings DETACH PARTITION readings_2020")
```

Good:

```python
with op.get_context().autocommit_block():
    op.execute("ALTER TABLE readings DETACH PARTITION readings_2020 CONCURRENTLY")
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.rule import Finding
    from schemagen.lint.sqlview import SqlView

CODE = "LK115"
NAME = "detach-not-concurrent"
SEVERITY = "error"


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for DETACH PARTITION without CONCURRENTLY."""
    for command in view.commands("DetachPartition"):
        if not command.definition.concurrent:
            yield command.finding(
                f"detaching a partition locks all of {command.table}",
                "DETACH PARTITION … CONCURRENTLY, in an autocommit_block",
            )
