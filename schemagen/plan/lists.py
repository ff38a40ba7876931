"""Enum values inside arrays that a database holds as text: no check speaks of them, rows do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import sql
from schemagen.changes import Add
from schemagen.diagnostics import Diagnostic
from schemagen.kinds import Column
from schemagen.plan.physical import is_text
from schemagen.plan.steps import Step, update
from schemagen.plan.values import mapped, mapping

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from schemagen.expr import Call
    from schemagen.kinds import Enum
    from schemagen.plan.context import Context


def list_steps(ctx: Context) -> Iterator[Step]:
    """Map the renamed and removed values in every array of such an enum that has rows."""
    new = {change.new.key for change in ctx.changes if isinstance(change, Add)}
    for column in ctx.goal:
        if not isinstance(column, Column) or column.key in new:
            continue
        enum = _enum(ctx, column)
        if enum is None or not (pairs := mapping(ctx, enum)):
            continue
        if _depth(ctx, column) > 1:
            ctx.problems.append(_too_deep(ctx, column, enum))
            continue
        said = f"map values of enum {enum.name} in {column.table}.{column.name}"
        yield Step((_statement(ctx, column, pairs),), (said,), column.table)


def _depth(ctx: Context, column: Column) -> int:
    """Give the depth of a column's arrays."""
    spec = ctx.whole(column).spec
    return spec.dims if spec else 0


def _enum(ctx: Context, column: Column) -> Enum | None:
    """Give the enum whose values the array holds as text, if it does."""
    whole = ctx.whole(column)
    key = whole.enum(ctx.after)
    enum = ctx.after.enums[key.name] if key else None
    listed = enum is not None and _depth(ctx, column) > 0
    return enum if enum and listed and is_text(enum, ctx.dialect) else None


def _statement(ctx: Context, column: Column, pairs: Mapping[str, str]) -> Call:
    name, olds = sql.quote(column.name), ", ".join(map(sql.literal, pairs))
    if ctx.dialect == "postgresql":
        items = f"unnest({name}) WITH ORDINALITY AS items (item, place)"
        value = f"ARRAY(SELECT {mapped('item', pairs)} FROM {items} ORDER BY place)"
        return update(column, value, f"{name}::text[] && ARRAY[{olds}]")
    # Laid out as SQLAlchemy writes JSON, so that a value which comes back is the same text.
    items = f"group_concat(json_quote({mapped('value', pairs)}), ', ')"
    value = f"(SELECT '[' || {items} || ']' FROM json_each({name}))"
    held = f"(SELECT value FROM json_each({name}))"
    found = " OR ".join(f"{sql.literal(old)} IN {held}" for old in pairs)
    return update(column, value, f"json_type({name}) = 'array' AND ({found})")


def _too_deep(ctx: Context, column: Column, enum: Enum) -> Diagnostic:
    return Diagnostic(
        "G006",
        f"{column.key} holds values of enum {enum.name} in arrays of arrays, "
        "in which schemagen cannot rename or remove one",
        ctx.places.get(column.key) or ctx.places.get(enum.key),
        help="add the new value, move the rows in a data migration, then take the old one away",
    )
