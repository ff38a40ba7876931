"""A column that is called otherwise from one moment to the next.

Clients that are deployed still say the old name and fail until the last of them is replaced. Stop
them for the change; or add the new column, keep both alike until all clients use it, and drop the
old one then.

Bad:

```diff
 table: lots
 columns:
   id: bigint pk identity
-  code: text
+  number: {type: text, renamed_from: code}
```

Good:

```diff
 table: lots
 columns:
   id: bigint pk identity
   code: text
+  number: {type: text?, backfill: code}
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.kinds import Column
from schemagen.lint.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.views import DiffView

CODE = "BC102"
NAME = "rename-column"
SEVERITY = "error"


def diff(view: DiffView) -> Iterator[Finding]:
    """Look for renamed columns."""
    for old, new in view.renamed(Column):
        yield Finding(
            f"{old.key} is called {new.name} from one moment to the next",
            new.key,
            help="allow it if the clients are stopped; else add the new one beside the old one",
        )
