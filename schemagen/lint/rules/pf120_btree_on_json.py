"""A plain index over a `jsonb` column.

A B-tree compares whole documents. It serves `=` on the entire value and nothing that asks for what
is inside, and it refuses documents of more than about 2,700 bytes, so an insert fails.

Bad:

```yaml
table: events
columns: {id: bigint pk identity, payload: jsonb}
indexes:
  payload: [payload]
```

Good:

```yaml
table: events
columns: {id: bigint pk identity, payload: jsonb}
indexes:
  payload: {columns: [payload], using: gin, only: postgresql}
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

CODE = "PF120"
NAME = "btree-on-json"
SEVERITY = "warning"


def schema(view: SchemaView) -> Iterator[Finding]:
    """Look at the columns of plain indexes."""
    documents = {column.key for column in columns_of_type(view.postgresql, "jsonb", "json")}
    for table in view.postgresql.views():
        for index in table.indexes:
            keys = {Key("column", index.table, item.column or "") for item in index.columns}
            if index.using == "btree" and keys & documents:
                yield Finding(
                    f"{index.key} compares whole documents, and large ones do not fit",
                    index.key,
                    help="`using: gin, only: postgresql`, or an index over what is asked for",
                )
