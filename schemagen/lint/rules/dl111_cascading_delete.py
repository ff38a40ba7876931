"""A delete that takes other tables' rows with it.

`on delete cascade` deletes as many rows as there are, in one statement that says nothing of them,
and on down through every table that cascades in its turn. `restrict` makes the one who deletes say
so. Runs only when selected: for parts that are nothing without the whole, it is right.

Bad:

```yaml
table: lots
columns: {id: bigint pk identity}
---
table: serials
columns:
  id: bigint pk identity
  lot_id: bigint -> lots on delete cascade
```

Good:

```yaml
table: lots
columns: {id: bigint pk identity}
---
table: serials
columns:
  id: bigint pk identity
  lot_id: bigint -> lots on delete restrict
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.kinds import Key
from schemagen.lint.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.views import SchemaView

CODE = "DL111"
NAME = "cascading-delete"
SEVERITY = "info"
DEFAULT = False


def schema(view: SchemaView) -> Iterator[Finding]:
    """Look at the actions of foreign keys."""
    for table in view.schema.views():
        for key in table.foreign_keys:
            if key.on_delete == "cascade":
                yield Finding(
                    f"{key.key} deletes rows along with those of {key.references.table}",
                    key.key,
                    help="on delete restrict, and delete on purpose",
                    also=tuple(Key("column", key.table, name) for name in key.columns),
                )
