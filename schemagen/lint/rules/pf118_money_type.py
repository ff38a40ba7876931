"""A `money` column.

How many digits it keeps and which currency it shows depend on a setting of the server: moved to
another one, the same bytes are another amount.

Bad:

```yaml
table: invoices
columns: {id: bigint pk identity, total: money}
```

Good:

```yaml
table: invoices
columns: {id: bigint pk identity, total: "numeric(12, 2)", currency: varchar(3)}
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.lint.columns import columns_of_type
from schemagen.lint.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.views import SchemaView

CODE = "PF118"
NAME = "money-type"
SEVERITY = "warning"


def schema(view: SchemaView) -> Iterator[Finding]:
    """Look for columns of the type."""
    for column in columns_of_type(view.postgresql, "money"):
        yield Finding(
            f"{column.key} depends on a setting of the server",
            column.key,
            help="use numeric, and a column for the currency",
        )
