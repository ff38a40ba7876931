"""An env.py that lets a failed upgrade leave SQLite half way.

Python's sqlite3 opens a transaction before INSERT and the like, not before CREATE or ALTER: each of
those is committed by itself, and a revision that fails leaves what it did so far, with the old
version. Begin the transaction yourself: isolation_level = None on the DBAPI connection, BEGIN when
SQLAlchemy begins, and transactional_ddl=True.

Bad:

```python env.py
context.configure(connection=connection)
```

Good:

```python env.py
connection.connection.dbapi_connection.isolation_level = None
event.listen(connection, "begin", lambda c: c.exec_driver_sql("BEGIN"))
context.configure(connection=connection, transactional_ddl=True)
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.envview import EnvView
    from schemagen.lint.rule import Finding

CODE = "SL114"
NAME = "sqlite-not-transactional"
SEVERITY = "warning"


_WAYS = ("isolation_level", "autocommit")


def env(view: EnvView) -> Iterator[Finding]:
    """Look for a transaction that is begun by hand, and for transactional_ddl."""
    begun = any(map(view.says, _WAYS))
    for configure in view.runs:
        if not begun or configure.is_never("transactional_ddl"):
            yield view.finding(
                "a failed upgrade leaves a SQLite database half way",
                "isolation_level = None, BEGIN by hand, and transactional_ddl=True",
                configure.line,
            )
