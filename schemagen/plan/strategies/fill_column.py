"""A column with a value for every row comes to a table with rows, or becomes NOT NULL there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import exprs, sql
from schemagen.changes import Alter
from schemagen.plan import fills, operations
from schemagen.plan.online.backfill import (
    batches,
    key_of,
    no_trigger,
    proof,
    proven,
    trigger,
    trigger_name,
    untrigger,
)
from schemagen.plan.online.steps import guarded, last, own
from schemagen.plan.strategies.add_column import added
from schemagen.plan.strategies.alter_column import altered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.changes import Add
    from schemagen.kinds import Column
    from schemagen.plan.context import Context
    from schemagen.plan.steps import Statement, Step

EMPTY = {"nullable": True, "default": None, "identity": None}


def fill_column(ctx: Context, change: Add, column: Column) -> Iterator[Step]:
    """Add the column empty, fill it in batches, prove it full, and then say NOT NULL.

    Until then a default, or else a trigger, gives a value to the rows of clients that do not know
    the column.
    """
    fill = fills.fill(ctx, column)
    value = fill.value if fill else exprs.default_sql(column, "postgresql") or "NULL"
    needs_trigger = not column.nullable and column.default is None
    start = column.model_copy(update=EMPTY)
    code: list[Statement] = [added(ctx, start, ())]
    if column.default is not None:
        default = exprs.default_expr(column, "postgresql")
        code.append(operations.alter_column(column, server_default=default))
    remark = fill.remark if fill else ""
    yield guarded(ctx.step(change, *code, remark=remark))
    if needs_trigger:
        yield ctx.step(change, *trigger(column, value), remark=remark)
    yield from _filled(ctx, change, column, value, remark)
    done = proven(ctx, column) if not column.nullable else ()
    ends = untrigger(column) if needs_trigger else ()
    if done or ends:
        yield last(ctx.step(change, *done, *ends, remark=remark))


def tighten_column(ctx: Context, change: Alter, old: Column, new: Column) -> Iterator[Step]:
    """Fill the NULLs of a column in batches, prove that there are none, and then say NOT NULL."""
    fill = fills.tightened(ctx, new)
    remark = fill.remark if fill else ""
    if fill:
        yield ctx.step(change, *trigger(new, fill.value), remark=remark)
        yield from _filled(ctx, change, new, fill.value, remark)
    else:
        yield own(ctx.step(change, *proof(ctx, new)))
    rest = altered(ctx, old, new.model_copy(update={"nullable": True}))
    code = (*proven(ctx, new), *(untrigger(new) if fill else ()), *rest)
    if code:
        yield last(ctx.step(change, *code, remark=remark))


def _filled(
    ctx: Context, change: Add | Alter, column: Column, value: str, remark: str
) -> Iterator[Step]:
    key = key_of(ctx, column.table)
    assert key is not None  # noqa: S101 - without one the change is not online
    where = f"{sql.quote(column.name)} IS NULL"
    has_trigger = not column.nullable and (column.default is None or isinstance(change, Alter))
    undo = no_trigger(trigger_name(column)) if has_trigger else ""
    code: list[Statement] = [batches(column, key, value, where, undo)]
    if not column.nullable:
        code += proof(ctx, column)
    yield own(ctx.step(change, *code, remark=remark))
