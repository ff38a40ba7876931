"""An exact number that SQLite keeps as a float.

SQLite has no decimal numbers: 0.1 + 0.2 is not 0.3 there, and what has more than 15 digits is
rounded when it is written. What adds up in production may not add up in development.

Bad:

```yaml
table: invoices
columns: {id: bigint pk identity, total: "numeric(12, 2)"}
```

Good:

```yaml
table: invoices
columns: {id: bigint pk identity, total_cents: bigint}
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.lint.columns import columns_of_type
from schemagen.lint.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.views import SchemaView

CODE = "SL111"
NAME = "sqlite-inexact-numeric"
SEVERITY = "info"


def schema(view: SchemaView) -> Iterator[Finding]:
    """Look for decimal numbers."""
    for column in columns_of_type(view.sqlite, "numeric"):
        yield Finding(
            f"SQLite keeps {column.key} as a float",
            column.key,
            help="count in the smallest unit, with bigint; or allow it",
            dialect="sqlite",
        )
