"""The laws of the algebra, tried on random pairs of schemas, in memory."""

from __future__ import annotations

import random

import pytest
from random_schemas import random_schema

from schemagen.changes import Rename, apply, carry, invert
from schemagen.diff import compare
from schemagen.directions import Direction
from schemagen.order import ordered

SEEDS = range(400)


@pytest.mark.parametrize("start", range(0, len(SEEDS), 100))
def test_the_difference_leads_from_one_to_the_other_and_back(start: int) -> None:
    for seed in SEEDS[start : start + 100]:
        rng = random.Random(seed)
        a, b = random_schema(rng), random_schema(rng)
        changes = compare(a, b).changes
        assert apply(a, changes) == b, seed
        assert apply(b, invert(changes)) == a, seed


@pytest.mark.parametrize("start", range(0, len(SEEDS), 100))
def test_every_state_on_the_way_is_valid(start: int) -> None:
    for seed in SEEDS[start : start + 100]:
        rng = random.Random(seed)
        a, b = random_schema(rng), random_schema(rng)
        state = a
        for change in ordered(compare(a, b).changes, a):
            state = apply(state, [change])
            assert state.missing() == [], (seed, change)
        assert state == b


def test_a_schema_does_not_differ_from_itself() -> None:
    for seed in SEEDS:
        schema = random_schema(random.Random(seed))
        assert compare(schema, schema).changes == ()


@pytest.mark.parametrize("start", range(0, len(SEEDS), 100))
def test_hinted_renames_carry_their_dependants_both_ways(start: int) -> None:
    for seed in SEEDS[start : start + 100]:
        rng = random.Random(seed)
        a = random_schema(rng)
        old = rng.choice([o for o in a if o.kind in ("table", "column", "enum")])
        b = apply(a, [carry(a, old, "renamed")])
        owner = "" if old.kind != "column" else old.table
        key = old.key._replace(name="renamed", table=owner)
        changes = compare(a, b, {key: Direction(renamed_from=(old.name,))}).changes
        assert len(changes) == 1, (seed, changes)
        assert isinstance(changes[0], Rename)
        assert apply(a, changes) == b
        assert apply(b, invert(changes)) == a


def test_a_swap_goes_through_a_temporary_name() -> None:
    rng = random.Random(3)
    a = random_schema(rng)
    view = next(v for v in a.views() if len(v.columns) > 2)
    one, two = view.columns[1], view.columns[2]
    b = a
    for old, new in ((one.name, "aside"), (two.name, one.name), ("aside", two.name)):
        b = apply(b, [carry(b, b[one.key._replace(name=old)], new)])
    hints = {
        one.key: Direction(renamed_from=(two.name,)),
        two.key: Direction(renamed_from=(one.name,)),
    }
    changes = compare(a, b, hints).changes
    assert len(changes) == 3
    assert apply(a, changes) == b
    assert apply(b, invert(changes)) == a
    done = frozenset({(one.key, two.name), (two.key, one.name)})
    assert compare(b, b, hints, done=done).changes == ()
