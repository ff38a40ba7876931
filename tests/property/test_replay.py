"""An entry replays to exactly what it was written for, tried on random pairs of schemas."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from random_schemas import random_schema

from schemagen.changes import apply, carry, invert
from schemagen.diff import compare
from schemagen.directions import Direction
from schemagen.history.entry_text import entry_text
from schemagen.history.fold import Fold
from schemagen.history.reading import read
from schemagen.order import ordered
from schemagen.schema import Schema

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemagen.changes import Change

SEEDS = range(200)


def replay(changes: Sequence[Change], a: Schema, b: Schema, *, full: bool = False) -> Fold:
    text = entry_text(changes, a, b, "00", full=full)
    assert text == entry_text(changes, a, b, "00", full=full)
    folded = Fold(a.objects)
    entry = read(text, "entry.yaml")
    folded.take(entry)
    assert (entry.diagnostics, folded.diagnostics) == ((), []), text
    assert folded.schema == b, text
    return folded


@pytest.mark.parametrize("start", range(0, len(SEEDS), 50))
def test_changes_replay_to_the_schema_that_they_lead_to(start: int) -> None:
    for seed in SEEDS[start : start + 50]:
        rng = random.Random(seed)
        a, b = random_schema(rng), random_schema(rng)
        back = compare(b, a).changes
        for changes in (compare(a, b).changes, invert(back), ordered(invert(back), a)):
            assert replay(changes, a, b).changes == list(changes), seed
        replay((), a, b, full=True)


@pytest.mark.parametrize("start", range(0, len(SEEDS), 50))
def test_renames_replay_with_all_that_they_carry(start: int) -> None:
    for seed in SEEDS[start : start + 50]:
        rng = random.Random(seed)
        a = random_schema(rng)
        old = rng.choice([o for o in a if o.kind in ("table", "column", "enum")])
        b = apply(a, [carry(a, old, "renamed")])
        owner = "" if old.kind != "column" else old.table
        key = old.key._replace(name="renamed", table=owner)
        changes = compare(a, b, {key: Direction(renamed_from=(old.name,))}).changes
        assert replay(changes, a, b).changes == list(changes), seed
        replay(invert(changes), b, a)


def test_a_swap_replays_through_its_temporary_name() -> None:
    tried = 0
    for seed in SEEDS:
        rng = random.Random(seed)
        a = random_schema(rng)
        view = next(iter(a.views()))
        if len(view.columns) < 3:
            continue
        tried += 1
        one, two = view.columns[1], view.columns[2]
        b = a
        for old, new in ((one.name, "aside"), (two.name, one.name), ("aside", two.name)):
            b = apply(b, [carry(b, b[one.key._replace(name=old)], new)])
        hints = {
            one.key: Direction(renamed_from=(two.name,)),
            two.key: Direction(renamed_from=(one.name,)),
        }
        replay(compare(a, b, hints).changes, a, b)
    assert tried > len(SEEDS) // 4


def test_a_long_history_adds_up_to_its_end() -> None:
    rng = random.Random(7)
    folded, state = Fold(), Schema()
    for _ in range(30):
        after = random_schema(rng)
        folded.take(read(entry_text(compare(state, after).changes, state, after, "00"), "x.yaml"))
        state = after
    assert folded.diagnostics == []
    assert folded.schema == state
