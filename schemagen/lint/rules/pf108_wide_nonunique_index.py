"""An index over five columns or more.

Each write of a row writes it as well, and it grows with every column, while the later ones seldom
narrow a search any further. Most often an index over the first few, or a column in `include`, does
the same.

Bad:

```yaml
table: orders
columns: {id: bigint pk identity, a: integer, b: integer, c: integer, d: integer, e: integer}
indexes:
  everything: [a, b, c, d, e]
```

Good:

```yaml
table: orders
columns: {id: bigint pk identity, a: integer, b: integer, c: integer, d: integer, e: integer}
indexes:
  first: [a, b]
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.lint.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.views import SchemaView

CODE = "PF108"
NAME = "wide-nonunique-index"
SEVERITY = "info"


_MANY = 5


def schema(view: SchemaView) -> Iterator[Finding]:
    """Count the columns of indexes that keep no rule."""
    for table in view.schema.views():
        for index in table.indexes:
            if not index.unique and len(index.columns) >= _MANY:
                yield Finding(
                    f"{index.key} has {len(index.columns)} columns",
                    index.key,
                    help="leave out those that hardly narrow the search",
                )
