"""Both readers of entries say the same, places included, of any text."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from random_schemas import random_schema
from support import cases
from support import texts as schemas
from wild_schemas import wild_schema

from schemagen import kinds as k
from schemagen import source
from schemagen.changes import apply, carry
from schemagen.diff import compare
from schemagen.fingerprint import Pattern, fingerprint, of_table
from schemagen.history import canonical
from schemagen.history.entry_text import entry_text
from schemagen.history.fold import Fold
from schemagen.history.reading import read, read_any
from schemagen.schema import Schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.cases import Case

    from schemagen.history.entry import Entry
    from schemagen.history.record import Record
    from schemagen.kinds import Obj

SEEDS, SHARES = 48, 4
EDITS = 12  # of each text
CHARACTERS = " \t:#-{}[],'\"|>&*?0eaZ_.\n\rä\u2028\x00"
ENDS = (" # a comment", " ", ":", " |", " >-", " {}", " x", ": y", ",", "'")
LINES = (
    *("", " ", "# a comment", "    # a comment", "changes:", "schema:", "  - add: table", "---"),
    *("    now: text", "    was: text", "    name: null", "    table: true", "    name: a b"),
    *("      - x", "      now: x", "   name: x", "        column:", "      column:", "    a:"),
    *("  table:", "  enum: {}", "      table:", "    null:", "    a: {}", "unknown: 1", "tables:"),
)
BODY = "4e07408562bedb8b"
CASES = cases.read(Path(__file__).parents[1] / "cases")


def texts(a: Schema, b: Schema) -> Iterator[str]:
    """Give entries from one schema to another, with changes of all four verbs."""
    yield entry_text(compare(Schema(), a).changes, Schema(), a, BODY)
    yield entry_text(compare(a, b).changes, a, b, BODY)
    yield entry_text((), a, b, BODY, full=True)
    yield entry_text((), a, a, BODY, full=True)
    for old in list(a)[:: max(1, len(a) // 4)]:
        if old.kind not in ("schema", "sequence"):
            rename = carry(a, old, "renamed")
            yield entry_text([rename], a, apply(a, [rename]), BODY)


def random_texts(seed: int) -> list[str]:
    rng = random.Random(seed)
    make = random_schema if seed % 2 else wild_schema
    return list(texts(make(rng), make(rng)))


def case_texts(case: Case) -> Iterator[str]:
    old, new = (case.blocks.get(words) for words in ("yaml old", "yaml new"))
    a = schemas.read(old).schema if old else Schema()
    found = source.parse({f"schema/{n}": part for n, part in schemas.files(new or "").items()})
    yield from texts(a, found.schema)


def told(entry: Entry) -> object:
    """Give all that was read; what Python calls equal is told apart."""
    return (
        repr((entry.file, entry.text, entry.body, entry.tables, entry.body_place)),
        [_told(record) for record in entry.records],
        entry.full and [(key, repr(said.data), said.make(key)) for key, said in entry.full],
        entry.diagnostics,
    )


def _told(record: Record) -> object:
    said = record.said
    data = (record.key, said.verb, repr(said.was), repr(said.now), said.whole.kind)
    return (*data, record.place, record.was_place, [_told(each) for each in said.carried])


def replayed(entry: Entry, start: Schema) -> object:
    folded = Fold(start.objects)
    folded.take(entry)
    prints = {name: folded.fingerprint(name) for name in folded.schema.tables}
    plain = {view.name: view.fingerprint for view in folded.schema.views()}
    assert prints == plain
    objects = [(key, obj, repr(obj)) for key, obj in folded.state.items()]
    return objects, repr(folded.changes), folded.diagnostics


def agree(text: str, start: Schema | None = None) -> bool:
    """Compare the two readings; say whether the direct one has an answer."""
    direct, general = canonical.read(text, "x.yaml"), read_any(text, "x.yaml")
    assert told(read(text, "x.yaml")) == told(general), text
    if direct is not None:
        assert told(direct) == told(general), text
        assert replayed(direct, start or Schema()) == replayed(general, start or Schema())
    return direct is not None


@pytest.mark.parametrize("share", range(SHARES))
def test_entries_of_random_schemas_are_read_alike(share: int) -> None:
    tried = direct = 0
    for seed in range(share, SEEDS, SHARES):
        for text in random_texts(seed):
            tried, direct = tried + 1, direct + agree(text)
    assert direct > tried * 0.5  # the others have odd names, or nothing in them


@pytest.mark.parametrize("file", sorted({case.file.stem for case in CASES}))
def test_entries_of_the_cases_are_read_alike(file: str) -> None:
    found = [text for case in CASES if case.file.stem == file for text in case_texts(case)]
    assert sum(map(agree, found)) > len(found) * 0.5


@pytest.mark.parametrize("share", range(SHARES))
def test_edited_entries_are_read_alike(share: int) -> None:
    tried = direct = 0
    for seed in range(share, SEEDS, SHARES):
        rng = random.Random(seed)
        for text in random_texts(seed):
            for _ in range(EDITS):
                tried, direct = tried + 1, direct + agree(edited(rng, text))
    assert tried / 2 > direct > tried / 20, direct / tried


def edited(rng: random.Random, text: str) -> str:
    """Edit a text at one place: a character, or a line."""
    lines = text.splitlines(keepends=True)
    at, line = rng.randrange(len(text)), rng.randrange(len(lines))
    char = rng.choice(CHARACTERS)
    way = rng.randrange(8)
    if way < 3:
        return text[:at] + ("", char, char + text[at])[way] + text[at + 1 :]
    other = rng.randrange(len(lines))
    line_edits = (
        [*lines[:line], *lines[line + 1 :]],
        [*lines[: line + 1], *lines[line:]],
        [*lines[:line], lines[other], *lines[line:]],
        [*lines[:line], f"{lines[line][:-1]}{rng.choice(ENDS)}\n", *lines[line + 1 :]],
        [*lines[:line], f"{rng.choice(LINES)}\n", *lines[line:]],
    )
    return "".join(line_edits[way - 3])


@pytest.mark.parametrize("share", range(SHARES))
def test_a_row_by_its_pattern_is_the_plain_one(share: int) -> None:
    for seed in range(share, SEEDS, SHARES):
        for schema in (random_schema(random.Random(seed)), wild_schema(random.Random(seed))):
            for obj in schema:
                assert fingerprint((obj,)) == by_pattern(obj), obj
            for view in schema.views():
                objects = (view.table, *view.parts)
                patterns = [(obj.key, Pattern.of(obj)) for obj in objects]
                assert view.fingerprint == of_table(view.name, patterns), view.name


@pytest.mark.parametrize("said", ["\0", "\0\0", '\0", "name": "\0'])
def test_a_row_may_say_what_marks_its_names(said: str) -> None:
    value = k.Literal(literal={"a": said, "name": said, "table": said})
    obj = k.Column(table="t", name="c", type="jsonb", default=value, comment=said)
    assert fingerprint((obj,)) == by_pattern(obj)


def by_pattern(obj: Obj) -> str:
    """Hash an object by the pattern of one under another key."""
    table = "another" if obj.table else ""
    pattern = Pattern.of(obj.under(table=table, name="one"))
    return of_table(obj.table, [(obj.key, pattern)])
