"""An env.py that lets two migrations run at once.

Two servers that are deployed together both read the old version and both run the revision: one of
them fails half way, or both fill the same rows. An advisory lock lets one go first. Try for it,
with a pause between: a statement that waits for it holds a snapshot, for which the other's CREATE
INDEX CONCURRENTLY waits in its turn.

Bad:

```python env.py
context.configure(connection=connection)
context.run_migrations()
```

Good:

```python env.py
context.configure(connection=connection)
while not connection.scalar(text("SELECT pg_try_advisory_lock(1450932731)")):
    connection.rollback()
    time.sleep(0.2)
context.run_migrations()
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.envview import EnvView
    from schemagen.lint.rule import Finding

CODE = "TX109"
NAME = "concurrent-migrations"
SEVERITY = "warning"


def env(view: EnvView) -> Iterator[Finding]:
    """Look for an advisory lock."""
    if view.runs and not view.says("advisory_lock"):
        yield view.finding(
            "nothing keeps two migrations from running at once",
            "poll pg_try_advisory_lock() before context.run_migrations()",
            view.runs[0].line,
        )
