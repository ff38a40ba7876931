"""Entries are YAML that every reader takes for the same data, in the same bytes."""

from __future__ import annotations

import random

import pytest
import yaml

from schemagen.history.emit import WIDTH, Block, emit
from schemagen.source.nodes import plain
from schemagen.source.yaml import load

TEXTS = [
    *("", " ", "null", "~", "Null", "yes", "No", "on", "OFF", "y", "n", "true", "False"),
    *("1", "-1", "010", "0x1f", "0o17", "1_000", "1.5", "1e5", ".5", ".inf", "-.inf", ".NaN"),
    *(
        "12:30",
        "12:30:00",
        "2026-01-31",
        "2026-01-31 12:30:00",
        "5d41402abc4b2a76",
        "12345e67",
        "0b1",
        "1b1",
        "12e",
    ),
    *("a: b", "a :b", "a:", "a #b", "#a", " a", "a ", "-", "- a", "?", "? a", ":", "---", "..."),
    *("'", '"', "it's", "'quoted'", '"quoted"', "\\", "\\n", "a\\", "'\"\\", "%s", "%d", ":name"),
    *("{{ x }}", "{% x %}", "{a", "a}", "[a", "a]", "a, b", "*a", "&a", "!a", "!!str a", "|", ">"),
    *("%a", "@a", "`a`", "=", "<<", "$$", "$1", "a\nb", "\n", "a\n", "\na", "a\r\nb", "\r", "\t"),
    *("a\tb", "\x07", "\x1b[31m", "\x7f", "\x80", "\x85", "\xa0", "\xad", "\u200b", "\u202e"),
    *("\u2028", "\ufeff", "a\ufeff", "\ue000", "\ufffd", "\U0010ffff", "é", "Ü", "日本語", "😀"),
    *("x" * 3000, "word " * 500, "k: v\n" * 3, "drop table lots; --", "varchar(50)?", "order"),
]


@pytest.mark.parametrize("text", TEXTS, ids=ascii)
def test_any_text_comes_back_from_every_reader_as_value_and_as_key(text: str) -> None:
    data = {text: text, "list": [text, [text]], "map": {text: {text: text}}}
    written = emit({"schemagen": data})
    assert yaml.load(written, yaml.CSafeLoader) == {"schemagen": data}
    assert yaml.load(written, yaml.SafeLoader) == {"schemagen": data}
    tree, found = load(written, "entry.yaml")
    assert found == []
    assert plain(tree) == {"schemagen": data}


def test_any_data_comes_back_with_its_types() -> None:
    atoms = [*TEXTS, None, True, False, 0, -1, 10**30, 1.5, -0.0, 1e300, 1e16, 1e-7, float("inf")]

    def grow(rng: random.Random, depth: int) -> object:
        shape = rng.random()
        if depth < 4 and shape < 0.25:
            return {rng.choice(TEXTS): grow(rng, depth + 1) for _ in range(rng.randint(0, 4))}
        if depth < 4 and shape < 0.45:
            return [grow(rng, depth + 1) for _ in range(rng.randint(0, 4))]
        return rng.choice(atoms)

    for seed in range(300):
        rng = random.Random(seed)
        data = {str(i): grow(rng, 0) for i in range(4)}
        tree, found = load(emit(data), "entry.yaml")
        assert found == [], seed
        assert repr(plain(tree)) == repr(data), seed


def test_what_fits_stands_on_one_line_and_nothing_is_folded() -> None:
    short, long = {"columns": ["a", "b"]}, {"columns": ["a" * 40, "b" * 40, "c" * 40]}
    assert emit({"now": short}) == "now: {columns: [a, b]}\n"
    assert emit({"now": long}).count("\n") == 5
    assert emit({"sql": "word " * 100 + "end"}).count("\n") == 1


def test_a_block_never_stands_on_one_line() -> None:
    assert emit({"changes": [Block(add="table", name="a")]}) == (
        "changes:\n  - add: table\n    name: a\n"
    )


def test_lines_are_no_longer_than_they_must() -> None:
    many = {"now": {f"field_{i}": {"sql": "a > 0", "only": "sqlite"} for i in range(20)}}
    assert max(map(len, emit(many).split("\n"))) <= WIDTH
