"""A generated column that becomes a plain one.

The values stay as they were computed last, and from then on nothing keeps them right: each client
has to write the column itself, and those that are still deployed do not.

Bad:

```diff
 table: boxes
 columns:
   id: bigint pk identity
   side: integer
-  area: {type: integer, generated: {sql: side * side, stored: true}}
+  area: integer
```

```python
op.execute("ALTER TABLE lots ALTER area DROP EXPRESSION")
```

Good:

```diff
 table: boxes
 columns:
   id: bigint pk identity
   side: integer
-  area: {type: integer, generated: {sql: side * side, stored: true}}
+  area: {type: bigint, generated: {sql: side * side, stored: true}}
```

```python
op.execute("ALTER TABLE lots ADD COLUMN area_2 integer")
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.kinds import Column
from schemagen.lint.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.sqlview import SqlView
    from schemagen.lint.views import DiffView

CODE = "DL109"
NAME = "drop-generated-expression"
SEVERITY = "warning"


def diff(view: DiffView) -> Iterator[Finding]:
    """Look for expressions that go while their column stays."""
    for old, new in view.altered(Column):
        if old.generated and not new.generated:
            yield Finding(
                f"{new.key} is no longer computed from {old.generated.sql}",
                new.key,
                help="let the clients write it first, or allow it",
            )


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for DROP EXPRESSION."""
    for command in view.commands("DropExpression"):
        yield command.finding(
            f"nothing works out {command.shown} any more",
            "let clients write it first",
        )
