"""An index over a single boolean.

With two values, half of the table matches on average and PostgreSQL reads all of it anyway. An
index with a condition holds only the rows that are looked for.

Bad:

```yaml
table: jobs
columns: {id: bigint pk identity, done: boolean, due: date}
indexes:
  done: [done]
```

Good:

```yaml
table: jobs
columns: {id: bigint pk identity, done: boolean, due: date}
indexes:
  open: {columns: [due], where: not done}
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.kinds import Key
from schemagen.lint.columns import columns_of_type
from schemagen.lint.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.views import SchemaView

CODE = "PF121"
NAME = "boolean-index"
SEVERITY = "info"


def schema(view: SchemaView) -> Iterator[Finding]:
    """Look for indexes whose only column is a boolean."""
    booleans = {column.key for column in columns_of_type(view.postgresql, "boolean")}
    for table in view.postgresql.views():
        for index in table.indexes:
            keys = {Key("column", index.table, item.column or "") for item in index.columns}
            if len(index.columns) == 1 and keys <= booleans and not index.where:
                yield Finding(
                    f"{index.key} has two values for all rows",
                    index.key,
                    help="index another column `where:` the boolean is as you ask for it",
                )
