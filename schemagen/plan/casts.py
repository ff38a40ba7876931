"""How PostgreSQL gets a column's values from one type into another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import sql

if TYPE_CHECKING:
    from schemagen.kinds import Column
    from schemagen.plan.context import Context


def using(ctx: Context, old: Column, new: Column) -> str | None:
    """Give the USING expression of a type change; None where PostgreSQL casts by itself."""
    said = ctx.direction(new).using_on(ctx.way, "postgresql")
    return said or cast(ctx, old, new)


def cast(ctx: Context, old: Column, new: Column) -> str | None:
    """Give the cast that fits the two types, or None."""
    name = sql.quote(new.name)
    mine, theirs = old.spec, new.spec
    if mine is None or theirs is None or mine.logical is None or theirs.logical is None:
        return f"{name}{_middle(ctx, old, new)}::{type_name(ctx, new)}"
    if mine.dims != theirs.dims:
        item = f"{name}::{theirs.name}"
        return f"ARRAY[{item}]" if theirs.dims == 1 and not mine.dims else _cast(name, ctx, new)
    one, two = mine.logical, theirs.logical
    if one.name == two.name or (one.family and one.family == two.family):
        return None
    if one.family == "number" and two.name == "boolean":
        return f"{name} <> 0"
    if one.name == "boolean" and two.family == "number":
        return f"{name}::integer::{theirs}"
    return _cast(name, ctx, new)


def _cast(name: str, ctx: Context, new: Column) -> str:
    return f"{name}::{type_name(ctx, new)}"


def _middle(ctx: Context, old: Column, new: Column) -> str:
    """An enum casts from and to text alone."""
    enum = old.enum(ctx.start) or new.enum(ctx.goal)
    plain = any(c.spec and c.spec.logical and c.spec.logical.family == "text" for c in (old, new))
    dims = new.spec.dims if new.spec else 0
    return f"::text{'[]' * dims}" if enum and not plain else ""


def type_name(ctx: Context, column: Column) -> str:
    """Write a column's type as PostgreSQL reads it."""
    spec = column.spec
    if spec is not None and column.enum(ctx.goal):
        return sql.quote(spec.name) + "[]" * spec.dims
    return column.type
