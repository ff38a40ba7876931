"""A length that is part of the type.

Making it shorter writes the table anew. The same limit as a check is added and changed while the
table is in use, and says why it is there. Runs only when selected: many schemas use lengths
throughout.

Bad:

```yaml
table: users
columns:
  id: bigint pk identity
  name: varchar(50)
```

Good:

```yaml
table: users
columns:
  id: bigint pk identity
  name: text
checks:
  name_length: length(name) <= 50
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.lint.columns import columns_of_type
from schemagen.lint.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.views import SchemaView

CODE = "PF105"
NAME = "varchar-n"
SEVERITY = "info"
DEFAULT = False


def schema(view: SchemaView) -> Iterator[Finding]:
    """Look for columns of the type that have a length."""
    for column in columns_of_type(view.postgresql, "varchar"):
        if column.spec and column.spec.args and not column.enum(view.schema):
            yield Finding(
                f"{column.key} has its length in its type",
                column.key,
                help=f"use text and a check, `length({column.name}) <= {column.spec.args[0]}`",
            )
