"""A table that goes with all its rows.

The way down makes the table again, empty: nothing brings the rows back but a backup. Clients that
are still deployed fail at once. Rename the table first, and drop it some releases later when
nothing has asked for it; or keep it, and `allow` the finding where it is meant.

Bad:

```diff
 table: lots
 columns: {id: bigint pk identity}
----
-table: old_lots
-columns: {id: bigint pk identity, code: text}
```

Good:

```diff
 table: lots
 columns: {id: bigint pk identity}
 ---
-table: old_lots
+table: unused_old_lots
+renamed_from: old_lots
 columns: {id: bigint pk identity, code: text}
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.kinds import Table
from schemagen.lint.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.views import DiffView

CODE = "DL102"
NAME = "drop-table"
SEVERITY = "error"


def diff(view: DiffView) -> Iterator[Finding]:
    """Look for tables that go."""
    for table in view.dropped(Table):
        yield Finding(
            f"{table.key} goes with every row in it",
            table.key,
            help="rename it, and drop it when nothing has asked for it for a while",
        )
