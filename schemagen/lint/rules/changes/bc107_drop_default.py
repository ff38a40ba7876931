"""A default that deployed clients may rely on.

Inserts that leave the column out fail, or write NULL where that is allowed. Let every client write
the column first.

Bad:

```diff
 table: lots
 columns:
   id: bigint pk identity
-  status: text = 'NEW'
+  status: text
```

```python
op.alter_column("lots", "code", server_default=None)
```

Good:

```diff
 table: lots
 columns:
   id: bigint pk identity
-  status: text = 'NEW'
+  status: text = 'OPEN'
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

CODE = "BC107"
NAME = "drop-default"
SEVERITY = "warning"


def diff(view: DiffView) -> Iterator[Finding]:
    """Look for defaults that go while their column stays."""
    for old, new in view.altered(Column):
        fills_itself = new.default is not None or new.identity or new.generated
        if old.default is not None and not fills_itself:
            what = "get NULL" if new.nullable else "fail"
            yield Finding(
                f"inserts that leave {new.key} out {what}",
                new.key,
                help="let every client write it first, and allow it",
            )


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for DROP DEFAULT."""
    for command in view.commands("ColumnDefault"):
        if command.definition is None:
            yield command.finding(
                f"deployed clients may rely on the default of {command.shown}",
                "do it when all of them give a value",
            )
