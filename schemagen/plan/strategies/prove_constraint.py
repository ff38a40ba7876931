"""A check or a foreign key comes to a table with rows: it holds at once, and is proven later."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING

from schemagen import qualified, sql
from schemagen.kinds import Check, ForeignKey, Obj
from schemagen.plan import operations
from schemagen.plan.online.steps import held, last, own
from schemagen.plan.steps import execute
from schemagen.renames import temporary
from schemagen.sql import portable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.changes import Add
    from schemagen.plan.context import Context
    from schemagen.plan.steps import Statement, Step


def prove_constraint(ctx: Context, change: Add, new: Check | ForeignKey) -> Iterator[Step]:
    """Add it for new rows, then prove it for the others while clients go on writing."""
    yield own(ctx.step(change, *held_and_proven(new)))


def held_and_proven(new: Check | ForeignKey) -> tuple[Statement, Statement]:
    """Write the constraint for new rows, and its proof for the others."""
    added = operations.create_constraint(new.model_copy(update={"not_valid": True}))
    return held(new.table, new.name, added, rows_against(new))


def replace_constraint(
    ctx: Context, change: Add, new: Check | ForeignKey, old: Check | ForeignKey
) -> Iterator[Step]:
    """Prove the new constraint under another name before the old one goes."""
    aside = new.model_copy(update={"name": temporary(new.name)})
    yield from prove_constraint(ctx, change, aside)
    names = f"{sql.quote(aside.name)} TO {sql.quote(new.name)}"
    renamed = execute(f"ALTER TABLE {qualified.quote(new.table)} RENAME CONSTRAINT {names}")
    swap = (operations.drop_constraint(old), renamed)
    yield last(ctx.step(change, *swap, remark="take its place"))


@singledispatch
def rows_against(obj: Obj) -> tuple[str, ...]:
    """Write the query that finds the rows which break a constraint."""
    raise NotImplementedError(obj.kind)


@rows_against.register(Check)
def _(obj: Check) -> tuple[str, ...]:
    return (f"SELECT * FROM {qualified.quote(obj.table)} ", f"WHERE NOT ({portable(obj.sql)})")


@rows_against.register(ForeignKey)
def _(obj: ForeignKey) -> tuple[str, ...]:
    here, there = qualified.quote(obj.table), qualified.quote(obj.references.table)
    columns = [f"{here}.{sql.quote(name)}" for name in obj.columns]
    known = " AND ".join(f"{column} IS NOT NULL" for column in columns)
    ends = zip(obj.references.columns, columns, strict=True)
    met = " AND ".join(f"referenced.{sql.quote(end)} = {column}" for end, column in ends)
    query = f"SELECT FROM {there} AS referenced WHERE {met}"
    return (f"SELECT * FROM {here} WHERE {known} ", f"AND NOT EXISTS ({query})")
