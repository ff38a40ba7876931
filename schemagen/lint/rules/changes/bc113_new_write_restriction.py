"""A new rule that deployed clients do not know.

What they have written all along is refused from the moment that the constraint is there, even while
it is not proven yet (`NOT VALID`). Let the clients keep the rule first.

Bad:

```diff
 table: lots
 columns: {id: bigint pk identity, quantity: integer}
+checks:
+  quantity: quantity >= 0
```

```python
op.execute("ALTER TABLE lots ADD CONSTRAINT chk_lots_size CHECK (size > 0) NOT VALID")
```

Good:

```diff
 table: lots
 columns:
   id: bigint pk identity
   quantity: integer
+  parts: integer = 1
+checks:
+  parts: parts >= 1
```

```python
op.execute("ALTER TABLE lots ADD CONSTRAINT proof CHECK (size IS NOT NULL) NOT VALID")
op.drop_constraint("proof", "lots")
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.kinds import Check, ForeignKey, Index, Unique
from schemagen.lint.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.sqlview import SqlView
    from schemagen.lint.views import DiffView

CODE = "BC113"
NAME = "new-write-restriction"
SEVERITY = "warning"


def diff(view: DiffView) -> Iterator[Finding]:
    """Look for constraints over columns that deployed clients write."""
    for kind in (Check, Unique, ForeignKey, Index):
        for obj in view.redefined(kind):
            restricts = not isinstance(obj, Index) or obj.unique
            if restricts and not view.is_of_enum(obj) and view.old_columns(obj):
                yield Finding(
                    f"{obj.key} refuses what deployed clients may write",
                    obj.key,
                    help="make sure that all of them keep it, and allow it",
                )


_KINDS = ("check", "unique", "foreign_key", "exclusion")


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for constraints that stay; a proof that the revision drops again does not."""
    dropped = {(c.table, c.name) for c in view.commands("DropConstraint")}
    for constraint in view.constraints(*_KINDS):
        if (constraint.command.table, constraint.name) not in dropped:
            yield constraint.finding(
                f"{constraint.shown} refuses what deployed clients may write",
                "make sure that all of them keep it, and allow it",
            )
