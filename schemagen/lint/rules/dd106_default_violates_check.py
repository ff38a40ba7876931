"""A default that its own check refuses.

Every insert that leaves the column out fails, and so does adding the column to a table with rows.
The check is tried on the default by SQLite, as far as it understands both.

Bad:

```yaml
table: jobs
columns: {id: bigint pk identity, priority: integer = 0}
checks:
  priority: priority >= 1
```

Good:

```yaml
table: jobs
columns: {id: bigint pk identity, priority: integer = 1}
checks:
  priority: priority >= 1
```
"""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING

from schemagen import sql
from schemagen.exprs import default_sql
from schemagen.kinds import Literal
from schemagen.lint.rule import Finding
from schemagen.sql import portable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.kinds import Column
    from schemagen.lint.views import SchemaView

CODE = "DD106"
NAME = "default-violates-check"
SEVERITY = "error"


def schema(view: SchemaView) -> Iterator[Finding]:
    """Try each check that speaks of one column on that column's default."""
    with contextlib.closing(sqlite3.connect(":memory:")) as database:
        for table in view.sqlite.views():
            for check in table.checks:
                names = [key.name for key in check.needs(view.sqlite) if key.kind == "column"]
                column = table.column(names[0]) if len(set(names)) == 1 else None
                if column is not None and _refused(database, check.sql, column):
                    yield Finding(
                        f"{check.key} refuses the default of {column.key}",
                        column.key,
                        help="another default, or another check",
                        also=(check.key,),
                    )


def _refused(database: sqlite3.Connection, condition: str, column: Column) -> bool:
    default = default_sql(column, "sqlite") if isinstance(column.default, Literal) else None
    if default is None:
        return False
    query = f"SELECT {portable(condition)} FROM (SELECT {default} AS {sql.quote(column.name)})"
    try:
        row = database.execute(query).fetchone()
    except sqlite3.Error:
        return False
    return row is not None and row[0] == 0
