"""A backfill that writes every row of a table once more.

PostgreSQL keeps the old rows until VACUUM comes: two million of them made a table 366 MB larger.
Have room on the disk for the table twice, and let autovacuum catch up before the next one.

Bad:

```diff
 table: lots
 columns:
   id: bigint pk identity
   code: text
+  short_code: {type: text?, backfill: "substr(code, 1, 8)"}
```

Good:

```diff
 table: lots
 columns:
   id: bigint pk identity
   code: text
+  short_code: text = ''
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.kinds import Column
from schemagen.lint.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.views import DiffView

CODE = "PF115"
NAME = "bloat-after-backfill"
SEVERITY = "info"


def diff(view: DiffView) -> Iterator[Finding]:
    """Look for columns that come with a backfill."""
    for column in view.added(Column) if view.is_postgresql else ():
        if view.direction(column).backfill_on("postgresql"):
            yield Finding(
                f"filling {column.key} writes every row of the table once more",
                column.key,
                help="have room for the table twice; a constant default writes nothing",
                dialect="postgresql",
            )
