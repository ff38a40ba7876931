"""All rows of a table, deleted.

TRUNCATE, or DELETE without WHERE, on a table that was there before the revision. With CASCADE it
takes the rows of every table that refers to it as well. Nothing brings them back but a backup: copy
them into another table first, in the same transaction.

Bad:

```python
op.execute("TRUNCATE lots CASCADE")
```

```python
op.execute("WITH gone AS (DELETE FROM lots RETURNING *) SELECT count(*) FROM gone")
```

Good:

```python
op.execute("DELETE FROM lots WHERE id = 1")
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.kinds import Key
from schemagen.lint import tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.rule import Finding
    from schemagen.lint.sqlview import SqlView
    from schemagen.lint.statement import Statement

CODE = "DL108"
NAME = "truncate-or-delete-all"
SEVERITY = "error"


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for TRUNCATE, and for DELETE without WHERE."""
    for statement in view.of("TruncateStmt"):
        tables = [tree.table(each) for each in statement.node.relations]
        for table in filter(statement.was_there, tables):
            more = " and of all that refers to it" if _cascades(statement) else ""
            yield statement.finding(f"every row of {table}{more} is deleted", _HELP, _key(table))
    for statement in view.on_old("DeleteStmt"):
        if statement.node.whereClause is None:
            yield statement.finding(f"every row of {statement.table} is deleted", _HELP)


_HELP = "copy the rows into another table first"


def _cascades(statement: Statement) -> bool:
    return str(statement.node.behavior.name) == "DROP_CASCADE"


def _key(table: str) -> Key:
    return Key("table", "", table)
