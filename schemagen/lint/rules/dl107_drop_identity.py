"""A column that no longer counts by itself.

The number that comes next is forgotten with its sequence: the way down starts it again behind the
highest number that is still there, so numbers of deleted rows come twice. Inserts that leave the
column out fail.

Bad:

```diff
 table: lots
 columns:
-  id: bigint pk identity
+  id: bigint pk
```

Good:

```diff
 table: lots
 columns:
-  id: bigint pk identity
+  id: {type: bigint pk, identity: {always: true}}
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.kinds import Column
from schemagen.lint.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.views import DiffView

CODE = "DL107"
NAME = "drop-identity"
SEVERITY = "warning"


def diff(view: DiffView) -> Iterator[Finding]:
    """Look for identities that go while their column stays."""
    for old, new in view.altered(Column):
        if old.identity and not new.identity:
            yield Finding(
                f"{new.key} forgets which number comes next",
                new.key,
                help="note the sequence's last value first, or allow it",
            )
