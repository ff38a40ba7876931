"""A constraint without a name.

PostgreSQL makes one up, SQLite none at all, and a revision that drops or changes it later has to
know it. Write it out, by one convention.

Bad:

```python
op.create_unique_constraint(None, "lots", ["code"])
```

Good:

```python
op.create_unique_constraint("uk_lots_code", "lots", ["code"])
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.rule import Finding
    from schemagen.lint.sqlview import SqlView

CODE = "NM104"
NAME = "unnamed-constraint"
SEVERITY = "warning"


_NAMED = ("check", "foreign_key", "unique", "exclusion")


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for constraints that are added to tables that were there, without a name."""
    by_itself = view.constraints(*_NAMED)
    at_columns = view.constraints(*_NAMED, inline=True)
    for constraint in (*by_itself, *at_columns):
        if not constraint.name:
            what = constraint.kind.replace("_", " ")
            yield constraint.finding(
                f"this {what} of {constraint.command.table} has no name",
                "name it by the convention of the project",
            )
