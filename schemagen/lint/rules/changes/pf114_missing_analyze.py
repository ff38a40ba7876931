"""An index over an expression, of which PostgreSQL knows nothing yet.

How many rows an expression gives is only known after the next ANALYZE. Until autovacuum comes by,
plans with it are guesses. Run `ANALYZE` of the table after the upgrade.

Bad:

```diff
 table: lots
 columns: {id: bigint pk identity, code: text}
+indexes:
+  code: [{sql: lower(code)}]
```

Good:

```diff
 table: lots
 columns: {id: bigint pk identity, code: text}
+indexes:
+  code: [code]
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import qualified
from schemagen.kinds import Index
from schemagen.lint.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.views import DiffView

CODE = "PF114"
NAME = "missing-analyze"
SEVERITY = "info"


def diff(view: DiffView) -> Iterator[Finding]:
    """Look for expressions in indexes that come to tables with rows."""
    for index in view.redefined(Index) if view.is_postgresql else ():
        if any(item.sql for item in index.columns):
            yield Finding(
                f"{index.key} is over an expression that has no statistics yet",
                index.key,
                help=f"after the upgrade: ANALYZE {qualified.quote(index.table)}",
                dialect="postgresql",
            )
