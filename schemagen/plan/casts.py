"""How PostgreSQL gets a column's values from one type into another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import exprs, qualified, sql
from schemagen.diagnostics import Diagnostic
from schemagen.plan import operations
from schemagen.plan.steps import execute
from schemagen.plan.values import mapped, mapping

if TYPE_CHECKING:
    from schemagen.expr import Call
    from schemagen.kinds import Column
    from schemagen.plan.context import Context
    from schemagen.types import Logical, Spec

# What PostgreSQL casts each type to when it is told to, beyond its family and text.
_EXPLICIT = {
    "integer": ("bit", "boolean", "money", "oid"),
    "smallint": ("oid",),
    "bigint": ("bit", "money", "oid"),
    "numeric": ("money",),
    "boolean": ("integer",),
    "money": ("numeric",),
    "bit": ("bigint", "integer"),
    "oid": ("bigint", "integer"),
    "timestamp": ("time",),
    "timestamptz": ("time", "timetz"),
    "time": ("interval", "timetz"),
    "timetz": ("time",),
    "interval": ("time",),
    "inet": ("cidr",),
    "cidr": ("inet",),
    "macaddr": ("macaddr8",),
    "macaddr8": ("macaddr",),
    "jsonb": (
        *("bigint", "boolean", "double precision", "integer", "numeric", "real", "smallint"),
    ),
}


def using(ctx: Context, old: Column, new: Column) -> str | None:
    """Give the USING expression of a type change; None where PostgreSQL casts by itself.

    A change that it cannot cast, and for which the YAML says nothing, goes to `ctx.problems`.
    """
    if said := ctx.direction(new).using_on(ctx.way, "postgresql"):
        return said
    if not castable(ctx, old, new):
        ctx.problems.append(_no_cast(ctx, old, new))
    return cast_of(ctx, old, new, _mapped(ctx, old, new))


def _no_cast(ctx: Context, old: Column, new: Column) -> Diagnostic:
    key = new.key if ctx.way == "up" else old.key
    return Diagnostic(
        "G005",
        f"{new.key} goes from {old.type} to {new.type} on the way {ctx.way}, "
        "which PostgreSQL cannot cast",
        ctx.places.get(key),
        help="say how: `using: {up: SQL, down: SQL}`, with a `sqlite:` override if need be",
    )


def castable(ctx: Context, old: Column, new: Column) -> bool:
    """Say whether PostgreSQL has a cast between the columns' types."""
    mine, theirs = old.spec, new.spec
    enums = old.enum(ctx.start), new.enum(ctx.goal)
    if mine is None or theirs is None:
        return True  # the user's own type: only the database knows
    if _through_text(mine, theirs):
        return True
    one, two = mine.logical, theirs.logical
    if any(enums):
        return all(enums)
    if one is None or two is None:
        return True
    if bool(mine.dims) != bool(theirs.dims) and not (theirs.dims == 1 and not mine.dims):
        return False
    return _pair(one, two) or (not (mine.dims or theirs.dims) and _by_truth(one, two))


def _pair(one: Logical, two: Logical) -> bool:
    if one.name == two.name or (one.family and one.family == two.family):
        return True
    return two.name in _EXPLICIT.get(one.name, ())


def _by_truth(one: Logical, two: Logical) -> bool:
    """Any number is compared with 0 for a boolean; a boolean is 0 or 1."""
    return {one.name, two.family} == {"boolean", "number"} or (
        {two.name, one.family} == {"boolean", "number"}
    )


def _through_text(mine: Spec, theirs: Spec) -> bool:
    """Say whether each value, or each item of it, is written out or read."""
    alike = mine.dims == theirs.dims and (_of_text(mine) or _of_text(theirs))
    return alike or _is_text(mine) or _is_text(theirs)


def _is_text(spec: Spec) -> bool:
    return _of_text(spec) and not spec.dims


def _of_text(spec: Spec) -> bool:
    """Say whether it is text, or an array of it."""
    return spec.logical is not None and spec.logical.family == "text"


def cast_of(ctx: Context, old: Column, new: Column, name: str) -> str | None:
    """Write `name`, a value of the old column, as one of the new column's type."""
    mine, theirs = old.spec, new.spec
    if theirs is not None and _of_text(theirs):
        return _as_text(mine, theirs, name)
    if mine is None or theirs is None or mine.logical is None or theirs.logical is None:
        return f"{name}{_middle(ctx, old, new)}::{type_name(ctx, new)}"
    if theirs.dims == 1 and not mine.dims and not _is_text(mine):
        return f"ARRAY[{name}::{_item_name(theirs)}]"
    one, two = mine.logical, theirs.logical
    if mine.dims == theirs.dims and (
        one.name == two.name or (one.family and one.family == two.family)
    ):
        return None
    if not mine.dims and _by_truth(one, two):
        return f"{name} <> 0" if two.name == "boolean" else f"{name}::integer::{theirs}"
    return f"{name}::{type_name(ctx, new)}"


def _as_text(mine: Spec | None, theirs: Spec, name: str) -> str | None:
    """Leave the length to the assignment, which refuses what is too long: a cast would cut it."""
    same = mine is not None and _of_text(mine) and mine.dims == theirs.dims
    return f"{name}::text[]" if theirs.dims and not same else None


def _mapped(ctx: Context, old: Column, new: Column) -> str:
    """Give the column's value; what was an enum held as text gets the enum's values of now."""
    name, key = sql.quote(new.name), new.enum(ctx.goal)
    pairs = mapping(ctx, ctx.goal.enums[key.name]) if key and not old.enum(ctx.start) else {}
    return f"({mapped(name, pairs)})" if pairs and not (new.spec and new.spec.dims) else name


def _item_name(spec: Spec) -> str:
    return str(spec).removesuffix("[]")


def _middle(ctx: Context, old: Column, new: Column) -> str:
    """An enum casts from and to text alone."""
    enum = old.enum(ctx.start) or new.enum(ctx.goal)
    plain = any(c.spec is not None and _of_text(c.spec) for c in (old, new))
    dims = new.spec.dims if new.spec else 0
    return f"::text{'[]' * dims}" if enum and not plain else ""


def type_name(ctx: Context, column: Column) -> str:
    """Write a column's type as PostgreSQL reads it."""
    spec = column.spec
    if spec is not None and column.enum(ctx.goal):
        return qualified.quote(spec.name) + "[]" * spec.dims
    return column.type


def retyped(ctx: Context, column: Column, cast: str | None) -> Call:
    """Write the change of a column's type; Alembic would not escape a `%` in the cast."""
    if cast is not None and "%" in cast:
        collation = f" COLLATE {sql.quote(column.collation)}" if column.collation else ""
        return execute(
            f"ALTER TABLE {qualified.quote(column.table)} ALTER COLUMN {sql.quote(column.name)} ",
            f"TYPE {type_name(ctx, column)}{collation} USING {cast}",
        )
    options = {} if cast is None else {"postgresql_using": cast}
    kind = exprs.type_expr(column, ctx.goal, "postgresql")
    return operations.alter_column(column, type_=kind, **options)
