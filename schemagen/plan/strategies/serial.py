"""Serial columns: created in PostgreSQL's own word, and turned into identities and back.

In between, a serial column is what PostgreSQL makes of it: an integer, a sequence and a default.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import qualified, sql
from schemagen.changes import Add, Alter, Drop
from schemagen.directions import NONE
from schemagen.expr import Call, call
from schemagen.kinds import Column, Key, Sequence, Table
from schemagen.kinds.sequence import sequence_name
from schemagen.plan import numbers
from schemagen.plan.steps import Step, execute
from schemagen.plan.strategies.alter_column import alter_column
from schemagen.renames import temporary
from schemagen.schema import Schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.plan.context import Context
    from schemagen.plan.steps import Statement


def created(ctx: Context) -> set[str]:
    """Give the tables that come whole."""
    adds = (c.new for c in ctx.changes if isinstance(c, Add))
    return {new.name for new in adds if isinstance(new, Table)}


def brought(ctx: Context) -> set[Key]:
    """Give the new sequences that come with a new serial column."""
    adds = {c.new.key for c in ctx.changes if isinstance(c, Add)}
    owned = (o for o in ctx.goal.sequences.values() if o.key in adds and o.owned_by)
    return {o.key for o in owned if o.owned_by and _is_new_serial(ctx, o.owned_by.key, adds)}


def _is_new_serial(ctx: Context, key: Key, adds: set[Key]) -> bool:
    column = ctx.after.get(key)
    return key in adds and isinstance(column, Column) and column.on("postgresql").is_serial


def is_filled(ctx: Context, key: Key) -> bool:
    """Say whether the rows of a new column get values that are not its sequence's."""
    return bool(ctx.directions.get(key, NONE).backfill_on("postgresql")) and ctx.way == "up"


def spelled(ctx: Context, table: str) -> Schema:
    """Give the schema to reach with the serial columns of a new table called so."""
    if ctx.dialect == "sqlite":
        return ctx.goal
    view = ctx.goal.view(table)
    found = [ctx.after.get(column.key) for column in view.columns]
    mine = [c.on("postgresql") for c in found if isinstance(c, Column)]
    words = {c.key: c for c in mine if c.is_serial}
    return Schema(words.get(obj.key, obj) for obj in ctx.goal) if words else ctx.goal


def with_word(ctx: Context, column: Column, made: Call) -> Call:
    """Write a new column of a table that is there as SERIAL, if it is one."""
    whole = ctx.after.get(column.key)
    if ctx.dialect == "sqlite" or not isinstance(whole, Column):
        return made
    mine = whole.on("postgresql")
    if not mine.is_serial:
        return made
    name, _, *rest = made.args
    word = call("RawType", mine.type.upper())
    unsaid = ("server_default", "autoincrement")
    kwargs = tuple((key, value) for key, value in made.kwargs if key not in unsaid)
    return Call(made.func, (name, word, *rest), kwargs)


def taken_from(ctx: Context, sequence: Sequence) -> bool:
    """Say whether a new sequence takes over from an identity of its column."""
    was, now = _identities(ctx, sequence)
    return was and not now


def taken_over(ctx: Context, sequence: Sequence) -> bool:
    """Say whether an identity takes over from a sequence that goes."""
    was, now = _identities(ctx, sequence)
    return now and not was


def _identities(ctx: Context, sequence: Sequence) -> tuple[bool, bool]:
    """Say whether the column of a sequence, which changes, is an identity before and after."""
    owner = sequence.owned_by.key if sequence.owned_by else None
    for change in ctx.changes:
        if isinstance(change, Alter) and change.new.key == owner:
            old, new = change.old, change.new
            if isinstance(old, Column) and isinstance(new, Column):
                return old.identity is not None, new.identity is not None
    return False, False


def alter_numbered(ctx: Context, change: Alter, old: Column, new: Column) -> Iterator[Step]:
    """Change a column; its numbers go on where an identity and a sequence take turns."""
    aside = temporary(sequence_name(new.table, new.name))
    if (gone := _owned(ctx, new.key, Drop)) and taken_over(ctx, gone):
        yield _step(new, *_set_aside(gone, aside))
        yield from alter_column(ctx, change, old, new)
        yield _step(new, *_into_identity(new, aside))
    elif (come := _owned(ctx, new.key, Add)) and taken_from(ctx, come):
        yield _step(new, *_out_of_identity(new, come, aside))
        bare = old.model_copy(update={"identity": None})
        yield from alter_column(ctx, change, bare, new)
    else:
        yield from alter_column(ctx, change, old, new)


def _owned(ctx: Context, column: Key, verb: type[Add | Drop]) -> Sequence | None:
    """Give the sequence of a column that comes or goes."""
    found = (c.subject for c in ctx.changes if isinstance(c, verb))
    mine = (o for o in found if isinstance(o, Sequence) and o.owned_by)
    return next((o for o in mine if o.owned_by and o.owned_by.key == column), None)


def _step(column: Column, *code: Statement) -> Step:
    said = f"the numbers of {column.table}.{column.name} go on"
    return Step(code, (said,), column.table)


def _set_aside(sequence: Sequence, aside: str) -> Iterator[Statement]:
    yield numbers.owned(sequence, None)
    own = sql.quote(qualified.bare(aside))
    yield execute(f"ALTER SEQUENCE {qualified.quote(sequence.name)} RENAME TO {own}")


def _into_identity(column: Column, aside: str) -> Iterator[Statement]:
    table, name = sql.literal(qualified.quote(column.table)), sql.literal(column.name)
    yield execute(
        f"SELECT setval(pg_get_serial_sequence({table}, {name}), last_value, is_called) ",
        f"FROM {qualified.quote(aside)}",
    )
    yield execute(f"DROP SEQUENCE {qualified.quote(aside)}")


def _out_of_identity(column: Column, sequence: Sequence, aside: str) -> Iterator[Statement]:
    own = sequence_name(column.table, column.name)
    yield numbers.create(sequence, aside)
    yield execute(
        f"SELECT setval({sql.literal(qualified.quote(aside))}, last_value, is_called) ",
        f"FROM {qualified.quote(own)}",
    )
    yield execute(
        f"ALTER TABLE {qualified.quote(column.table)} ",
        f"ALTER COLUMN {sql.quote(column.name)} DROP IDENTITY",
    )
    name = sql.quote(qualified.bare(sequence.name))
    yield execute(f"ALTER SEQUENCE {qualified.quote(aside)} RENAME TO {name}")
    yield numbers.owned(sequence, sequence.owned_by)
