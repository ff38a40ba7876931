"""BEGIN, COMMIT or ROLLBACK in a revision.

Alembic opens the transaction and writes the version in it. A COMMIT of the revision's own ends it
behind Alembic's back: what follows is no longer undone when something fails, and a BEGIN is only
a warning to PostgreSQL. An autocommit_block says the same in a way that Alembic knows of.

Bad:

```python
op.execute("COMMIT")
op.execute("VACUUM lots")
```

Good:

```python
with op.get_context().autocommit_block():
    op.execute("VACUUM lots")
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.rule import Finding
    from schemagen.lint.sqlview import SqlView

CODE = "TX103"
NAME = "nested-or-uncommitted-tx"
SEVERITY = "error"


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for transactions that the revision opens or closes itself."""
    for statement in view.nested:
        yield statement.finding(
            f"{statement.text.split()[0].upper()} is Alembic's business",
            "with op.get_context().autocommit_block():",
        )
