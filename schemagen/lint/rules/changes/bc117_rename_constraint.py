"""A key or constraint that is called otherwise.

Clients that name it, in `ON CONFLICT ON CONSTRAINT`, `SET CONSTRAINTS` or by the name in an error,
fail or no longer understand the error.

Bad:

```diff
 table: lots
 columns: {id: bigint pk identity, code: text}
 unique:
-  code: [code]
+  lot_code: [code]
```

```python
op.execute("ALTER TABLE lots RENAME CONSTRAINT lots_code_key TO uk_lots_code")
```

Good:

```diff
 table: lots
 columns: {id: bigint pk identity, code: text}
 unique:
-  code: [code]
+  lot_code: {columns: [code], name: uk_lots_code}
```

```python
op.execute("ALTER INDEX lots_size_idx RENAME TO idx_lots_size")
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.kinds import Check, ForeignKey, PrimaryKey, Unique
from schemagen.lint.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.sqlview import SqlView
    from schemagen.lint.views import DiffView

CODE = "BC117"
NAME = "rename-constraint"
SEVERITY = "info"


def diff(view: DiffView) -> Iterator[Finding]:
    """Look for renamed keys and constraints."""
    for kind in (Unique, PrimaryKey, Check, ForeignKey):
        for old, new in view.renamed(kind):
            yield Finding(
                f"{old.key} is called {new.name}",
                new.key,
                help=f"make sure that no client names it, or keep the name: `name: {old.name}`",
            )


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for constraints that are renamed."""
    for statement in view.on_old("RenameStmt"):
        if statement.node.renameType.name == "OBJECT_TABCONSTRAINT":
            yield statement.finding(
                f"deployed clients may know {statement.node.subname} by its name",
                "look for the name in ON CONFLICT and in the handling of errors",
            )
