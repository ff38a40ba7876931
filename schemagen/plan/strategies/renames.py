"""Renames on PostgreSQL: the catalog follows, but for the names that it does not know of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import sql
from schemagen.expr import call
from schemagen.kinds import Column, EnumValue, Table
from schemagen.kinds.sequence import sequence_name
from schemagen.plan.steps import Step, execute

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.changes import Rename
    from schemagen.plan.context import Context
    from schemagen.plan.steps import Statement
    from schemagen.schema import Schema

_NOUNS = {"enum": "TYPE", "index": "INDEX", "sequence": "SEQUENCE"}


def rename(ctx: Context, change: Rename, state: Schema) -> Iterator[Step]:
    """Rename one object, and the identity sequences that are named after it."""
    old = change.old
    yield ctx.step(change, _statement(change))
    if isinstance(old, Table):
        owned = [c for c in state.view(old.name).columns if c.identity]
        moves = [(old.name, c.name, change.new.name, c.name) for c in owned]
    elif isinstance(old, Column) and old.identity:
        moves = [(old.table, old.name, old.table, change.new.name)]
    else:
        return
    code = [_sequence(*move) for move in moves]
    if code:
        yield Step(tuple(code), ("its identity sequence follows",), old.table or old.name)


def _statement(change: Rename) -> Statement:
    old, new = change.old, change.new
    if isinstance(old, Table):
        return call("op.rename_table", old.name, new.name)
    if isinstance(old, Column):
        return call("op.alter_column", old.table, old.name, new_column_name=new.name)
    if isinstance(old, EnumValue):
        values = f"{sql.literal(old.name)} TO {sql.literal(new.name)}"
        return execute(f"ALTER TYPE {sql.quote(old.table)} RENAME VALUE {values}")
    if noun := _NOUNS.get(old.kind):
        return execute(f"ALTER {noun} {sql.quote(old.name)} RENAME TO {sql.quote(new.name)}")
    names = f"{sql.quote(old.name)} TO {sql.quote(new.name)}"
    return execute(f"ALTER TABLE {sql.quote(old.table)} RENAME CONSTRAINT {names}")


def _sequence(table: str, column: str, new_table: str, new_column: str) -> Statement:
    old, new = sequence_name(table, column), sequence_name(new_table, new_column)
    return execute(f"ALTER SEQUENCE IF EXISTS {sql.quote(old)} RENAME TO {sql.quote(new)}")
