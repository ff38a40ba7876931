"""A column changes: type, default, nullability, identity, comment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import exprs, qualified, sql
from schemagen.plan import fills, operations
from schemagen.plan.casts import retyped, using
from schemagen.plan.steps import execute, update
from schemagen.plan.values import among, mapped, text_mapping

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.changes import Alter
    from schemagen.expr import Call
    from schemagen.kinds import Column
    from schemagen.plan.context import Context
    from schemagen.plan.steps import Statement, Step


def alter_column(ctx: Context, change: Alter, old: Column, new: Column) -> Iterator[Step]:
    """Change a column in place, in the order in which PostgreSQL accepts it."""
    fill = fills.tightened(ctx, new) if old.nullable and not new.nullable else None
    yield ctx.step(change, *altered(ctx, old, new, fill), remark=fill.remark if fill else "")


def altered(
    ctx: Context, old: Column, new: Column, fill: fills.Fill | None = None
) -> list[Statement]:
    """Write the statements of the change."""
    code = [*unbound(old, new)]
    if (old.type, old.collation) != (new.type, new.collation):
        code.append(retyped(ctx, new, using(ctx, old, new)))
    return [*code, *completed(ctx, old, new, fill)]


def unbound(old: Column, new: Column) -> Iterator[Statement]:
    """Write what has to go before the type changes: PostgreSQL would keep the default cast."""
    if old.identity and not new.identity:
        yield _alter(new, "DROP IDENTITY")
    if (old.type, old.collation) != (new.type, new.collation) and old.default is not None:
        yield operations.alter_column(new, server_default=None)


def completed(
    ctx: Context, old: Column, new: Column, fill: fills.Fill | None = None
) -> Iterator[Statement]:
    """Write what follows the change of the type."""
    if (old.type, old.collation) != (new.type, new.collation):
        if pairs := text_mapping(ctx, new):
            yield update(new, mapped(sql.quote(new.name), pairs), among(new.name, pairs))
        if new.default is not None:
            yield _default(new)
    elif old.default != new.default:
        yield _default(new)
    if old.nullable != new.nullable:
        yield from _nullable(new, fill)
    if new.identity and old.identity != new.identity:
        yield from numbered(old, new)
    if old.comment != new.comment:
        comments = {"comment": new.comment, "existing_comment": old.comment}
        yield operations.alter_column(new, **comments)


def _nullable(new: Column, fill: fills.Fill | None) -> Iterator[Statement]:
    """Change the nullability; the NULLs of a column that becomes NOT NULL are filled first."""
    if fill:
        yield update(new, fill.value, f"{sql.quote(new.name)} IS NULL")
    yield operations.alter_column(new, nullable=new.nullable)


def _default(new: Column) -> Statement:
    default = exprs.default_expr(new, "postgresql")
    return operations.alter_column(new, server_default=default)


def _alter(column: Column, what: str) -> Call:
    return execute(
        f"ALTER TABLE {qualified.quote(column.table)} ALTER COLUMN {sql.quote(column.name)} {what}"
    )


def numbered(old: Column, new: Column) -> Iterator[Statement]:
    """Make it an identity column that goes on after the rows that exist, or change its options."""
    assert new.identity  # noqa: S101 - the caller has looked
    generated = "ALWAYS" if new.identity.always else "BY DEFAULT"
    start, increment = new.identity.start, new.identity.increment
    if old.identity:
        options = [f"SET GENERATED {generated}"]
        options += [f"SET START WITH {start if start is not None else 1}"]
        options += [f"SET INCREMENT BY {increment if increment is not None else 1}"]
        yield _alter(new, " ".join(options))
        return
    yield identified(new)
    table, name = qualified.quote(new.table), sql.quote(new.name)
    yield execute(
        f"SELECT setval({sequence_of(new)}, max({name})) FROM {table} ",
        f"HAVING max({name}) >= {start if start is not None else 1}",
    )


def identified(column: Column) -> Call:
    """Write what makes an identity column of it."""
    assert column.identity  # noqa: S101 - the caller has looked
    generated = "ALWAYS" if column.identity.always else "BY DEFAULT"
    start, increment = column.identity.start, column.identity.increment
    options = [f"START WITH {start}"] if start is not None else []
    options += [f"INCREMENT BY {increment}"] if increment is not None else []
    brackets = f" ({' '.join(options)})" if options else ""
    return _alter(column, f"ADD GENERATED {generated} AS IDENTITY{brackets}")


def sequence_of(column: Column) -> str:
    """Write the name of a column's sequence, as SQL that finds it."""
    table = sql.literal(qualified.quote(column.table))
    return f"pg_get_serial_sequence({table}, {sql.literal(column.name)})"
