"""An index that is the beginning of another one.

An index over (a, b) answers every question that one over (a) does, a little slower as it is larger.
Two of them cost twice at every write. Runs only when selected: on a table that is read more than
written, the smaller one may be meant.

Bad:

```yaml
table: lots
columns: {id: bigint pk identity, status: text, day: date}
indexes:
  status: [status]
  status_day: [status, day]
```

Good:

```yaml
table: lots
columns: {id: bigint pk identity, status: text, day: date}
indexes:
  status_day: [status, day]
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.lint.indexes import repeats
from schemagen.lint.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.views import SchemaView

CODE = "PF116"
NAME = "prefix-index"
SEVERITY = "info"
DEFAULT = False


def schema(view: SchemaView) -> Iterator[Finding]:
    """Compare the columns of a table's indexes, uniques and primary key."""
    for table in view.schema.views():
        for index, other in repeats(table):
            if len(index.columns) < len(other.columns):
                yield Finding(
                    f"{index.key} is the beginning of {other.key}",
                    index.key,
                    help="take it out, unless it was measured to be worth it",
                )
