"""What rows get in a column that is new or newly NOT NULL, on the way up and on the way down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import exprs, sql
from schemagen.diagnostics import Diagnostic
from schemagen.kinds import Column, Key
from schemagen.plan.casts import cast_of, castable
from schemagen.records import record
from schemagen.sql import portable

if TYPE_CHECKING:
    from schemagen.plan.context import Context


@record
class Fill:
    """An SQL value for the rows that exist, and a remark when it is made up."""

    value: str
    remark: str = ""


def fill(ctx: Context, column: Column) -> Fill | None:
    """Give the value for existing rows of a column that comes; None when none is needed.

    A missing decision goes to `ctx.problems`.
    """
    if column.generated or (column.identity and column.identity.always):
        return None  # the database takes no value but its own
    direction = ctx.direction(column)
    said = direction.backfill_on(ctx.dialect) if ctx.way == "up" else None
    said = said or (direction.restore_on(ctx.dialect) if ctx.way == "down" else None)
    said = said or _computed(ctx, column)
    if said:
        return Fill(_value(said))
    if column.nullable or column.default is not None or column.identity:
        return None
    if ctx.way == "up":
        ctx.problems.append(_no_backfill(ctx, column))
        return None
    return _zero(ctx, column)


def tightened(ctx: Context, column: Column) -> Fill | None:
    """Give the value for the NULLs of a column that becomes NOT NULL.

    On the way up its default serves, if the YAML says no other; a missing decision goes to
    `ctx.problems`. On the way down NULLs that nothing fills stay: the database refuses them then.
    """
    direction = ctx.direction(column)
    if ctx.way == "down":
        said = direction.restore_on(ctx.dialect)
        return Fill(_value(said)) if said else None
    if said := direction.backfill_on(ctx.dialect):
        return Fill(_value(said))
    if (default := exprs.default_sql(column, ctx.dialect)) is not None:
        return Fill(default, f"rows that have no {column.name} get its default, {default}")
    ctx.problems.append(_no_backfill(ctx, column))
    return None


def _value(said: str) -> str:
    """Write the user's SQL as a value: a query gets parentheses."""
    text = portable(said)
    words = (t.text.lower() for t in sql.tokens(text) if t.group not in ("space", "comment"))
    return f"({text})" if next(words, "") in ("select", "values", "with") else text


def _computed(ctx: Context, column: Column) -> str | None:
    """A column that was generated keeps the values that it had."""
    old = ctx.renamed.get(column.key)
    if not isinstance(old, Column) or old.generated is None:
        return None
    if column.generated is not None or column.identity is not None:
        return None
    if old.type == column.type or ctx.dialect == "sqlite":
        return old.generated.sql
    if not castable(ctx, old, column):
        return None
    value = f"cast({old.generated.sql} as {old.type})"
    return cast_of(ctx, old, column, value) or value


def _no_backfill(ctx: Context, column: Column) -> Diagnostic:
    return Diagnostic(
        "G001",
        f"{column.key} is NOT NULL and has neither default nor backfill, "
        "so the rows that exist would have no value",
        ctx.places.get(column.key),
        help=f"add `backfill: SQL` or a default, or allow NULL (`{column.type}?`)",
    )


def _zero(ctx: Context, column: Column) -> Fill | None:
    zero = _zero_value(ctx, column)
    if zero is None:
        ctx.problems.append(
            Diagnostic(
                "G003",
                f"dropping {column.key} cannot be undone: on the way down its rows need a value "
                "that fits its constraints, and its type has no such value",
                ctx.places.get(Key("table", "", column.table)),
                help=f"add to the table `restore: {{{column.name}: SQL}}`, or use --irreversible",
            )
        )
        return None
    return Fill(zero, f"the values of {column.name} are gone; its rows come back with {zero}")


def _zero_value(ctx: Context, column: Column) -> str | None:
    if _bound(ctx, column):
        return None
    if enum := column.enum(ctx.goal):
        values = ctx.goal.enums[enum.name].values
        return sql.literal(values[0]) if values and not (column.spec and column.spec.dims) else None
    spec = column.spec
    if spec is None or spec.logical is None:
        return None
    return "'{}'" if spec.dims else spec.logical.zero


def _bound(ctx: Context, column: Column) -> bool:
    """Say whether a constraint would refuse one value in every row."""
    view = ctx.goal.view(column.table)
    keyed = (
        *view.foreign_keys,
        *view.uniques,
        *view.exclusions,
        *(i for i in view.indexes if i.unique),
    )
    keys = (*keyed, *((view.primary_key,) if view.primary_key else ()))
    checks = tuple(check for check in view.checks if not check.enum)
    return any(column.key in set(obj.needs(ctx.goal)) for obj in (*keys, *checks))
