"""A time of day with a zone.

An offset without a date cannot follow summer time, so the moment that it names is known for half of
the year. Keep a `timestamptz`, or a plain `time` beside the name of the zone.

Bad:

```yaml
table: shifts
columns: {id: bigint pk identity, begins: timetz}
```

Good:

```yaml
table: shifts
columns: {id: bigint pk identity, begins: time, zone: text}
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.lint.columns import columns_of_type
from schemagen.lint.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.views import SchemaView

CODE = "PF119"
NAME = "timetz-type"
SEVERITY = "warning"


def schema(view: SchemaView) -> Iterator[Finding]:
    """Look for columns of the type."""
    for column in columns_of_type(view.postgresql, "timetz"):
        yield Finding(
            f"{column.key} has an offset and no date",
            column.key,
            help="use timestamptz, or time and the name of the zone",
        )
