"""Decisions that a plan asks for, made as a user would: backfills, restores, casts."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from schemagen import sql
from schemagen.diff import compare
from schemagen.directions import NONE, Direction
from schemagen.kinds import Column, Key
from schemagen.plan import plan
from schemagen.plan.casts import type_name
from schemagen.plan.context import Context

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schemagen.directions import Directions
    from schemagen.plan import Plan
    from schemagen.schema import Schema

_ROUNDS = 4


class Undecided(Exception):  # noqa: N818 - no error: a pair that is left out
    """The plan asks for what cannot be made up."""


def decided(a: Schema, b: Schema, directions: Directions) -> tuple[Plan, Directions]:
    """Plan the way from a to b, with an answer to everything that the planner asks."""
    for _ in range(_ROUNDS):
        comparison = compare(a, b, directions)
        assert not comparison.diagnostics, comparison.diagnostics
        made = plan(comparison.changes, a, directions)
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
    key, column, schema = _subject(message, a, b)
    known = directions.get(key, NONE)
    said = {d: zero(column, schema, d) for d in ("sqlite", "postgresql")}
    if code == "G001":
        return key, replace(known, backfill=said)
    if code == "G003":
        return key, replace(known, restore=said)
    if code == "G005":
        goal = b.get(key)
        assert isinstance(goal, Column)
        there = {("up", d): zero(goal, b, d) for d in said}
        old = known.renamed_from[0] if known.renamed_from else key.name
        before = next(
            (c for c in a if isinstance(c, Column) and c.name == old and c.table == key.table), None
        )
        before = before or next((c for c in a if isinstance(c, Column) and c.name == old), column)
        back = {("down", d): zero(before, a, d) for d in said}
        return key, replace(known, using={**there, **back})
    raise Undecided(message)


def _subject(message: str, a: Schema, b: Schema) -> tuple[Key, Column, Schema]:
    for schema in (b, a):
        for obj in schema:
            if isinstance(obj, Column) and re.search(
                rf"(?:^|dropping ){re.escape(str(obj.key))} ", message
            ):
                return obj.key, obj, schema
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
