"""Something that needs a newer SQLite than some systems have.

STRICT tables came with 3.37 (November 2021). Debian 11 and Ubuntu 20.04 have older ones, and Python
uses that of the system. Runs only when selected.

Bad:

```yaml
table: readings
options: {strict: true}
columns: {id: bigint pk identity, value: integer}
```

Good:

```yaml
table: readings
columns: {id: bigint pk identity, value: integer}
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.lint.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.views import SchemaView

CODE = "SL109"
NAME = "sqlite-version"
SEVERITY = "info"
DEFAULT = False


def schema(view: SchemaView) -> Iterator[Finding]:
    """Look for what came to SQLite late."""
    for table in view.sqlite.views():
        if table.table.options.strict:
            yield Finding(
                f"{table.table.key} is STRICT, which needs SQLite 3.37",
                table.table.key,
                help="make sure that every system has it",
                dialect="sqlite",
            )
