"""SQL that `alembic upgrade --sql` writes, and no client can run.

Without literal_binds the values of `op.bulk_insert` and the like come out as placeholders. Without
a paramstyle of "named" every `%` is doubled for PostgreSQL: `LIKE 'A-%%'` finds other rows.

Bad:

```python env.py
context.configure(url=url, target_metadata=target_metadata)
```

Good:

```python env.py
context.configure(url=url, literal_binds=True, dialect_opts={"paramstyle": "named"})
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.envview import EnvView
    from schemagen.lint.rule import Finding

CODE = "AC107"
NAME = "offline-binds"
SEVERITY = "warning"


def env(view: EnvView) -> Iterator[Finding]:
    """Look for runs without a connection that leave out literal_binds or the paramstyle."""
    for configure in view.configures:
        if "url" not in configure.options:
            continue
        for option in ("literal_binds", "dialect_opts"):
            if configure.is_never(option):
                yield view.finding(
                    f"offline SQL is written without {option}",
                    'literal_binds=True, dialect_opts={"paramstyle": "named"}',
                    configure.line,
                )
