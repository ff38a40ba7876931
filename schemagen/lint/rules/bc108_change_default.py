"""A default that means something else from now on.

Rows that are there keep the old value. Clients that send the default themselves, as some ORMs do,
go on writing the old one until they are deployed anew.

Bad:

```diff
 table: lots
 columns:
   id: bigint pk identity
-  status: text = 'NEW'
+  status: text = 'OPEN'
```

Good:

```diff
 table: lots
 columns:
   id: bigint pk identity
-  status: text
+  status: text = 'OPEN'
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.kinds import Column
from schemagen.lint.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.views import DiffView

CODE = "BC108"
NAME = "change-default"
SEVERITY = "info"


def diff(view: DiffView) -> Iterator[Finding]:
    """Compare the defaults of each column."""
    for old, new in view.altered(Column):
        if None not in (old.default, new.default) and old.default != new.default:
            yield Finding(
                f"{new.key} has another default; rows that are there keep the old one",
                new.key,
                help="deploy the clients that send it themselves as well",
            )
