"""A committed step that fails when the revision is run again.

What stands before the end of the last autocommit_block is committed while the version is not. When
a later statement fails, or the process is killed, the next run starts from the top and trips over
what is done already. Each such step has to pass over itself: IF [NOT] EXISTS, or an `if` that asks
the catalog. CREATE INDEX CONCURRENTLY IF NOT EXISTS is not enough: it keeps an INVALID index that a
failed run has left; drop that first.

Bad:

```python
op.add_column("lots", sa.Column("note", sa.Text()))
with op.get_context().autocommit_block():
    op.execute("CREATE INDEX CONCURRENTLY idx_lots_note ON lots (note)")
```

Good:

```python
op.execute("ALTER TABLE lots ADD COLUMN IF NOT EXISTS note TEXT")
op.execute("ALTER SEQUENCE IF EXISTS lots_no_seq RENAME TO lots_number_seq")
with op.get_context().autocommit_block():
    op.execute("DROP INDEX CONCURRENTLY IF EXISTS idx_lots_note")
    op.execute("CREATE INDEX CONCURRENTLY idx_lots_note ON lots (note)")
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.lint import repeatable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.rule import Finding
    from schemagen.lint.sqlview import SqlView
    from schemagen.lint.statement import Statement

CODE = "TX104"
NAME = "not-repeatable-step"
SEVERITY = "warning"


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for steps that are committed before the version and cannot be done twice."""
    dropped: set[tuple[str, str]] = set()
    for statement in _committed(view):
        dropped |= set(repeatable.removed(statement))
        what = repeatable.trips(statement, dropped)
        if what and not (statement.is_guarded or statement.is_caught):
            yield statement.finding(
                f"{what} fails when the revision is run again after it was stopped",
                "IF [NOT] EXISTS, or an `if` that asks the catalog",
            )


def _committed(view: SqlView) -> list[Statement]:
    """Give the statements up to the end of the last autocommit_block."""
    alone = [n for n, each in enumerate(view.statements, 1) if each.is_alone]
    return view.statements[: max(alone, default=0)]
