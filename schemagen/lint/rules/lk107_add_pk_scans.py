"""A primary key that builds its index under ACCESS EXCLUSIVE.

ADD PRIMARY KEY builds the index, and looks for NULL in columns that may hold it, while no one reads
or writes. Prove that the columns hold no NULL, build a unique index CONCURRENTLY, and make the key
from it with USING INDEX.

Bad:

```python
op.create_primary_key("pk_lots", "lots", ["id"])
```

Good:

```python
op.execute("ALTER TABLE lots ADD CONSTRAINT lots_id_nn CHECK (id IS NOT NULL) NOT VALID")
with op.get_context().autocommit_block():
    op.execute("ALTER TABLE lots VALIDATE CONSTRAINT lots_id_nn")
    op.execute("CREATE UNIQUE INDEX CONCURRENTLY pk_lots ON lots (id)")
op.execute("ALTER TABLE lots ADD CONSTRAINT pk_lots PRIMARY KEY USING INDEX pk_lots")
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.rule import Finding
    from schemagen.lint.sqlview import SqlView

CODE = "LK107"
NAME = "add-pk-scans"
SEVERITY = "error"


_HELP = "build a unique index CONCURRENTLY, then ADD CONSTRAINT … PRIMARY KEY USING INDEX"


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for primary keys that build an index, or read the table for NULL."""
    built = {each.node.idxname: each for each in view.of("IndexStmt")}
    for constraint in view.constraints("primary_key"):
        command = constraint.command
        if not constraint.index:
            message = f"{constraint.shown} builds its index while {command.table} is locked"
            yield constraint.finding(message, _HELP)
        elif (index := built.get(constraint.index)) is not None:
            columns = [each.name for each in index.node.indexParams if each.name]
            unproven = [name for name in columns if not command.is_proven(name)]
            if unproven:
                message = f"{constraint.shown} reads {command.table} for NULL in {unproven[0]}"
                proof = f"prove CHECK ({unproven[0]} IS NOT NULL), NOT VALID and validated, first"
                yield constraint.finding(message, proof)
