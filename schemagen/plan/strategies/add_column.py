"""A column comes to a table that has rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import exprs, qualified
from schemagen.expr import Call, call
from schemagen.plan import fills, operations
from schemagen.plan.steps import update
from schemagen.plan.strategies.serial import with_word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from schemagen.changes import Add
    from schemagen.kinds import Check, Column
    from schemagen.plan.context import Context
    from schemagen.plan.steps import Statement, Step


def add_column(
    ctx: Context, change: Add, column: Column, checks: Sequence[Check] = ()
) -> Iterator[Step]:
    """Add the column with its own checks; fill it; make it NOT NULL once it is full."""
    fill = fills.fill(ctx, column)
    code: list[Statement] = []
    if fill is None:
        yield ctx.step(change, added(ctx, column, checks))
        return
    empty = not column.nullable and column.default is None and column.identity is None
    start = column.model_copy(update={"nullable": True}) if empty else column
    code += [added(ctx, start, checks), update(column, fill.value)]
    if empty:
        code.append(operations.alter_column(column, nullable=False))
    yield ctx.step(change, *code, remark=fill.remark)


def added(ctx: Context, column: Column, checks: Sequence[Check]) -> Call:
    """Write `op.add_column`, in one text for both dialects where that can be."""
    shared = ctx.shared(column) and all(ctx.shared(check) for check in checks)
    schema, dialect = (ctx.after, None) if shared else (ctx.goal, ctx.dialect)
    bare = {name: None for name in ("default", "identity") if getattr(column, name) is None}
    whole = ctx.whole(column).model_copy(update={"nullable": column.nullable, **bare})
    made = with_word(ctx, column, exprs.column_expr(whole if shared else column, schema, dialect))
    inline = (exprs.constraint_expr(check) for check in checks)
    new = Call(made.func, (*made.args, *inline), made.kwargs)
    where = operations.inside(column.table)
    return call("op.add_column", qualified.bare(column.table), new, **where)
