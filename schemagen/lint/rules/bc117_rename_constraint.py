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

Good:

```diff
 table: lots
 columns: {id: bigint pk identity, code: text}
 unique:
-  code: [code]
+  lot_code: {columns: [code], name: uk_lots_code}
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.kinds import Check, ForeignKey, PrimaryKey, Unique
from schemagen.lint.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

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
