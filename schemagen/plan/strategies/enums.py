"""Native enum types: created, extended, made anew, dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import exprs, qualified, sql
from schemagen.kinds import Column
from schemagen.order import added, grows
from schemagen.plan import operations
from schemagen.plan.casts import retyped
from schemagen.plan.steps import Transaction, committing, execute
from schemagen.plan.values import mapped, removed
from schemagen.records import replace
from schemagen.renames import temporary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.changes import Add, Alter, Drop
    from schemagen.kinds import Enum
    from schemagen.plan.context import Context
    from schemagen.plan.steps import Statement, Step
    from schemagen.schema import Schema


def create_enum(ctx: Context, change: Add, enum: Enum) -> Iterator[Step]:
    """Create the type before the first column that has it."""
    code = [_create(enum)]
    if enum.comment:
        code.append(_comment(enum))
    yield ctx.step(change, *code)


def drop_enum(ctx: Context, change: Drop, enum: Enum) -> Iterator[Step]:
    """Drop the type after the last column that had it."""
    yield ctx.step(change, execute(f"DROP TYPE {qualified.quote(enum.name)}"))


def alter_enum(ctx: Context, change: Alter, old: Enum, new: Enum, state: Schema) -> Iterator[Step]:
    """Add values where that is all; else make the type anew under its columns."""
    if old.values != new.values:
        if grows(old, new) and not _given_up(ctx, new).intersection(added(old, new)):
            yield _added(ctx, change, old, new)
        else:
            yield ctx.step(change, *_rebuilt(ctx, new, state.columns_of(old.name)))
    if old.comment != new.comment:
        yield ctx.step(change, _comment(new))


def _given_up(ctx: Context, enum: Enum) -> set[str]:
    """Give the names that values have until they are renamed."""
    return {olds[0] for olds in ctx.direction(enum).values.values() if olds}


def _added(ctx: Context, change: Alter, old: Enum, new: Enum) -> Step:
    """Add values in a transaction of their own: none can be used in the one that it came in.

    What is committed before the version is stamped has to skip itself the next time. It comes
    before all renames too, so the type and its values have their old names.
    """
    direction = ctx.direction(new)
    name = next(iter(direction.renamed_from), new.name)
    olds = {value: before[0] for value, before in direction.values.items() if before}
    values = [olds.get(value, value) for value in new.values]
    known = [olds.get(value, value) for value in old.values]
    body: list[Statement] = []
    for at, value in enumerate(values):
        if value in known:
            continue
        where = f" AFTER {sql.literal(values[at - 1])}" if at else ""
        if not at and known:
            where = f" BEFORE {sql.literal(known[0])}"
        head = f"ALTER TYPE {qualified.quote(name)} ADD VALUE IF NOT EXISTS"
        body.append(execute(f"{head} {sql.literal(value)}{where}"))
        known.insert(at, value)
    renamed = bool(direction.renamed_from or olds)
    remark = "(before the renames, so by the old names)" if renamed else ""
    step = ctx.step(change, committing(*body), remark=remark)
    return replace(step, transaction=Transaction.OWN)


def _rebuilt(ctx: Context, enum: Enum, columns: list[Column]) -> Iterator[Statement]:
    aside = temporary(enum.name)
    own = sql.quote(qualified.bare(aside))
    yield execute(f"ALTER TYPE {qualified.quote(enum.name)} RENAME TO {own}")
    yield _create(enum)
    if enum.comment:
        yield _comment(enum)
    pairs = removed(ctx, enum)
    for column in columns:
        if column.default is not None:
            yield operations.alter_column(column, server_default=None)
        yield retyped(ctx, column, _values(column, enum, pairs))
        goal = ctx.goal.get(column.key)
        if isinstance(goal, Column) and goal.type == column.type:
            default = exprs.default_expr(goal, "postgresql")
            if default is not None:
                yield operations.alter_column(column, server_default=default)
    yield execute(f"DROP TYPE {qualified.quote(aside)}")


def _values(column: Column, enum: Enum, pairs: dict[str, str]) -> str:
    name, dims = sql.quote(column.name), column.spec.dims if column.spec else 0
    text = f"{name}::text{'[]' * dims}"
    if not dims:
        value = f"({mapped(text, pairs)})" if pairs else text
        return f"{value}::{qualified.quote(enum.name)}"
    for old, new in pairs.items():
        text = f"array_replace({text}, {sql.literal(old)}, {sql.literal(new)})"
    return f"{text}::{qualified.quote(enum.name)}{'[]' * dims}"


def _create(enum: Enum) -> Statement:
    values = ", ".join(map(sql.literal, enum.values))
    return execute(f"CREATE TYPE {qualified.quote(enum.name)} AS ENUM ({values})")


def _comment(enum: Enum) -> Statement:
    said = "NULL" if enum.comment is None else sql.literal(enum.comment)
    return execute(f"COMMENT ON TYPE {qualified.quote(enum.name)} IS {said}")
