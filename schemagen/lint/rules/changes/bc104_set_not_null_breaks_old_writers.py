"""A column that no longer takes NULL, which deployed clients may still write.

Make sure that none does, by the code or by looking at the rows of the last days, before it becomes
a rule.

Bad:

```diff
 table: lots
 columns:
   id: bigint pk identity
-  code: text?
+  code: {type: text, backfill: "''"}
```

```python
op.alter_column("lots", "code", nullable=False)
```

Good:

```diff
 table: lots
 columns:
   id: bigint pk identity
-  code: text?
+  code: {type: text, backfill: "''", allow: set-not-null-breaks-old-writers}
```

```python
op.alter_column("lots", "code", nullable=True)
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

CODE = "BC104"
NAME = "set-not-null-breaks-old-writers"
SEVERITY = "warning"


def diff(view: DiffView) -> Iterator[Finding]:
    """Look for columns that become NOT NULL."""
    for old, new in view.altered(Column):
        if old.nullable and not new.nullable:
            yield Finding(
                f"{new.key} refuses the NULLs that deployed clients may write",
                new.key,
                help="make sure that none does, and allow it",
            )


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for SET NOT NULL of columns that were there."""
    added = {(command.table, command.name) for command in view.commands("AddColumn")}
    for command in view.commands("SetNotNull"):
        if (command.table, command.name) not in added:
            yield command.finding(
                f"deployed clients may write NULL into {command.shown}",
                "do it when all of them give a value",
            )
