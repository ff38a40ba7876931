"""A table that is called otherwise from one moment to the next.

Clients that are deployed still ask for the old name and fail, from the moment that the revision
commits until the last of them is replaced. Stop them for the change, or leave a view under the old
name for as long as one needs it.

Bad:

```diff
-table: lots
+table: batches
+renamed_from: lots
 columns: {id: bigint pk identity}
```

Good:

```diff
-table: lots
+table: batches
+renamed_from: lots
+allow: [rename-table]
 columns: {id: bigint pk identity}
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.kinds import Table
from schemagen.lint.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.views import DiffView

CODE = "BC101"
NAME = "rename-table"
SEVERITY = "error"


def diff(view: DiffView) -> Iterator[Finding]:
    """Look for renamed tables."""
    for old, new in view.renamed(Table):
        yield Finding(
            f"{old.key} is called {new.name} from one moment to the next",
            new.key,
            help="allow it if the clients are stopped; else leave a view under the old name",
        )
