"""What is read by a quick way is what the long way gives: objects, places and complaints alike."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest
from test_canonical import edited as misspelt
from wild_schemas import wild_schema

from schemagen import source
from schemagen.source import columns, parts, plainyaml, repeated, repeated_parts
from schemagen.source.dump import dump

if TYPE_CHECKING:
    from collections.abc import Iterator

SHARES, SEEDS = 4, 60
ODD = (  # columns that can be read, and that the databases would refuse
    "integer identity",
    "serial",
    "integer = nowhere(1)",
    "json unique",
    "{type: text, collation: nocase}",
    "{type: bigint, generated: {sql: missing + 1}}",
    "{type: text, sqlite: {default: {sql: nowhere()}}}",
)


def told(texts: dict[str, str]) -> dict[str, Any]:
    found = source.parse(texts)
    return {
        "objects": list(found.schema),
        "directions": dict(found.directions),
        "places": list(found.places.items()),
        "diagnostics": [(each, each.fix) for each in found.diagnostics],
    }


def slowly(texts: dict[str, str]) -> dict[str, Any]:
    """Read by the parser, each part where it stands, and look at every object closely."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plainyaml, "read", lambda *_: None)
        for module in (repeated, repeated_parts):
            patch.setattr(module, "_learnt", lambda *_: None)
        for module in (columns, parts):
            patch.setattr(module, "is_notable", lambda _: True)
        return told(texts)


def doubled(rng: random.Random, texts: dict[str, str]) -> dict[str, str]:
    """Say a table's file again under other names, so that all in it is said twice."""
    name = rng.choice(sorted(texts))
    again = texts[name].replace("table: ", "table: z_", 1)
    return {**texts, "schema/again.yaml": again}


def wrong(rng: random.Random, texts: dict[str, str]) -> Iterator[dict[str, str]]:
    """Give the texts with a mistake, with a line that is gone, and with one that is there twice."""
    name = rng.choice(sorted(texts))
    lines = texts[name].splitlines(keepends=True)
    at = rng.randrange(len(lines))
    odd = f"columns:\n  odd: {rng.choice(ODD)}\n"
    yield {**texts, name: texts[name].replace("columns:\n", odd, 1)}
    yield {**texts, name: misspelt(rng, texts[name])}
    yield {**texts, name: "".join(lines[:at] + lines[at + 1 :])}
    yield {**texts, name: "".join(lines[: at + 1] + lines[at:])}


@pytest.mark.parametrize("share", range(SHARES))
def test_the_quick_ways_give_what_the_long_way_gives(share: int) -> None:
    sound = 0
    for seed in range(share, SEEDS, SHARES):
        rng = random.Random(seed)
        texts = doubled(rng, {f"schema/{n}": text for n, text in dump(wild_schema(rng)).items()})
        for each in (texts, *wrong(rng, texts)):
            quick = told(each)
            assert quick == slowly(each)
            sound += not quick["diagnostics"]
    assert sound > SEEDS // SHARES // 4
