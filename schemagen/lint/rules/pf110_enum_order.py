"""A new value of an enum that does not say where it belongs.

The order of an enum is the order in which its values are sorted and compared, and it cannot be
changed later. ADD VALUE without BEFORE or AFTER puts it at the end.

Bad:

```python
with op.get_context().autocommit_block():
    op.execute("ALTER TYPE size ADD VALUE IF NOT EXISTS 'medium'")
```

Good:

```python
with op.get_context().autocommit_block():
    op.execute("ALTER TYPE size ADD VALUE IF NOT EXISTS 'medium' AFTER 'small'")
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.kinds import Key
from schemagen.lint.tree import dotted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.rule import Finding
    from schemagen.lint.sqlview import SqlView

CODE = "PF110"
NAME = "enum-order"
SEVERITY = "info"


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for ADD VALUE without BEFORE or AFTER."""
    for statement in view.of("AlterEnumStmt"):
        node = statement.node
        if not node.oldVal and not node.newValNeighbor:
            name = dotted(node.typeName)
            yield statement.finding(
                f"{node.newVal!r} becomes the greatest value of {name}",
                "say where it belongs: BEFORE or AFTER another value",
                Key("enum", "", name),
            )
