"""An index that another one does the work of, entirely.

Two indexes over the same columns, or an index over the columns of a unique constraint or primary
key, cost twice at every write and answer no more questions. `schemagen lint --fix` takes the plain
one out.

Bad:

```yaml
table: lots
columns:
  id: bigint pk identity
  code: varchar(50) unique
indexes:
  code: [code]
```

Good:

```yaml
table: lots
columns:
  id: bigint pk identity
  code: varchar(50) unique
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.lint.indexes import repeats
from schemagen.lint.rule import Finding, Mend

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.views import SchemaView

CODE = "PF112"
NAME = "duplicate-index"
SEVERITY = "warning"


def schema(view: SchemaView) -> Iterator[Finding]:
    """Compare the columns of a table's indexes, uniques and primary key."""
    for table in view.schema.views():
        for index, other in repeats(table):
            if len(index.columns) == len(other.columns):
                yield Finding(
                    f"{index.key} repeats {other.key}",
                    index.key,
                    help="take it out",
                    mend=Mend("remove", index.key),
                )
