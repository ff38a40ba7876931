"""A time that is rounded to whole seconds.

`timestamptz(0)` rounds, it does not cut: a row may be stamped up to half a second in the future,
and two events of one second lose their order. Round when it is shown.

Bad:

```yaml
table: events
columns: {id: bigint pk identity, at: timestamptz(0)}
```

Good:

```yaml
table: events
columns: {id: bigint pk identity, at: timestamptz}
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.lint.columns import columns_of_type
from schemagen.lint.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.views import SchemaView

CODE = "PF122"
NAME = "rounded-seconds"
SEVERITY = "info"


def schema(view: SchemaView) -> Iterator[Finding]:
    """Look for times without a fraction."""
    for column in columns_of_type(view.postgresql, "timestamp", "timestamptz", "time", "timetz"):
        if column.spec and column.spec.args == (0,):
            yield Finding(
                f"{column.key} is rounded, which may lead into the future",
                column.key,
                help=f"use {column.spec.name}",
            )
