"""A column changes: type, default, nullability, identity, comment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import exprs, qualified, sql
from schemagen.kinds.sequence import BITS
from schemagen.plan import fills, operations
from schemagen.plan.casts import retyped, using
from schemagen.plan.steps import execute, update
from schemagen.plan.values import among, mapped, text_mapping

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.changes import Alter
    from schemagen.expr import Call
    from schemagen.kinds import Column, Identity
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
    if old.identity:
        generated = "ALWAYS" if new.identity.always else "BY DEFAULT"
        options = [f"GENERATED {generated}", *_counted(old.identity, new.identity)]
        yield from _moved_in(new, old.identity, new.identity)
        yield _alter(new, " ".join(f"SET {option}" for option in options))
        return
    yield identified(new)
    table, name = qualified.quote(new.table), sql.quote(new.name)
    yield execute(
        f"SELECT setval({sequence_of(new)}, max({name})) FROM {table} ",
        f"HAVING max({name}) >= {new.identity.first}",
    )


def _counted(old: Identity, new: Identity) -> Iterator[str]:
    """Write how an identity counts; what is at its default on both sides needs no word."""
    yield f"START WITH {new.first}"
    yield f"INCREMENT BY {new.increment if new.increment is not None else 1}"
    for word, was, now in (("MINVALUE", old.min, new.min), ("MAXVALUE", old.max, new.max)):
        if was != now or _falls(old) != _falls(new):
            yield f"{word} {now}" if now is not None else f"NO {word}"
    if old.cache != new.cache:
        yield f"CACHE {new.cache if new.cache is not None else 1}"
    if old.cycle != new.cycle:
        yield "CYCLE" if new.cycle else "NO CYCLE"


def _moved_in(column: Column, old: Identity, new: Identity) -> Iterator[Statement]:
    """Move an identity that stands before its new limits to where it begins within them.

    One that stands behind them stays: its numbers could come again, and PostgreSQL refuses.
    """
    bits = BITS.get(column.type, max(BITS.values()))
    (low, high), (new_low, new_high) = _limits(old, bits), _limits(new, bits)
    before = new_high < high if _falls(new) else new_low > low
    if not before:
        return
    limits = f"SET MINVALUE {min(low, new_low)} SET MAXVALUE {max(high, new_high)}"
    yield _alter(column, limits)
    stands = f"pg_sequence_last_value({sequence_of(column)}::regclass)"
    outside = f"{stands} > {new_high}" if _falls(new) else f"{stands} < {new_low}"
    yield execute(
        f"SELECT setval({sequence_of(column)}, {new.first}, false) ",
        f"WHERE coalesce({outside}, true)",
    )


def _limits(identity: Identity, bits: int) -> tuple[int, int]:
    low, high = (-(2**bits), -1) if _falls(identity) else (1, 2**bits - 1)
    return (
        low if identity.min is None else identity.min,
        high if identity.max is None else identity.max,
    )


def _falls(identity: Identity) -> bool:
    return identity.increment is not None and identity.increment < 0


def identified(column: Column) -> Call:
    """Write what makes an identity column of it."""
    assert column.identity  # noqa: S101 - the caller has looked
    generated = "ALWAYS" if column.identity.always else "BY DEFAULT"
    mine = column.identity
    said = {"START WITH": mine.start, "INCREMENT BY": mine.increment, "MINVALUE": mine.min}
    said |= {"MAXVALUE": mine.max, "CACHE": mine.cache}
    options = [f"{word} {number}" for word, number in said.items() if number is not None]
    options += ["CYCLE"] if mine.cycle else []
    brackets = f" ({' '.join(options)})" if options else ""
    return _alter(column, f"ADD GENERATED {generated} AS IDENTITY{brackets}")


def sequence_of(column: Column) -> str:
    """Write the name of a column's sequence, as SQL that finds it."""
    table = sql.literal(qualified.quote(column.table))
    return f"pg_get_serial_sequence({table}, {sql.literal(column.name)})"
