"""A native enum type.

PostgreSQL can add values to it, but not take one away without writing each table anew that has a
column of the type. A varchar with a check (`storage:`) changes its values by two short statements.
Runs only when selected: native types have their friends.

Bad:

```yaml
enums:
  colour: [RED, BLUE]
---
table: parts
columns: {id: bigint pk identity, colour: colour}
```

Good:

```yaml
enums:
  colour: {storage: varchar(10), values: [RED, BLUE]}
---
table: parts
columns: {id: bigint pk identity, colour: colour}
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.lint.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.views import SchemaView

CODE = "PF109"
NAME = "enum-type"
SEVERITY = "info"
DEFAULT = False


def schema(view: SchemaView) -> Iterator[Finding]:
    """Look for enums without storage."""
    for enum in view.postgresql.enums.values():
        if enum.storage is None:
            yield Finding(
                f"{enum.key} is a type of its own, whose values are hard to take away",
                enum.key,
                help="give it `storage: varchar(n)`",
            )
