"""A new value of an enum, used before it is committed.

PostgreSQL adds a value in a transaction, but refuses every use of it until that is committed: in a
default, a check, an index, an UPDATE. Add it in an autocommit_block. A type that the same
transaction makes may be used at once.

Bad:

```python
op.execute("ALTER TYPE colour ADD VALUE 'blue'")
op.execute("UPDATE lots SET colour = 'blue' WHERE id = 1")
```

Good:

```python
with op.get_context().autocommit_block():
    op.execute("ALTER TYPE colour ADD VALUE IF NOT EXISTS 'blue'")
op.execute("UPDATE lots SET colour = 'blue' WHERE id = 1")
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.lint import tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.rule import Finding
    from schemagen.lint.sqlview import SqlView

CODE = "TX102"
NAME = "enum-value-used-in-same-tx"
SEVERITY = "error"


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for constants that are a value added in the same transaction."""
    for statement in view.statements:
        added = {value: enum for enum, value in statement.scene.values}
        if not added or statement.kind == "AlterEnumStmt":
            continue
        said = {tree.constant(each) for each in tree.inside(statement.node, "A_Const")}
        for value in sorted(said & added.keys()):
            yield statement.finding(
                f"{value!r} was added to {added[value]} in this transaction",
                "add it in an autocommit_block, with IF NOT EXISTS",
            )
