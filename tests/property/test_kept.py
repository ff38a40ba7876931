"""With what an earlier run has left, files say what they say without it."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import wild_edits
from support import cases
from support import texts as schemas
from test_canonical import edited as misspelt
from wild_schemas import wild_schema

from schemagen import source
from schemagen.memory.pool import Pool, UnfitError
from schemagen.source.dump import dump
from schemagen.source.kept import NOTHING, Kept
from schemagen.source.placed import as_place

if TYPE_CHECKING:
    from schemagen.source import Source

SHARES, SEEDS = 4, 60
CASES = cases.read(Path(__file__).parents[1] / "cases")


def remembered(kept: Kept) -> Kept:
    """Write down what was kept, and read it."""
    pool = Pool()
    try:
        said = kept.written(pool.number)
    except UnfitError:
        return NOTHING
    data = json.loads(json.dumps({"pool": pool.data(), "source": said}))
    return Kept.of(data["source"], Pool(**data["pool"]).runs)


def told(found: Source) -> dict[str, Any]:
    """Give all that was read, and in which order."""
    return {
        "objects": list(found.schema),
        "directions": dict(found.directions),
        "places": list(found.places.items()),
        "diagnostics": found.diagnostics,
        "mixins": found.mixins,
        "unmanaged": found.unmanaged,
        "kept": found.kept,
        "kept places": {
            name: [(obj, as_place(at)) for obj, at in file.stands()]
            for name, file in found.kept.files.items()
        },
    }


def agree(before: dict[str, str], after: dict[str, str]) -> int:
    """Read files after others, with a memory and without; count the files that it knew."""
    kept = remembered(source.parse(before).kept)
    found = source.parse(after, kept)
    assert told(found) == told(source.parse(after))
    return len(kept.unchanged(found.kept))


def dumped(schema: Any, rng: random.Random) -> dict[str, str]:  # noqa: ANN401 - a schema
    """Write a schema's files, at times with directions or another convention in one of them."""
    texts = {f"schema/{name}": text for name, text in dump(schema).items()}
    if rng.random() < 0.2:
        name = rng.choice(sorted(texts))
        texts[name] += rng.choice(("renamed_from: was\n", "naming: {index: 'i_{name}'}\n", "# a\n"))
    return texts


@pytest.mark.parametrize("share", range(SHARES))
def test_random_schemas_are_read_alike_after_an_edit(share: int) -> None:
    known = 0
    for seed in range(share, SEEDS, SHARES):
        rng = random.Random(seed)
        schema = wild_schema(rng)
        wanted, _ = wild_edits.edited(rng, schema)
        known += agree(dumped(schema, rng), dumped(wanted, rng))
    assert known > SEEDS // SHARES // 8


@pytest.mark.parametrize("share", range(SHARES))
def test_texts_with_a_mistake_are_read_alike(share: int) -> None:
    known = 0
    for seed in range(share, SEEDS, SHARES):
        rng = random.Random(seed)
        texts = dumped(wild_schema(rng), rng)
        name = rng.choice(sorted(texts))
        known += agree(texts, {**texts, name: misspelt(rng, texts[name])})
        known += agree(texts, {other: text for other, text in texts.items() if other != name})
        known += agree(texts, {**texts, "schema/again.yaml": texts[name]})
    assert known


@pytest.mark.parametrize("file", sorted({case.file.stem for case in CASES}))
def test_the_schemas_of_the_cases_are_read_alike(file: str) -> None:
    for case in CASES:
        if case.file.stem == file:
            olds, news = (
                {f"schema/{name}": text for name, text in schemas.files(said).items()}
                for said in (case.blocks.get("yaml old", ""), case.blocks["yaml new"])
            )
            agree(olds, news)
            agree(news, olds)
            assert agree(news, news) == len(source.parse(news).kept.files)
