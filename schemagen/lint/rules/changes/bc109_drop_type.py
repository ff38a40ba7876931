"""An enum type that goes, which clients may name.

A deployed client that casts (`'RED'::colour`), or binds values with the type's name as drivers do,
fails even if no column of its tables has the type any more.

Bad:

```diff
 enums:
-  colour: [RED, BLUE]
   size: [S, M, L]
 ---
 table: parts
 columns: {id: bigint pk identity, size: size}
```

Good:

```diff
 enums:
   colour: [RED, BLUE]
-  size: [S, M, L]
+  size: [S, M, L, XL]
 ---
 table: parts
 columns: {id: bigint pk identity, size: size}
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.kinds import Enum
from schemagen.lint.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.views import DiffView

CODE = "BC109"
NAME = "drop-type"
SEVERITY = "warning"


def diff(view: DiffView) -> Iterator[Finding]:
    """Look for native types that go."""
    for enum in view.dropped(Enum) if view.is_postgresql else ():
        yield Finding(
            f"{enum.key} goes, and deployed clients may cast to it",
            enum.key,
            help="keep it until no client names it",
            dialect="postgresql",
        )
