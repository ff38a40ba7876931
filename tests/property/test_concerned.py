"""To plan for what changes concern is to plan for the whole schema."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from wild_edits import edited
from wild_schemas import wild_schema

from schemagen.changes import apply, carry
from schemagen.diff import compare
from schemagen.plan import planning
from schemagen.plan.options import Options
from schemagen.plan.planning import plan
from schemagen.plan.steps import execute
from schemagen.schema import Schema

if TYPE_CHECKING:
    from schemagen.changes import Change
    from schemagen.directions import Directions

SEEDS = range(60)
STEP = 20
ALL_IMMEDIATE = execute("SET CONSTRAINTS ALL IMMEDIATE")


def several(rng: random.Random, count: int) -> Schema:
    """Random schemas side by side, their names kept apart."""
    found = [obj for n in range(count) for obj in _called_apart(wild_schema(rng), f"{n}_")]
    return Schema(found)


def _called_apart(schema: Schema, prefix: str) -> Schema:
    for kind in ("table", "enum", "sequence", "index", "primary_key", "unique", "exclusion"):
        for obj in [obj for obj in schema if obj.kind == kind]:
            now = schema.get(obj.key) or obj
            schema = apply(schema, [carry(schema, now, prefix + obj.name)])
    return schema


@pytest.mark.parametrize("online", [True, False])
@pytest.mark.parametrize("start", range(0, len(SEEDS), STEP))
def test_a_plan_is_the_same_whatever_else_there_is(
    start: int, *, online: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    smaller = 0
    for seed in SEEDS[start : start + STEP]:
        rng = random.Random(seed)
        before = several(rng, 2)
        after, directions = edited(rng, before)
        changes = compare(before, after, directions).changes
        (part,) = planning.concerned(changes, before)
        smaller += len(part.tables) < len(before.tables)
        mine = planned(changes, before, directions, online=online)
        with monkeypatch.context() as patch:
            patch.setattr(planning, "concerned", lambda _, *schemas: schemas)
            assert mine == planned(changes, before, directions, online=online), seed
    assert smaller > STEP / 4


def planned(
    changes: tuple[Change, ...], before: Schema, hints: Directions, *, online: bool
) -> tuple[object, ...]:
    """Plan; what is said once for all deferred constraints is left out, wherever they are."""
    made = plan(changes, before, hints, options=Options(online=online))
    assert made.down is not None
    sides = (made.up.sqlite, made.up.postgresql, made.down.sqlite, made.down.postgresql)
    kept = (tuple(s for s in side if s.code != (ALL_IMMEDIATE,)) for side in sides)
    return (*kept, made.problems)
