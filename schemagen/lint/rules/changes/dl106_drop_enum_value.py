"""A value of an enum that goes.

Rows that have it need another one, and which of them had the old one is forgotten: the way down
cannot tell. Clients that still write it are refused. With `removed: {OLD: NEW}` in the enum, this
is only a note.

Bad:

```diff
 enums:
-  colour: {storage: varchar(10), values: [RED, PINK]}
+  colour: {storage: varchar(10), values: [RED]}
 ---
 table: parts
 columns: {id: bigint pk identity, colour: colour}
```

Good:

```diff
 enums:
-  colour: {storage: varchar(10), values: [RED, PINK]}
+  colour: {storage: varchar(10), values: [RED, PINK, BLUE]}
 ---
 table: parts
 columns: {id: bigint pk identity, colour: colour}
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.diagnostics import Severity
from schemagen.kinds import Key
from schemagen.lint.queries import rows_with
from schemagen.lint.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.views import DiffView

CODE = "DL106"
NAME = "drop-enum-value"
SEVERITY = "error"


def diff(view: DiffView) -> Iterator[Finding]:
    """Compare the values of each enum, on both databases at once."""
    for enum, value in view.removed_values:
        mapped = view.direction(enum).removed.get(value)
        key = Key("enum_value", enum.name, value)
        queries = {view.dialect: query} if (query := rows_with(view, enum, value)) else {}
        yield Finding(
            f"{key} goes" + (f", and its rows become {mapped}" if mapped else ""),
            key,
            help="" if mapped else f"say in the enum what they become: `removed: {{{value}: …}}`",
            queries={} if mapped else queries,
            severity=Severity.NOTE if mapped else None,
        )
