"""An extension that is changed or goes.

ALTER EXTENSION … UPDATE runs whatever script the server happens to have installed, and DROP
EXTENSION takes the functions and types that columns and indexes are made of. What it does differs
from server to server, and there is no way back to the old version.

Bad:

```python
op.execute("DROP EXTENSION pg_trgm")
```

Good:

```python
op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.rule import Finding
    from schemagen.lint.sqlview import SqlView

CODE = "AC102"
NAME = "extension-change"
SEVERITY = "warning"


_HELP = "try it on a copy of each server, and allow it with the reason"


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for ALTER EXTENSION and DROP EXTENSION."""
    for statement in view.of("AlterExtensionStmt", "AlterExtensionContentsStmt"):
        yield statement.finding(f"this changes the extension {statement.node.extname}", _HELP)
    for statement, name in view.dropped("OBJECT_EXTENSION"):
        yield statement.finding(f"this drops the extension {name}", _HELP)
