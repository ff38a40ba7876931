"""A transaction that locks several tables against writers.

It holds the first lock while it waits for the second; the application may hold the second and wait
for the first, and PostgreSQL then ends one of the two as a deadlock. And the first table stays
locked until all is done. Give each table a transaction of its own.

Bad:

```python
op.add_column("lots", sa.Column("note", sa.Text()))
op.add_column("serials", sa.Column("note", sa.Text()))
```

Good:

```python
with op.get_context().autocommit_block():
    op.execute("ALTER TABLE lots ADD COLUMN IF NOT EXISTS note TEXT")
op.add_column("serials", sa.Column("note", sa.Text()))
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.kinds import Key
from schemagen.lint.locks import blocks_writers, locks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.rule import Finding
    from schemagen.lint.sqlview import SqlView

CODE = "LK120"
NAME = "multi-table-lock-order"
SEVERITY = "warning"


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for the second table that a transaction locks; one finding for each transaction."""
    told: set[int | None] = set()
    for statement in view.statements:
        held = [h.table for h in statement.scene.held if blocks_writers(h.mode)]
        mine = [h.table for h in locks(statement) if blocks_writers(h.mode)]
        number = statement.scene.transaction
        if held and number not in told and not set(mine) <= set(held):
            told.add(number)
            second = next(table for table in mine if table not in held)
            yield statement.finding(
                f"this locks {second} while the transaction holds a lock on {held[0]}",
                "give each table a transaction of its own: an autocommit_block",
                Key("table", "", second),
            )
