"""A way down that does not lead back.

A `downgrade()` that does nothing lets Alembic say that the database is at the revision before while
it is not: the next upgrade fails on what is there already. One that raises says so at least, and is
only a note.

Bad:

```python revision
def upgrade():
    op.create_table("parts", sa.Column("id", sa.BigInteger()))


def downgrade():
    pass
```

Good:

```python revision
def upgrade():
    op.create_table("parts", sa.Column("id", sa.BigInteger()))


def downgrade():
    op.drop_table("parts")
```
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from schemagen.diagnostics import Severity
from schemagen.lint.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.revisionview import RevisionView

CODE = "RV101"
NAME = "irreversible-downgrade"
SEVERITY = "warning"


def revision(view: RevisionView) -> Iterator[Finding]:
    """Compare what the two functions do."""
    up, down = view.body("upgrade"), view.body("downgrade")
    if up and not down:
        yield Finding(
            "the downgrade does nothing, and the upgrade does something",
            place=view.place("downgrade"),
            help="take back what the upgrade does, or raise an error that says that nothing can",
        )
    elif down and isinstance(down[0], ast.Raise):
        yield Finding(
            "there is no way down",
            place=view.place("downgrade"),
            help="have a backup",
            severity=Severity.NOTE,
        )
