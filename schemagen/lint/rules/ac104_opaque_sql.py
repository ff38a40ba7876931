"""SQL of a revision that lint cannot read.

A revision that reads the database cannot be run offline, an EXECUTE of text that is put together at
run time says nothing before, and what PostgreSQL's grammar refuses cannot be judged. No other rule
has looked at it: read it yourself, and allow it with a comment.

`op.get_context().as_sql` tells a revision that it is run offline, as by `alembic upgrade --sql`.

Bad:

```python
count = op.get_bind().execute(sa.text("SELECT count(*) FROM lots")).scalar()
if count:
    op.execute("UPDATE lots SET note = '' WHERE id = 1")
```

Good:

```python
if not op.get_context().as_sql:
    op.get_bind().execute(sa.text("SELECT count(*) FROM lots")).scalar()
op.execute("UPDATE lots SET note = '' WHERE id = 1")
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.lint.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.sqlview import SqlView

CODE = "AC104"
NAME = "opaque-sql"
SEVERITY = "warning"


def sql(view: SqlView) -> Iterator[Finding]:
    """Give what could not be read."""
    for unread in view.unread:
        yield Finding(
            f"lint cannot read this: {unread.why}",
            place=unread.place,
            help="read it yourself, and allow it with a comment",
            dialect="postgresql",
        )
