"""Renames on PostgreSQL: the catalog follows, but for the names that it does not know of."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from schemagen import kinds, qualified, sql
from schemagen.expr import call
from schemagen.kinds import Column, EnumValue, Index, Key, Table
from schemagen.kinds.sequence import sequence_name
from schemagen.plan import operations
from schemagen.plan.steps import Step, execute

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from schemagen.changes import Rename
    from schemagen.plan.context import Context
    from schemagen.plan.steps import Statement
    from schemagen.schema import Schema

_NOUNS = {"table": "TABLE", "enum": "TYPE", "sequence": "SEQUENCE"}


class Identity(NamedTuple):
    """An identity's sequence that follows the name of its table or column.

    Args:
        table: that it is grouped with.
        old: its name, where it already is.
        new: the name that it gets.

    """

    table: str
    old: str
    new: str

    def is_held_up(self, state: Schema) -> bool:
        """Say whether a sequence that is going to be called otherwise still has the name."""
        return Key("sequence", "", self.new) in state


def rename(ctx: Context, change: Rename, state: Schema) -> Iterator[Step]:
    """Rename one object."""
    if code := list(_statements(change, state)):
        yield ctx.step(change, *code)


def identities(change: Rename, state: Schema) -> Iterator[Identity]:
    """Give the identity sequences that are named after what is renamed."""
    old, new = change.old, change.new
    moves: list[tuple[str, str, str, str]] = []
    if isinstance(old, Table):
        owned = [c for c in state.view(old.name).columns if c.identity]
        moves = [(old.name, c.name, new.name, c.name) for c in owned]
    elif isinstance(old, Column) and old.identity:
        moves = [(old.table, old.name, old.table, new.name)]
    for table, column, new_table, new_column in moves:
        was = qualified.beside(new_table, qualified.bare(sequence_name(table, column)))
        now = sequence_name(new_table, new_column)
        if was != now:
            yield Identity(old.table or old.name, was, now)


def follow(found: Sequence[Identity]) -> Iterator[Step]:
    """Rename the identity sequences of one table or column."""
    if found:
        code = (_sequence(each.old, each.new) for each in found)
        yield Step(tuple(code), ("its identity sequence follows",), found[0].table)


def _statements(change: Rename, state: Schema) -> Iterator[Statement]:
    old, new = change.old, change.new
    if noun := _NOUNS.get(old.kind):
        yield from _named(change, noun, state)
    elif isinstance(old, Column):
        yield operations.alter_column(old, new_column_name=new.name)
    elif isinstance(old, EnumValue):
        values = f"{sql.literal(old.name)} TO {sql.literal(new.name)}"
        yield execute(f"ALTER TYPE {qualified.quote(old.table)} RENAME VALUE {values}")
    elif isinstance(old, Index):
        name = qualified.quote_part(old.table, old.name)
        yield execute(f"ALTER INDEX {name} RENAME TO {sql.quote(new.name)}")
    else:
        names = f"{sql.quote(old.name)} TO {sql.quote(new.name)}"
        yield execute(f"ALTER TABLE {qualified.quote(old.table)} RENAME CONSTRAINT {names}")


def _named(change: Rename, noun: str, state: Schema) -> Iterator[Statement]:
    """Give a table, a type or a sequence another name, another schema, or both.

    Of the two, that comes first for which the name in between is free.
    """
    old, new = change.old, change.new
    here, there = qualified.namespace(old.name), qualified.namespace(new.name)
    called, name = qualified.bare(old.name), qualified.bare(new.name)
    if isinstance(old, kinds.Sequence) and old.owned_by:
        here = there  # with its table
    moved = here == there
    taken = Key(old.kind, "", qualified.beside(new.name, called)) in state
    if called != name and not moved and taken:
        yield _renamed(noun, old.name, name)
        called = name
    if not moved:
        own = qualified.quote(qualified.beside(old.name, called))
        yield execute(f"ALTER {noun} {own} SET SCHEMA {sql.quote(there or qualified.DEFAULT)}")
    if called != name:
        yield _renamed(noun, qualified.beside(new.name, called), name)


def _renamed(noun: str, old: str, name: str) -> Statement:
    if noun == "TABLE":
        where = operations.inside(old)
        return call("op.rename_table", qualified.bare(old), name, **where)
    return execute(f"ALTER {noun} {qualified.quote(old)} RENAME TO {sql.quote(name)}")


def _sequence(old: str, new: str) -> Statement:
    own, name = qualified.quote(old), sql.quote(qualified.bare(new))
    return execute(f"ALTER SEQUENCE IF EXISTS {own} RENAME TO {name}")
