"""A foreign key that reads the table while writers of two tables wait.

ADD FOREIGN KEY takes SHARE ROW EXCLUSIVE on both tables, and looks up every row. NOT VALID takes
the same locks for a moment; VALIDATE CONSTRAINT, in a transaction of its own, does the rest while
everyone works. In one transaction the two are no better than the plain form.

Bad:

```python
op.create_foreign_key("fk_serials_lot", "serials", "lots", ["lot_id"], ["id"])
```

Good:

```python
op.create_foreign_key(
    "fk_serials_lot", "serials", "lots", ["lot_id"], ["id"], postgresql_not_valid=True
)
with op.get_context().autocommit_block():
    op.execute("ALTER TABLE serials VALIDATE CONSTRAINT fk_serials_lot")
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.rule import Finding
    from schemagen.lint.sqlview import SqlView

CODE = "LK109"
NAME = "add-fk-scans"
SEVERITY = "error"


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for foreign keys that are valid from the start."""
    for constraint in view.constraints("foreign_key"):
        if constraint.is_valid:
            tables = f"{constraint.command.table} and {constraint.parent}"
            yield constraint.finding(
                f"{constraint.shown} looks up every row while writers of {tables} wait",
                "add it NOT VALID, then VALIDATE CONSTRAINT in an autocommit_block",
            )
