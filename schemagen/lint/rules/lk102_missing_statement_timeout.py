"""A statement that nothing ends.

What should be a matter of milliseconds turns out to read a table, and holds its lock meanwhile. A
statement_timeout of some seconds undoes it. CREATE INDEX CONCURRENTLY, VALIDATE CONSTRAINT and
batches take their time and need none: set it to 0 for them.

It does not run unless it is selected: a migration of a small database needs no such bound.

Bad:

```python
op.add_column("lots", sa.Column("note", sa.Text()))
```

Good:

```python
op.execute("SET statement_timeout = '5s'")
op.add_column("lots", sa.Column("note", sa.Text()))
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.lint.locks import blocks_writers, locks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.rule import Finding
    from schemagen.lint.sqlview import SqlView

CODE = "LK102"
NAME = "missing-statement-timeout"
SEVERITY = "info"
DEFAULT = False


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for the first statement that blocks writers, for as long as it takes."""
    for statement in view.statements:
        strong = [lock for lock in locks(statement) if blocks_writers(lock.mode)]
        if strong and statement.scene.runs_forever:
            lock = strong[0]
            message = f"no statement_timeout bounds how long {lock.table} is locked"
            yield statement.finding(message, "SET statement_timeout = '5s'")
            return
