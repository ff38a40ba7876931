"""A change of collation, for which indexes are built anew.

The rows stay, but every index over the column is sorted again under ACCESS EXCLUSIVE. Build a new
index with the wanted collation CONCURRENTLY instead, and write it in the queries that need it.

Bad:

```python
op.execute('ALTER TABLE lots ALTER code TYPE text COLLATE "C"')
```

Good:

```python
with op.get_context().autocommit_block():
    op.execute('CREATE INDEX CONCURRENTLY idx_lots_code_c ON lots (code COLLATE "C")')
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.kinds import Column
from schemagen.lint.rule import Finding
from schemagen.lint.tree import dotted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.sqlview import SqlView
    from schemagen.lint.views import DiffView

CODE = "RW109"
NAME = "collation-change"
SEVERITY = "warning"


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for type changes that name a collation."""
    for command in view.commands("AlterColumnType"):
        clause = command.definition.collClause
        known = command.column
        name = dotted(clause.collname) if clause is not None else ""
        if name and not (known is not None and known.collation == name):
            yield command.finding(
                f"every index over {command.shown} is built anew while the table is locked",
                "an index of its own with that collation, built CONCURRENTLY",
            )


def pending(view: DiffView) -> Iterator[Finding]:
    """Look for changes of collation."""
    for old, new in view.altered(Column) if view.is_postgresql else ():
        if old.collation != new.collation:
            yield Finding(
                f"the indexes over {new.key} are built anew while its table is locked",
                new.key,
                help="a new column with a new index, built concurrently",
                dialect="postgresql",
            )
