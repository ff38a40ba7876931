"""An env.py that runs all revisions in one transaction.

That is Alembic's default. A lock that the first revision takes is then held until the last one is
done, a value added to an enum cannot be used in the next revision, and splitting a change into two
revisions changes nothing. With transaction_per_migration=True each revision commits by itself.

SQLite is better off with one transaction for all: `transaction_per_migration=dialect != "sqlite"`.

Bad:

```python env.py
context.configure(connection=connection, target_metadata=target_metadata)
```

Good:

```python env.py
context.configure(connection=connection, transaction_per_migration=dialect != "sqlite")
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.envview import EnvView
    from schemagen.lint.rule import Finding

CODE = "TX105"
NAME = "env-single-transaction"
SEVERITY = "error"


def env(view: EnvView) -> Iterator[Finding]:
    """Look for runs that do not ask for a transaction per revision."""
    for configure in view.configures:
        if configure.runs and configure.is_never("transaction_per_migration"):
            yield view.finding(
                "all revisions of a run share one transaction, with all their locks",
                'transaction_per_migration=dialect != "sqlite"',
                configure.line,
            )
