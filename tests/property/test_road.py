"""The laws of a revision, tried on random pairs of schemas on real databases.

For each pair (a, b): the upgrade of a database at a gives the catalog of one created at b; the
downgrade gives a's; and back up. With rows in every table, the values that no change touches
survive both ways, bit for bit; where rows do not fit, the revision fails and changes nothing.

`make prove N=2000` takes that many on each database, half of them unrelated schemas and half a
schema and its edits, and a tenth of that again online. A failure names its seed;
SCHEMAGEN_SEED=seed SCHEMAGEN_PAIRS=1 takes it again.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from wild_edits import edited
from wild_road import Road, clear
from wild_schemas import wild_schema

from schemagen.plan.options import PLAIN, Options

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from support.databases import Database

FIRST = int(os.environ.get("SCHEMAGEN_SEED", "0"))
PAIRS = int(os.environ.get("SCHEMAGEN_PAIRS", "0"))
_FEW = 14  # of each kind, when no number is asked for
_FEW_ONLINE = 6
_SHARE = 250  # the pairs of one test, so that workers end at about the same time
_LEFT_OUT = 0.1  # the share of pairs for which no decision could be made up
_REFUSED = 0.4  # the share whose rows do not fit


def unrelated(rng: random.Random) -> Road:
    """Two schemas that have little in common."""
    return Road(wild_schema(rng), wild_schema(rng), {})


def related(rng: random.Random) -> Road:
    """A schema and what some edits make of it."""
    schema = wild_schema(rng)
    return Road(schema, *edited(rng, schema))


@dataclass(frozen=True)
class Share:
    """The pairs that one test takes: on a database, with options, by their seeds."""

    dialect: str
    options: Options
    seeds: range

    def __str__(self) -> str:
        mode = f"{self.dialect}-online" if self.options.online else self.dialect
        return f"{mode}-{self.seeds[0]}-to-{self.seeds[-1]}"


def shares() -> Iterator[Share]:
    """Give each database its pairs, plainly and online."""
    plain, online = (-(-PAIRS // 2), -(-PAIRS // 20)) if PAIRS else (_FEW, _FEW_ONLINE)
    for dialect, options, count in (
        ("sqlite", PLAIN, plain),
        ("postgresql", PLAIN, plain),
        ("postgresql", Options(online=True), online),
    ):
        for first in range(FIRST, FIRST + count, _SHARE):
            yield Share(dialect, options, range(first, min(first + _SHARE, FIRST + count)))


@pytest.mark.parametrize("make", [unrelated, related])
@pytest.mark.parametrize("share", list(shares()), ids=str)
def test_random_pairs_go_up_and_down_and_keep_their_rows(
    make: Callable[[random.Random], Road],
    share: Share,
    new_database: Callable[[str], Database],
    tmp_path: Path,
) -> None:
    databases = [new_database(share.dialect) for _ in range(3)]
    told: Counter[str] = Counter()
    failures: list[Exception] = []
    for seed in share.seeds:
        road = make(random.Random(seed))
        road.told, road.options = told, share.options
        try:
            if road.prepare():
                (tmp_path / f"{seed:06}.py").write_text(road.text, encoding="utf-8")
                for database in databases:
                    clear(database)
                road.run(*databases)
        except Exception as error:  # noqa: BLE001 - so that one failure hides no other
            error.add_note(f"seed {seed} of {make.__name__} pairs on {share}")
            failures.append(error)
    print(f"{make.__name__}, {share}: {dict(told)}")  # noqa: T201 - what `make prove` shows
    if failures:
        msg = f"{len(failures)} of {len(share.seeds)} pairs"
        raise ExceptionGroup(msg, failures)
    _are_formatted(tmp_path)
    assert told["undecided"] <= max(2, _LEFT_OUT * len(share.seeds)), told
    assert told["upgrade refused"] <= max(3, _REFUSED * len(share.seeds)), told


def _are_formatted(folder: Path) -> None:
    """Look at every revision at once: ruff has nothing to lay out otherwise."""
    command = [sys.executable, "-m", "ruff", "format", "--check", "--isolated", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
