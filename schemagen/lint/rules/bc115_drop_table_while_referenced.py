"""A table goes while others refer to it.

Their foreign keys go with it, and DROP TABLE locks each of those tables against readers too, all at
once. Take the foreign keys away in a revision before, one table after the other.

Bad:

```diff
 table: lots
 columns:
   id: bigint pk identity
-  model_id: bigint? -> models
+  model_id: bigint?
----
-table: models
-columns: {id: bigint pk identity}
```

Good:

```diff
 table: lots
 columns:
   id: bigint pk identity
   model_id: bigint?
----
-table: models
-columns: {id: bigint pk identity}
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.kinds import ForeignKey
from schemagen.lint.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.views import DiffView

CODE = "BC115"
NAME = "drop-table-while-referenced"
SEVERITY = "warning"


def diff(view: DiffView) -> Iterator[Finding]:
    """Look for foreign keys that go together with the table that they refer to."""
    for key in view.dropped(ForeignKey):
        there = key.references.table
        if there in view.gone:
            yield Finding(
                f"{key.key} goes together with table {there}, under locks on both",
                key.key,
                help=f"drop the foreign keys first, and {there} in the next revision",
            )
