"""A view, function, domain or type that goes while clients may use it.

A deployed client that reads the view, or calls the function, fails from then on. With CASCADE more
goes than the statement says. Drop it in a later release, when nothing has asked for it.

Bad:

```python
op.execute("DROP VIEW open_lots")
```

Good:

```python
op.execute("DROP VIEW open_lots")
op.execute("CREATE VIEW open_lots AS SELECT id FROM lots WHERE closed_at IS NULL")
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.lint import tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.rule import Finding
    from schemagen.lint.sqlview import SqlView

CODE = "BC118"
NAME = "drop-view-or-function"
SEVERITY = "error"


_KINDS = {
    "OBJECT_VIEW": "view",
    "OBJECT_MATVIEW": "materialized view",
    "OBJECT_FUNCTION": "function",
    "OBJECT_PROCEDURE": "procedure",
    "OBJECT_DOMAIN": "domain",
    "OBJECT_TYPE": "type",
}


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for what is dropped and not made again in the same revision."""
    made = set(_made(view))
    for kind, word in _KINDS.items():
        for statement, name in view.dropped(kind):
            if name not in made:
                help_ = "drop it when nothing has asked for it for a while"
                yield statement.finding(f"clients may use the {word} {name}, which goes", help_)


def _made(view: SqlView) -> Iterator[str]:
    """Give the names of what the revision makes."""
    for statement in view.statements:
        node = statement.node
        if statement.kind == "ViewStmt":
            yield tree.table(node.view)
        elif statement.kind == "CreateTableAsStmt":
            yield tree.table(node.into.rel)
        for attribute in ("funcname", "typeName", "domainname"):
            name = getattr(node, attribute, None)
            if isinstance(name, tuple):
                yield tree.dotted(name)
        if statement.kind == "RenameStmt":
            yield node.newname
