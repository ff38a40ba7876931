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
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.kinds import Check, ForeignKey, Index, Unique
from schemagen.lint.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

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
