"""A column's type changes beside the traffic: a shadow of it is filled, and takes its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import exprs, qualified, sql
from schemagen.expr import call
from schemagen.kinds import Check, Column, ForeignKey, Index, PrimaryKey, Unique
from schemagen.plan import fills, numbers, operations
from schemagen.plan.casts import type_name, using
from schemagen.plan.online.backfill import (
    batches,
    key_of,
    no_trigger,
    on_write,
    proof,
    proven,
    untrigger,
)
from schemagen.plan.online.names import aside, firing_last
from schemagen.plan.online.steps import last, own, unless_made
from schemagen.plan.steps import execute
from schemagen.plan.strategies.add_column import added
from schemagen.plan.strategies.alter_column import identified, numbered, sequence_of
from schemagen.plan.strategies.build_index import built
from schemagen.plan.strategies.build_key import constraint_on, index_of
from schemagen.plan.strategies.fill_column import EMPTY
from schemagen.plan.strategies.prove_constraint import held_and_proven
from schemagen.plan.values import mapped, text_mapping
from schemagen.renames import temporary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.changes import Alter
    from schemagen.kinds import Key, Obj
    from schemagen.plan.context import Context
    from schemagen.plan.steps import Statement, Step
    from schemagen.schema import Schema

KINDS = (Index, Unique, PrimaryKey, Check, ForeignKey)


def made_of(column: Key, schema: Schema) -> list[Obj]:
    """Give what rests on a column: indexes, constraints, other tables' foreign keys.

    A foreign key comes after the key that it leads to.
    """
    found = [obj for obj in schema if obj.key != column and column in set(obj.needs(schema))]
    return sorted(found, key=lambda obj: isinstance(obj, ForeignKey))


def shadow_column(ctx: Context, change: Alter, old: Column, new: Column) -> Iterator[Step]:
    """Add the shadow with all that rests on it, and let it take the column's name in a moment.

    A trigger writes the shadow whenever a client writes the column. What else uses the column, a
    view of the user's own, would keep it from going in the end: that is looked for at the start.
    """
    shadow = new.model_copy(update={"name": shadow_name(new.name)})
    start = shadow.model_copy(update=EMPTY)
    fill = fills.tightened(ctx, new) if old.nullable and not new.nullable else None
    value = _value(ctx, old, new, fill)
    sync = on_write(shadow, value, _sync(new))
    free = call("_check_uses", qualified.quote(new.table), new.name)
    yield unless_made(ctx.step(change, free, added(ctx, start, ()), *sync), shadow)
    key = key_of(ctx, new.table)
    assert key is not None  # noqa: S101 - without one there is no shadow
    open_ = f"{sql.quote(shadow.name)} IS NULL"
    if not fill:
        open_ += f" AND {sql.quote(new.name)} IS NOT NULL"
    # Rows that clients write without the trigger would be stale in a shadow that stays.
    table = f"ALTER TABLE {qualified.quote(new.table)}"
    shadowed = f"{table} DROP COLUMN IF EXISTS {sql.quote(shadow.name)}"
    undo = f"{no_trigger(_sync(new))}; {shadowed}"
    code: list[Statement] = [batches(shadow, key, value, open_, undo)]
    if not new.nullable:
        code += proof(ctx, shadow)
    for obj in _own(ctx, new):
        code += _beside(_on_shadows(ctx, obj))
    remark = fill.remark if fill else ""
    yield own(ctx.step(change, *code, remark=remark))
    swap = _swap(ctx, old, new, shadow)
    yield last(ctx.step(change, *swap, remark="the shadow takes its place"))


def shadow_name(column: str) -> str:
    """Give the name that the shadow of a column has on its way."""
    return aside("new", column)


def _own(ctx: Context, column: Column) -> list[Obj]:
    """Give what is made with this shadow; what rests on several comes with the last."""
    found = made_of(column.key, ctx.goal)
    return [obj for obj in found if _under(ctx, obj)[-1] == column.key]


def _under(ctx: Context, obj: Obj) -> list[Key]:
    needs = set(obj.needs(ctx.goal))
    return [key for key in ctx.shadows if key in needs]


def _on_shadows(ctx: Context, obj: Obj) -> Obj:
    for key in _under(ctx, obj):
        obj = obj.follow(key, shadow_name(key.name))
    return obj


def _sync(column: Column) -> str:
    return firing_last("sync", column.table, column.name)


def _value(ctx: Context, old: Column, new: Column, fill: fills.Fill | None) -> str:
    value = using(ctx, old, new) or sql.quote(new.name)
    if pairs := text_mapping(ctx, new):
        value = mapped(f"({value})", pairs)
    return f"coalesce({_as_new(ctx, new, value)}, {fill.value})" if fill else value


def _as_new(ctx: Context, new: Column, value: str) -> str:
    """Write a value in its new type, of any length: a cast would cut what is too long."""
    spec = new.spec
    family = spec.logical.family if spec is not None and spec.logical is not None else ""
    dims = "[]" * spec.dims if spec is not None else ""
    wide = {"text": "text", "bit": "varbit"}.get(family or "")
    return f"({value})::{wide + dims if wide else type_name(ctx, new)}"


def _beside(obj: Obj) -> tuple[Statement, ...]:
    """Write what makes an object that rests on the shadow, under another name."""
    name = temporary(obj.name)
    if isinstance(obj, Index):
        return (built(obj.model_copy(update={"name": name})),)
    if isinstance(obj, (Unique, PrimaryKey)):
        return (index_of(obj, name),)
    assert isinstance(obj, (Check, ForeignKey))  # noqa: S101 - other kinds have no shadow
    return held_and_proven(obj.model_copy(update={"name": name}))


def _swap(ctx: Context, old: Column, new: Column, shadow: Column) -> Iterator[Statement]:
    yield from map(_gone, _left(ctx, new))
    yield from untrigger(new, _sync(new))
    if not new.nullable:
        yield from proven(ctx, shadow)
    mine = [s for s in ctx.goal.sequences.values() if s.owned_by and s.owned_by.key == new.key]
    yield from (numbers.owned(sequence, None) for sequence in mine)
    if old.identity and new.identity:
        yield _remembered(new)
    yield operations.drop_column(new)
    yield operations.alter_column(shadow, new_column_name=new.name)
    yield from (numbers.owned(sequence, sequence.owned_by) for sequence in mine)
    yield from map(_named, _own(ctx, new))
    if new.default is not None:
        default = exprs.default_expr(new, "postgresql")
        yield operations.alter_column(new, server_default=default)
    if new.identity and old.identity:
        yield identified(new)
        yield execute(f"SELECT setval({sequence_of(new)}, nullif({_READ}, '')::bigint)")
    elif new.identity:
        yield from numbered(new.model_copy(update={"identity": None}), new)


_KEPT = sql.literal("schemagen.last_number")
_READ = f"current_setting({_KEPT}, true)"


def _remembered(column: Column) -> Statement:
    """Keep the last number that was given, for the sequence that goes with the column."""
    number = f"pg_sequence_last_value({sequence_of(column)}::regclass)"
    return execute(f"SELECT set_config({_KEPT}, {number}::text, true)")


def _left(ctx: Context, column: Column) -> Iterator[Obj]:
    """Give what does not go together with the column: it leads there, or only its name is taken."""
    gone = {obj.key: obj for obj in made_of(column.key, ctx.renamed)}
    for obj in gone.values():
        if obj.table != column.table or _leads_to(obj, column):
            yield obj
    for obj in _own(ctx, column):
        old = ctx.renamed.get(obj.key)
        if old is not None and old.key not in gone:
            yield old


def _leads_to(obj: Obj, column: Column) -> bool:
    """Say whether it is a foreign key to the column, maybe from another one of the table."""
    if not isinstance(obj, ForeignKey):
        return False
    return obj.references.table == column.table and column.name in obj.references.columns


def _gone(obj: Obj) -> Statement:
    if isinstance(obj, Index):
        return operations.drop_index(obj)
    gone = f"DROP CONSTRAINT IF EXISTS {sql.quote(obj.name)}"
    return execute(f"ALTER TABLE {qualified.quote(obj.table)} {gone}")


def _named(obj: Obj) -> Statement:
    """Write what gives an object its own name."""
    name = temporary(obj.name)
    if isinstance(obj, (Unique, PrimaryKey)):
        return constraint_on(obj, name)
    names = f"{sql.quote(name)} TO {sql.quote(obj.name)}"
    if isinstance(obj, Index):
        own = qualified.quote_part(obj.table, name)
        return execute(f"ALTER INDEX {own} RENAME TO {sql.quote(obj.name)}")
    return execute(f"ALTER TABLE {qualified.quote(obj.table)} RENAME CONSTRAINT {names}")
