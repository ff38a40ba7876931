"""A foreign key comes, perhaps back: what it leads to may have just come, empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import sql
from schemagen.plan import fills, operations
from schemagen.plan.steps import update

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.changes import Add
    from schemagen.kinds import Column, ForeignKey
    from schemagen.plan.context import Context
    from schemagen.plan.steps import Statement, Step


def add_foreign_key(ctx: Context, change: Add, key: ForeignKey, new: set[str]) -> Iterator[Step]:
    """Create the key; on the way down, references into a table that comes back empty are nulled."""
    code: list[Statement] = []
    remark = ""
    if columns := orphaned(ctx, key, new):
        whole = key.references.table in new
        names = "" if whole else f" ({', '.join(key.references.columns)})"
        target = f"{key.references.table}{names}"
        remark = f"{target} comes back empty, so what refers to it becomes NULL"
        code = [update(c, "NULL", f"{sql.quote(c.name)} IS NOT NULL") for c in columns]
    yield ctx.step(change, *code, operations.create_foreign_key(key), remark=remark)


def _is_empty(ctx: Context, table: str, name: str) -> bool:
    """Say whether a column comes back, and NULL in all rows."""
    column = ctx.goal.view(table).column(name)
    if column is None or column.key in ctx.renamed:
        return False
    filled = column.generated or column.identity or column.default
    return not filled and fills.fill(ctx.quietly(), column) is None


def orphaned(ctx: Context, key: ForeignKey, new: set[str]) -> list[Column]:
    """Give the columns to null before the key can come back; none where they may not be NULL.

    Then the database refuses the key, and the downgrade with it. What leads to a column that comes
    back with values stays, whatever they are.
    """
    there = key.references
    if ctx.way != "down" or key.table in new:
        return []
    if there.table not in new and not any(_is_empty(ctx, there.table, n) for n in there.columns):
        return []
    columns = [ctx.goal.view(key.table).column(name) for name in key.columns]
    found = [column for column in columns if column is not None]
    return found if all(column.nullable for column in found) else []
