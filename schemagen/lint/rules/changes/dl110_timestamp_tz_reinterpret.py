"""Times that get or lose their zone, by whatever the session's zone is.

Without `using:`, PostgreSQL reads each `timestamp` as local time of the session that runs the
revision. A server in Berlin and a container in UTC make different moments of the same rows.

Bad:

```diff
 table: shifts
 columns:
   id: bigint pk identity
-  started_at: timestamp
+  started_at: timestamptz
```

Good:

```diff
 table: shifts
 columns:
   id: bigint pk identity
-  started_at: timestamp
+  started_at:
+    type: timestamptz
+    using:
+      up: started_at at time zone 'Europe/Berlin'
+      down: started_at at time zone 'Europe/Berlin'
+    sqlite: {using: {up: started_at, down: started_at}}
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.kinds import Column
from schemagen.lint.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.views import DiffView

CODE = "DL110"
NAME = "timestamp-tz-reinterpret"
SEVERITY = "error"


_ZONED = {"timestamp", "timestamptz"}


def diff(view: DiffView) -> Iterator[Finding]:
    """Look for changes between the two types that nothing explains."""
    for old, new in view.altered(Column):
        names = {column.spec.name for column in (old, new) if column.spec}
        said = view.direction(new).using_on("up", "postgresql")
        if view.is_postgresql and names == _ZONED and said is None:
            yield Finding(
                f"{new.key} goes from {old.type} to {new.type} by the zone of the session",
                new.key,
                help=f"say which zone it was: `using: {{up: {new.name} at time zone 'UTC', …}}`",
                dialect="postgresql",
            )
