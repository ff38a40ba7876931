"""Sequences: created, altered, dropped, and given to the columns with which they go.

A column's default needs its sequence, and the sequence belongs to the column: so it is created
first and given away last. What a serial column brings along by itself has no statement here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import qualified, sql
from schemagen.changes import Add, Alter, Drop
from schemagen.kinds import Column, Sequence, Table
from schemagen.plan import numbers
from schemagen.plan.steps import Step, execute
from schemagen.plan.strategies import serial

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from schemagen.kinds import Obj
    from schemagen.kinds.sequence import Owner
    from schemagen.plan.context import Context
    from schemagen.plan.steps import Statement
    from schemagen.schema import Schema

_SHAPE = {"type", "start", "increment", "min", "max", "cache", "cycle"}


def create_sequence(ctx: Context, change: Add, sequence: Sequence) -> Iterator[Step]:
    """Create a sequence, before the first column that takes numbers from it."""
    if sequence.key in serial.brought(ctx) or serial.taken_from(ctx, sequence):
        return
    code = [numbers.create(sequence)]
    if sequence.comment:
        code.append(numbers.comment(sequence))
    yield ctx.step(change, *code)


def drop_sequence(ctx: Context, change: Drop, sequence: Sequence) -> Iterator[Step]:
    """Drop a sequence, unless it goes with its column or has been taken over by an identity."""
    if not (_goes_along(ctx, sequence) or serial.taken_over(ctx, sequence)):
        yield ctx.step(change, execute(f"DROP SEQUENCE {qualified.quote(sequence.name)}"))


def alter_sequence(ctx: Context, change: Alter, old: Sequence, new: Sequence) -> Iterator[Step]:
    """Change a sequence; the number at which it stands stays, where the new bounds allow it."""
    code: list[Statement] = []
    if _SHAPE.intersection(change.fields):
        code += [*numbers.moved_in(old, new), numbers.alter(old, new)]
    if old.comment != new.comment:
        code.append(numbers.comment(new))
    if code:
        yield ctx.step(change, *code)


def released(ctx: Context, old: Obj, state: Callable[[], Schema]) -> Iterator[Step]:
    """Keep the sequences of a column or table that goes: they would go with it."""
    if not ctx.start.sequences or not isinstance(old, (Column, Table)):
        return
    # A sequence changes hands at the end of the way: up to there it goes with its earlier owner.
    before = {c.old.key: c.old for c in ctx.changes if isinstance(c, Alter)}
    for sequence in (before.get(s.key, s) for s in state().sequences.values()):
        if not isinstance(sequence, Sequence) or not _owns(old, sequence.owned_by):
            continue
        if not _goes_along(ctx, sequence):
            yield Step(
                (numbers.owned(sequence, None),), (f"keep {sequence.key}",), old.table or old.name
            )


def _owns(obj: Obj, owner: Owner | None) -> bool:
    if owner is None:
        return False
    return owner.key == obj.key or (isinstance(obj, Table) and owner.table == obj.name)


def _goes_along(ctx: Context, sequence: Sequence) -> bool:
    """Say whether a sequence goes with its column, which alone has numbers from it."""
    gone = {c.old.key: c.old for c in ctx.changes if isinstance(c, Drop)}
    owner = sequence.owned_by.key if sequence.owned_by else None
    if owner not in gone or sequence.key not in gone:
        return False
    changed = (c.old for c in ctx.changes if isinstance(c, (Drop, Alter)))
    users = {
        o.key for o in changed if isinstance(o, Column) and sequence.key in o.needs(ctx.renamed)
    }
    return users <= {owner}


def given(ctx: Context) -> Iterator[Step]:
    """Give the sequences to their columns, which are all there now; let new ones go on after rows.

    Each is one step, at the end of the way.
    """
    brought = serial.brought(ctx)
    for change in ctx.changes:
        new = change.subject
        if not isinstance(new, Sequence) or isinstance(change, Drop):
            continue
        if isinstance(change, Add) and new.key not in brought and new.owned_by:
            if not serial.taken_from(ctx, new):
                yield _step(new, numbers.owned(new, new.owned_by), *_after_rows(ctx, new))
        elif isinstance(change, Add) and new.key in brought and new.owned_by:
            code = _after_rows(ctx, new) if serial.is_filled(ctx, new.owned_by.key) else []
            if code:
                yield Step(tuple(code), (f"{new.owned_by} goes on after its rows",), "")
        elif isinstance(change, Alter) and _changes_hands(ctx, change):
            yield _step(new, numbers.owned(new, new.owned_by))
    yield from _given_again(ctx)


def _changes_hands(ctx: Context, change: Alter) -> bool:
    old, new = change.old, change.new
    assert isinstance(old, Sequence)  # noqa: S101 - an Alter keeps the kind
    assert isinstance(new, Sequence)  # noqa: S101 - as above
    gone = {c.old.key for c in ctx.changes if isinstance(c, Drop)}
    released = old.owned_by is not None and old.owned_by.key in gone
    return old.owned_by != new.owned_by and not (released and new.owned_by is None)


def _given_again(ctx: Context) -> Iterator[Step]:
    """Give back what was kept from going with a column that is made anew."""
    gone = {c.old.key for c in ctx.changes if isinstance(c, Drop)}
    touched = {c.subject.key for c in ctx.changes if isinstance(c, (Add, Alter))}
    for sequence in ctx.goal.sequences.values():
        owner = sequence.owned_by
        if owner and owner.key in gone and sequence.key not in touched:
            yield _step(sequence, numbers.owned(sequence, owner))


def _step(sequence: Sequence, *code: Statement) -> Step:
    owner = sequence.owned_by
    said = f"{sequence.key} belongs to {owner or 'no column'}"
    return Step(tuple(code), (said,), owner.table if owner else "")


def _after_rows(ctx: Context, sequence: Sequence) -> list[Statement]:
    """Let a sequence go on after the numbers that its column holds."""
    owner = sequence.owned_by
    column = ctx.goal.get(owner.key) if owner else None
    if owner is None or not isinstance(column, Column) or sequence.increment < 0:
        return []
    spec = column.spec
    numbers = spec is not None and spec.logical is not None and spec.logical.family == "number"
    if not numbers or owner.table in serial.created(ctx):
        return []
    name, highest = sql.literal(qualified.quote(sequence.name)), f"max({sql.quote(owner.column)})"
    return [
        execute(
            f"SELECT setval({name}, {highest}) FROM {qualified.quote(owner.table)} ",
            f"HAVING {highest} >= {sequence.first}",
        )
    ]
