"""A table that is no longer where clients look for it.

RENAME SCHEMA and SET SCHEMA take a moment, and every deployed client that names the old schema, or
finds it through its search_path, fails from then on. Leave a view behind in the old schema until no
client asks for it.

Bad:

```python
op.execute("ALTER TABLE lots SET SCHEMA archive")
```

Good:

```python
op.execute("CREATE VIEW archive.lots AS SELECT * FROM lots")
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.rule import Finding
    from schemagen.lint.sqlview import SqlView

CODE = "BC106"
NAME = "rename-or-move-schema"
SEVERITY = "error"


_MOVED = ("OBJECT_TABLE", "OBJECT_VIEW", "OBJECT_SEQUENCE", "OBJECT_FUNCTION", "OBJECT_TYPE")


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for schemas that are renamed, and for objects that are moved."""
    for statement in view.of("RenameStmt"):
        if statement.node.renameType.name == "OBJECT_SCHEMA":
            yield statement.finding(f"clients look in {statement.node.subname}", _HELP)
    for statement in view.of("AlterObjectSchemaStmt"):
        is_new = statement.table and not statement.is_old
        if statement.node.objectType.name in _MOVED and not is_new:
            name = statement.table or "it"
            message = f"clients look for {name} where it was, not in {statement.node.newschema}"
            yield statement.finding(message, _HELP)


_HELP = "leave a view behind until no client asks for it"
