"""A check or unique that comes with a new column.

ADD COLUMN takes a moment; with CHECK or UNIQUE written at the column it reads the whole table, or
builds an index, under ACCESS EXCLUSIVE. Add the column first, and the constraint by itself.

Bad:

```python
op.execute("ALTER TABLE lots ADD COLUMN size integer CHECK (size > 0)")
```

Good:

```python
op.execute("ALTER TABLE lots ADD COLUMN size integer")
op.execute("ALTER TABLE lots ADD CONSTRAINT chk_lots_size CHECK (size > 0) NOT VALID")
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.rule import Finding
    from schemagen.lint.sqlview import SqlView

CODE = "LK119"
NAME = "inline-constraint-on-add-column"
SEVERITY = "warning"


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for constraints at new columns."""
    for constraint in view.constraints("check", "unique", "primary_key", inline=True):
        what = constraint.kind.replace("_", " ")
        yield constraint.finding(
            f"the {what} at {constraint.command.shown} makes ADD COLUMN read the whole table",
            "add the constraint in a statement of its own",
        )
