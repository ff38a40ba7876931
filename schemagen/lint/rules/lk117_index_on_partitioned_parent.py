"""An index that is built on all partitions at once.

CREATE INDEX on a partitioned table builds one on every partition, in one transaction, while the
writers of all of them wait; CONCURRENTLY is refused there. Make it ON ONLY the parent, build one
on each partition CONCURRENTLY, and attach each; with the last the parent's becomes valid.

Bad:

```python
op.execute("ALTER TABLE readings DETACH PARTITION readings_2020")
op.create_index("idx_readings_at", "readings", ["at"])
```

Good:

```python
op.execute("CREATE INDEX idx_readings_at ON ONLY readings (at)")
with op.get_context().autocommit_block():
    op.execute("ALTER TABLE readings DETACH PARTITION readings_2020 CONCURRENTLY")
    op.execute("CREATE INDEX CONCURRENTLY idx_readings_2021_at ON readings_2021 (at)")
op.execute("ALTER INDEX idx_readings_at ATTACH PARTITION idx_readings_2021_at")
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.lint import tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.rule import Finding
    from schemagen.lint.sqlview import SqlView

CODE = "LK117"
NAME = "index-on-partitioned-parent"
SEVERITY = "error"


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for indexes on tables of which the revision shows that they have partitions."""
    parted = {command.table for command in view.commands("AttachPartition", "DetachPartition")}
    for statement in view.of("CreateStmt"):
        if statement.node.partbound is not None:
            parted |= {tree.table(parent) for parent in statement.node.inhRelations}
    for statement in view.on_old("IndexStmt"):
        if statement.table in parted and statement.node.relation.inh:
            yield statement.finding(
                f"{statement.node.idxname} is built on every partition of {statement.table}",
                "CREATE INDEX ON ONLY the parent, CONCURRENTLY on each partition, ATTACH each",
            )
