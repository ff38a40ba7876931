"""A new check over rows that may break it.

If a row does, the upgrade stops there; and until then PostgreSQL refuses every update of such a
row. `schemagen verify --precheck URL` counts them in a database.

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
+  parts: integer?
+checks:
+  parts: parts >= 1
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.kinds import Check
from schemagen.lint.prechecks import prechecked
from schemagen.lint.queries import columns, where
from schemagen.sql import portable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.rule import Finding
    from schemagen.lint.views import DiffView

CODE = "DD103"
NAME = "check-may-fail"
SEVERITY = "warning"


def diff(view: DiffView) -> Iterator[Finding]:
    """Look for checks that come to tables with rows."""
    for check in view.redefined(Check):
        if view.is_of_enum(check) or not _concerns_rows(view, check):
            continue
        names = columns(check.needs(view.after), check.table)
        query = where(view, check.table, names, f"NOT ({portable(check.sql)})")
        yield prechecked(view, check, "rows of it may break it", query)


def _concerns_rows(view: DiffView, check: Check) -> bool:
    """Say whether it speaks of a column with values; a check holds for NULL."""
    if view.old_columns(check):
        return True
    new = (c for c in view.table(check.table).columns if c.key in set(check.needs(view.after)))
    return any(view.direction(column).backfill_on(view.dialect) for column in new)
