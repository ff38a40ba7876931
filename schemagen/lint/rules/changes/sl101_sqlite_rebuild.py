"""A change for which SQLite has to make the table anew.

SQLite's ALTER TABLE cannot do it, so the revision makes a new table, copies every row and takes the
old one's place, in one transaction. Nothing is lost; it takes as long as the table is large. Runs
only when selected.

Bad:

```diff
 table: lots
 columns:
   id: bigint pk identity
-  code: varchar(20)
+  code: text
```

Good:

```diff
 table: lots
 columns:
   id: bigint pk identity
   code: varchar(20)
+  note: text?
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.kinds import Key
from schemagen.lint.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.views import DiffView

CODE = "SL101"
NAME = "sqlite-rebuild"
SEVERITY = "info"
DEFAULT = False


def diff(view: DiffView) -> Iterator[Finding]:
    """Look for tables that are made anew."""
    for name in sorted(view.rebuilt):
        yield Finding(
            f"SQLite makes table {name} anew and copies its rows; meanwhile nobody else writes",
            Key("table", "", name),
            dialect="sqlite",
        )
