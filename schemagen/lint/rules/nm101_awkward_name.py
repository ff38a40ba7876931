"""A name that has to be quoted wherever it is said.

A name with capitals, blanks or signs, and one that is a word of SQL, works as long as nobody
forgets the quotes. Without them PostgreSQL looks for another name, or finds a syntax error.

Bad:

```yaml
table: Orders
columns: {id: bigint pk identity, user: text}
```

Good:

```yaml
table: orders
columns: {id: bigint pk identity, user_name: text}
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import qualified, sql
from schemagen.lint.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.views import SchemaView

CODE = "NM101"
NAME = "awkward-name"
SEVERITY = "info"


def schema(view: SchemaView) -> Iterator[Finding]:
    """Look at the names of tables, columns and enums, which people write."""
    for obj in view.schema:
        quote = sql.quote if obj.table else qualified.quote
        if obj.kind in ("table", "column", "enum") and quote(obj.name) != obj.name:
            yield Finding(
                f"{obj.key} has to be quoted everywhere",
                obj.key,
                help="a name of lower-case letters, digits and _, that is no word of SQL",
            )
