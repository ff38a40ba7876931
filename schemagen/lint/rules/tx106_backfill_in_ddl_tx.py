"""Rows that are changed in a transaction that also changes a table.

The lock of the ALTER TABLE is held as long as the UPDATE takes: measured on two million rows, 30
seconds in which no one reads or writes. Add the column, commit, fill the rows in batches with a
commit each, and only then ask for more.

Bad:

```python
op.add_column("lots", sa.Column("note", sa.Text()))
op.execute("UPDATE lots SET note = ''")
```

Good:

```python
op.execute("ALTER TABLE lots ADD COLUMN IF NOT EXISTS note TEXT")
with op.get_context().autocommit_block():
    op.execute("UPDATE lots SET note = '' WHERE id BETWEEN 1 AND 5000 AND note IS NULL")
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.lint import batches
from schemagen.lint.locks import blocks_writers, locks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.rule import Finding
    from schemagen.lint.sqlview import SqlView

CODE = "TX106"
NAME = "backfill-in-ddl-tx"
SEVERITY = "error"


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for changes of many rows in transactions that lock a table against writers."""
    for number, statements in batches.transactions(view):
        strong = [h for s in statements for h in locks(s) if blocks_writers(h.mode)]
        for statement in statements if strong and number is not None else ():
            if batches.changes_many(statement):
                lock = strong[0]
                yield statement.finding(
                    f"{lock.table} is locked while the rows of {statement.table} are changed",
                    "commit before it, and change the rows in batches of their own transactions",
                )
