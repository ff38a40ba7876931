"""Enum values that are renamed or removed, where the database holds them as plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import sql
from schemagen.kinds import Column, Enum, Key
from schemagen.plan.physical import is_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schemagen.plan.context import Context


def mapping(ctx: Context, enum: Enum) -> dict[str, str]:
    """Give {old value: new value} of an enum of the schema to reach; unchanged ones are not in."""
    direction = ctx.direction(enum)
    old_name = next(iter(direction.renamed_from), enum.name)
    before = ctx.before.get(Key("enum", "", old_name))
    if not isinstance(before, Enum):
        return {}
    renamed = {olds[0]: new for new, olds in direction.values.items() if olds}
    pairs = {**removed(ctx, enum), **renamed}
    return {old: new for old, new in pairs.items() if old in before.values}


def removed(ctx: Context, enum: Enum) -> dict[str, str]:
    """Give {old value: new value} of the values that go; renames are done where they are native."""
    pairs = ctx.direction(enum).removed
    return {old: new for old, new in pairs.items() if old not in enum.values}


def text_mapping(ctx: Context, column: Column) -> dict[str, str]:
    """Give the mapping for a column that holds an enum's values as text on the dialect."""
    whole = ctx.whole(column)
    key = whole.enum(ctx.after)
    enum = ctx.after.enums[key.name] if key else None
    if enum is None or not is_text(enum, ctx.dialect) or (whole.spec and whole.spec.dims):
        return {}
    return mapping(ctx, enum)


def mapped(value: str, pairs: Mapping[str, str]) -> str:
    """Write `CASE value WHEN 'old' THEN 'new' ELSE value END`."""
    if not pairs:
        return value
    whens = (f"WHEN {sql.literal(old)} THEN {sql.literal(new)}" for old, new in pairs.items())
    return f"CASE {value} {' '.join(whens)} ELSE {value} END"


def among(name: str, pairs: Mapping[str, str]) -> str:
    """Write the condition that finds the rows to change."""
    return f"{sql.quote(name)} IN ({', '.join(map(sql.literal, pairs))})"
