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
        there = key.references
        empty = (name for name in there.columns if _is_empty(ctx, there.table, name))
        names = "" if there.table in new else f" ({', '.join(empty)})"
        target = f"{there.table}{names}"
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
    """Give the columns to null before the key can come back; none where none may be NULL.

    Then the database refuses the key, and the downgrade with it. What leads to a column that comes
    back with values stays, whatever they are: one NULL is enough for a row to refer to nothing,
    unless the key matches in full.
    """
    there = key.references
    if ctx.way != "down" or key.table in new:
        return []
    whole = there.table in new
    lost = [whole or _is_empty(ctx, there.table, name) for name in there.columns]
    if not any(lost):
        return []
    full = key.match == "full"
    columns = [ctx.goal.view(key.table).column(name) for name in key.columns]
    leads = zip(columns, lost, strict=True)
    found = [column for column, is_lost in leads if column and (full or is_lost)]
    if full and not all(column.nullable for column in found):
        return []
    return [column for column in found if column.nullable]
