"""Models that are the same for two schemas are not written anew, and no others are left out."""

from __future__ import annotations

import random

from wild_edits import edited
from wild_schemas import wild_schema

from schemagen.render import models

SEEDS = range(60)


def test_what_is_left_out_is_the_same_and_all_else_is_there() -> None:
    kept = 0
    for seed in SEEDS:
        rng = random.Random(seed)
        was = wild_schema(rng)
        now, _ = edited(rng, was)
        theirs, wanted = models.files(was), models.files(now)
        differing = models.differing(now, was)
        assert differing.keys() == wanted.keys()
        for file, text in differing.items():
            kept += text is None
            assert wanted[file] == (theirs[file] if text is None else text), (seed, file)
    assert kept > len(SEEDS)
