"""A view or function that deployed clients use, with another meaning.

CREATE OR REPLACE takes effect at once, for clients that were written for the old one: other columns
at the end, other rows, another result. And one that stays the same in form is not compared by
anything. Make a new one beside it, and drop the old one when nothing asks for it.

Bad:

```python
op.execute("CREATE OR REPLACE VIEW open_lots AS SELECT id FROM lots WHERE closed_at IS NULL")
```

Good:

```python
op.execute("CREATE VIEW open_lots_2 AS SELECT id FROM lots WHERE closed_at IS NULL")
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.lint import tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.rule import Finding
    from schemagen.lint.sqlview import SqlView

CODE = "BC114"
NAME = "replace-view-or-function"
SEVERITY = "warning"


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for OR REPLACE of views, functions and procedures."""
    made = set()
    for statement in view.of("ViewStmt", "CreateFunctionStmt"):
        node = statement.node
        is_view = statement.kind == "ViewStmt"
        name = tree.table(node.view) if is_view else tree.dotted(node.funcname)
        returns = "" if is_view or node.returnType is None else tree.type_text(node.returnType)
        if node.replace and name not in made and returns != "trigger":
            yield statement.finding(f"clients that use {name} get the new one at once", _HELP)
        made.add(name)


_HELP = "make a new one beside it, and drop the old one later"
