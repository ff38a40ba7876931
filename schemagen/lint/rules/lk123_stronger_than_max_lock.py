"""A lock that is stronger than the project's own limit.

`max_lock` in `[tool.schemagen.lint]` says how strong a lock a revision may take on a table that was
there before: with `max_lock = "share update exclusive"` nothing may keep readers or writers out,
however short. What needs more is allowed where it is, by a comment with a reason.

Bad:

```python max_lock
op.add_column("lots", sa.Column("note", sa.Text()))
```

Good:

```python max_lock
with op.get_context().autocommit_block():
    op.create_index("idx_lots_code", "lots", ["code"], postgresql_concurrently=True)
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.kinds import Key
from schemagen.lint.locks import RANK, locks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.rule import Finding
    from schemagen.lint.sqlview import SqlView

CODE = "LK123"
NAME = "stronger-than-max-lock"
SEVERITY = "error"


def sql(view: SqlView) -> Iterator[Finding]:
    """Compare the strongest lock of each statement with the limit, if there is one."""
    for statement in view.statements if view.max_lock else ():
        strongest = max(locks(statement), key=lambda held: RANK[held.mode], default=None)
        if strongest and RANK[strongest.mode] > RANK[view.max_lock.upper()]:
            yield statement.finding(
                f"this takes {strongest.mode} on {strongest.table}, "
                f"and max_lock is {view.max_lock}",
                "do it in a way that needs less, or allow it",
                Key("table", "", strongest.table),
            )
