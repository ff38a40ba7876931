"""An exclusion constraint on a table that is in use.

EXCLUDE builds its index under ACCESS EXCLUSIVE, and has neither NOT VALID nor USING INDEX: there is
no form that lets others work meanwhile. Make it with the table, or in a maintenance window, or fill
a new table that has it by a trigger and batches and swap the two.

Bad:

```python
op.execute("ALTER TABLE slots ADD CONSTRAINT ex_slots EXCLUDE USING gist (during WITH &&)")
```

Good:

```python
op.create_table("slots", sa.Column("during", postgresql.TSTZRANGE()))
op.execute("ALTER TABLE slots ADD CONSTRAINT ex_slots EXCLUDE USING gist (during WITH &&)")
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.rule import Finding
    from schemagen.lint.sqlview import SqlView

CODE = "LK111"
NAME = "add-exclude-scans"
SEVERITY = "error"


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for EXCLUDE on tables that are in use."""
    for constraint in view.constraints("exclusion"):
        yield constraint.finding(
            f"{constraint.shown} builds its index while {constraint.command.table} is locked",
            "there is no online form: do it in a maintenance window",
        )
