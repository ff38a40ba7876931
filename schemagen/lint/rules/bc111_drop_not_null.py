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

Good:

```diff
 table: lots
 columns:
   id: bigint pk identity
-  code: text
+  code: {type: text?, allow: drop-not-null}
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.kinds import Column
from schemagen.lint.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

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
