"""An env.py that leaves SQLite's foreign keys on while tables are made anew.

SQLite changes most things by making the table anew and dropping the old one. With foreign_keys ON
the drop deletes the rows that refer to it, as ON DELETE says: measured, two children became none.
The pragma does nothing inside a transaction, so it has to be turned off before one begins.

Bad:

```python env.py
context.configure(connection=connection)
with context.begin_transaction():
    context.run_migrations()
```

Good:

```python env.py
connection.connection.dbapi_connection.execute("PRAGMA foreign_keys = OFF")
context.configure(connection=connection)
with context.begin_transaction():
    context.run_migrations()
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.envview import EnvView
    from schemagen.lint.rule import Finding

CODE = "SL102"
NAME = "sqlite-fk-cascade-on-rebuild"
SEVERITY = "error"


def env(view: EnvView) -> Iterator[Finding]:
    """Look for the pragma."""
    if view.runs and not view.says("foreign_keys"):
        yield view.finding(
            "nothing turns foreign_keys off on SQLite",
            "PRAGMA foreign_keys = OFF on the DBAPI connection, before the transaction",
            view.runs[0].line,
        )
