"""A column that may be NULL from now on.

Clients that are deployed have never seen a NULL there, and may fail on the first one. Teach the
readers first.

Bad:

```diff
 table: lots
 columns:
   id: bigint pk identity
-  code: text
+  code: text?
```

```python
op.alter_column("lots", "code", nullable=True)
```

Good:

```diff
 table: lots
 columns:
   id: bigint pk identity
-  code: text
+  code: {type: text?, allow: drop-not-null}
```

```python
op.alter_column("lots", "code", nullable=False)
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

CODE = "BC111"
NAME = "drop-not-null"
SEVERITY = "warning"


def diff(view: DiffView) -> Iterator[Finding]:
    """Look for columns that allow NULL now."""
    for old, new in view.altered(Column):
        if new.nullable and not old.nullable:
            yield Finding(
                f"{new.key} may be NULL, which deployed clients have never seen",
                new.key,
                help="teach the readers first, and allow it",
            )


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for DROP NOT NULL."""
    for command in view.commands("DropNotNull"):
        yield command.finding(
            f"deployed clients may not expect NULL in {command.shown}",
            "do it when all of them can read it",
        )
