"""A schema, or a database, that goes with everything in it.

There is no way down: the downgrade would have to make every table again, empty. Drop what is in it
table by table, each where someone has looked at it.

Bad:

```python
op.execute("DROP SCHEMA archive CASCADE")
```

Good:

```python
op.execute("CREATE SCHEMA IF NOT EXISTS archive")
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.rule import Finding
    from schemagen.lint.sqlview import SqlView

CODE = "DL101"
NAME = "drop-schema"
SEVERITY = "error"


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for DROP SCHEMA and DROP DATABASE."""
    for statement, name in view.dropped("OBJECT_SCHEMA"):
        yield statement.finding(f"the schema {name} goes with all that is in it", _HELP)
    for statement in view.of("DropdbStmt"):
        yield statement.finding(f"the database {statement.node.dbname} goes", _HELP)


_HELP = "drop its tables one by one, each where someone has looked at it"
