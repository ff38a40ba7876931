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

Good:

```diff
 table: lots
 columns:
   id: bigint pk identity
-  code: text?
+  code: {type: text, backfill: "''", allow: set-not-null-breaks-old-writers}
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.kinds import Column
from schemagen.lint.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

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
