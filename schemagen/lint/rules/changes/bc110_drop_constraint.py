"""A rule that the database no longer keeps.

What clients could rely on may be otherwise from the next write on: values that repeat, rows that
refer to nothing. `ON CONFLICT` over the columns fails without its unique constraint. The way down
fails as soon as a row breaks the rule.

Bad:

```diff
 table: lots
 columns: {id: bigint pk identity, quantity: integer}
-checks:
-  quantity: quantity >= 0
```

```python
op.drop_constraint("chk_lots_quantity", "lots")
```

Good:

```diff
 table: lots
 columns: {id: bigint pk identity, quantity: integer}
 checks:
-  quantity: quantity >= 0
+  quantity: quantity >= 1
```

```diff
-enums: {state: [OPEN, DONE]}
-table: lots
+enums: {state: [OPEN, DONE, LOST]}
+table: batches
+renamed_from: lots
 columns:
   id: bigint pk identity
   state: state
-  parent_id: bigint? -> lots
+  parent_id: bigint? -> batches on delete set null
```

```python
op.drop_constraint("chk_lots_quantity", "lots")
op.execute("ALTER TABLE lots ADD CONSTRAINT chk_lots_quantity CHECK (quantity > 1) NOT VALID")
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.kinds import Check, ForeignKey, Index, PrimaryKey, Unique
from schemagen.lint.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.sqlview import SqlView
    from schemagen.lint.views import DiffView

CODE = "BC110"
NAME = "drop-constraint"
SEVERITY = "warning"


def diff(view: DiffView) -> Iterator[Finding]:
    """Look for constraints that go while all their columns stay."""
    for kind in (Check, Unique, ForeignKey, PrimaryKey, Index):
        for obj in view.dropped(kind):
            keeps = not isinstance(obj, Index) or obj.unique
            if keeps and not view.is_of_enum(obj) and view.keeps_columns(obj):
                yield Finding(
                    f"nothing keeps {obj.key} any more",
                    obj.key,
                    help="make sure that no client relies on it, and allow it on the table",
                )


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for constraints that are dropped, and that the revision does not add itself."""
    added = {(c.table, c.name) for c in view.commands("AddConstraint")}
    for command in view.commands("DropConstraint"):
        if (command.table, command.name) not in added:
            yield command.finding(
                f"nothing keeps {command.name} of {command.table} any more",
                "make sure that no client relies on it, and allow it on the table",
            )
