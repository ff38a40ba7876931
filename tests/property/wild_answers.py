"""Decisions that a plan asks for, made as a user would: backfills, restores, casts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from support import tracks

from schemagen import sql
from schemagen.diff import compare
from schemagen.directions import NONE, Direction
from schemagen.kinds import Column, Key
from schemagen.plan.casts import type_name
from schemagen.plan.context import Context
from schemagen.plan.options import PLAIN
from schemagen.plan.planning import plan
from schemagen.records import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from schemagen.directions import Directions
    from schemagen.plan.options import Options
    from schemagen.plan.planning import Plan
    from schemagen.schema import Schema

_ROUNDS = 5
_STRATEGIES = {"G007": "shadow", "G008": "rewrite"}  # not said; not possible


class Undecided(Exception):  # noqa: N818 - no error: a pair that is left out
    """The plan asks for what cannot be made up."""


def decided(
    a: Schema, b: Schema, directions: Directions, options: Options = PLAIN
) -> tuple[Plan, Directions]:
    """Plan the way from a to b, with an answer to everything that the planner asks."""
    for _ in range(_ROUNDS):
        comparison = compare(a, b, directions)
        if {d.code for d in comparison.diagnostics} == {"R004"}:
            raise Undecided  # a value takes another's name at once: two revisions, says schemagen
        assert not comparison.diagnostics, comparison.diagnostics
        made = plan(comparison.changes, a, directions, options=options)
        if not made.problems:
            return made, directions
        answers = [_answer(p.code, p.message, a, b, directions) for p in made.problems]
        directions = {**directions}
        for key, direction in answers:
            directions[key] = direction
    raise Undecided([str(p) for p in made.problems])


def _answer(
    code: str, message: str, a: Schema, b: Schema, directions: Directions
) -> tuple[Key, Direction]:
    if code == "G005":
        return _casts(message, a, b, directions)
    if code in _STRATEGIES:
        key = _subject(message, b).key
        return key, replace(directions.get(key, NONE), strategy=_STRATEGIES[code])
    schemas = {"G001": b, "G003": a}
    if code not in schemas:
        raise Undecided(message)
    column = _subject(message, schemas[code])
    if code == "G003" and column.key in b:
        raise Undecided(message)  # the YAML has no place to say it
    known = directions.get(column.key, NONE)
    said = {d: zero(column, schemas[code], d) for d in ("sqlite", "postgresql")}
    answer = {"backfill": said} if code == "G001" else {"restore": said}
    return column.key, replace(known, **answer)


def _casts(message: str, a: Schema, b: Schema, directions: Directions) -> tuple[Key, Direction]:
    """Say how a column gets its values, both ways."""
    moved = tracks.moved(a, compare(a, b, directions).changes)
    said = _subject(message, b if "on the way up" in message else a)
    mine = (said.table, said.name)
    before, after = next(
        (p, q) for p, q in moved.items() if (q if "on the way up" in message else p) == mine
    )
    old, new = a[Key("column", *before)], b[Key("column", *after)]
    assert isinstance(old, Column)
    assert isinstance(new, Column)
    dialects = ("sqlite", "postgresql")
    using = {("up", d): zero(new, b, d) for d in dialects}
    using |= {("down", d): zero(old, a, d) for d in dialects}
    return new.key, replace(directions.get(new.key, NONE), using=using)


def _subject(message: str, schema: Schema) -> Column:
    for obj in schema:
        start = rf"(?:^|dropping ){re.escape(str(obj.key))} "
        if isinstance(obj, Column) and re.search(start, message):
            return obj
    raise Undecided(message)


def zero(column: Column, schema: Schema, dialect: str) -> str:
    """Give a value that the column can hold on a dialect."""
    context = Context(dialect, "up", schema, schema, {})
    there = context.goal.get(column.key) or column.on(dialect)
    assert isinstance(there, Column)
    value = _zero(column.on(dialect), schema)
    return value if dialect == "sqlite" else f"cast({value} as {type_name(context, there)})"


def _zero(column: Column, schema: Schema) -> str:
    spec = column.spec
    if spec is None:
        return "''"
    if spec.dims:
        return "'{}'"
    if key := column.enum(schema):
        return sql.literal(schema.enums[key.name].values[0])
    special: Mapping[str, str] = {
        "uuid": "'00000000-0000-0000-0000-000000000000'",
        "bit": f"'{'0' * (spec.args[0] if spec.args else 1)}'",
    }
    assert spec.logical
    return special.get(spec.name) or spec.logical.zero or "''"


def renamed_values(
    old: Column, new: Column, a: Schema, b: Schema, directions: Directions
) -> Callable[[str | None], str | None] | None:
    """Give what becomes of a value, when a column has the same enum before and after."""
    one, two = old.enum(a), new.enum(b)
    own = directions.get(new.key, NONE)
    if old.nullable and not new.nullable:
        return None
    if one is None or two is None or own.using or own.backfill or old.spec is None or old.spec.dims:
        return None
    said = directions.get(two, NONE)
    if one.name != next(iter(said.renamed_from), two.name) or (
        two.name in a.enums and said.renamed_from
    ):
        return None
    pairs = {olds[0]: name for name, olds in said.values.items()}
    values = b.enums[two.name].values
    pairs |= {o: n for o, n in said.removed.items() if o not in values}

    def renamed(value: str | None) -> str | None:
        if value is None:
            return None
        shown = re.match(r"text '(.*)'", value, re.DOTALL)  # as SQLite's rows are read
        bare = shown[1].replace("''", "'") if shown else value
        after = pairs.get(bare, bare)
        return f"text {sql.literal(after)}" if shown else after

    return renamed
