"""A check that reads the whole table under ACCESS EXCLUSIVE.

ADD CONSTRAINT … CHECK looks at every row while no one reads or writes. NOT VALID adds it in a
moment, for new rows; VALIDATE CONSTRAINT, in a transaction of its own, then looks at the old ones
while everyone works.

Bad:

```python
op.create_check_constraint("chk_lots_size", "lots", "size > 0")
```

Good:

```python
op.execute("ALTER TABLE lots ADD CONSTRAINT chk_lots_size CHECK (size > 0) NOT VALID")
with op.get_context().autocommit_block():
    op.execute("ALTER TABLE lots VALIDATE CONSTRAINT chk_lots_size")
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.rule import Finding
    from schemagen.lint.sqlview import SqlView

CODE = "LK108"
NAME = "add-check-scans"
SEVERITY = "error"


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for checks that are valid from the start."""
    for constraint in view.constraints("check"):
        if constraint.is_valid:
            yield constraint.finding(
                f"{constraint.shown} is proven while {constraint.command.table} is locked",
                "add it NOT VALID, then VALIDATE CONSTRAINT in an autocommit_block",
            )
