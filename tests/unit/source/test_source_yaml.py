"""YAML 1.2 core scalars, and the parser that takes over when libyaml is missing."""

from __future__ import annotations

import pytest
import yaml as pyyaml
from marked import FILE, unmark
from test_source_malformed import YAML

from schemagen.source import events, yaml
from schemagen.source.nodes import plain


def value(text: str) -> object:
    root, found = yaml.load(f"a: {text}", FILE)
    assert not found
    return plain(root)["a"]


@pytest.mark.parametrize("text", ["no", "on", "off", "yes", "12:30", "2026-01-01", "1_000", "0b1"])
def test_what_yaml_1_1_took_for_something_else_is_text(text: str) -> None:
    assert value(text) == text


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("~", None),
        ("null", None),
        ("True", True),
        ("-12", -12),
        ("0o10", 8),
        ("0x1F", 31),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("'5'", "5"),
        ('"null"', "null"),
        ("-.inf", float("-inf")),
    ],
)
def test_scalars_follow_the_core_schema(text: str, meaning: object) -> None:
    assert value(text) == meaning
    assert type(value(text)) is type(meaning)


def test_keys_are_always_text() -> None:
    root, _ = yaml.load("null: 1\ntrue: 2\n010: 3\non: 4", FILE)
    assert plain(root) == {"null": 1, "true": 2, "010": 3, "on": 4}


def test_byte_order_mark_and_windows_line_ends_change_no_place() -> None:
    text = "\ufeffa: 1\r\nb: &x 2\r\n"
    root, found = yaml.load(text, FILE)
    assert plain(root) == {"a": 1, "b": 2}
    assert [str(d.place) for d in found] == [f"{FILE}:2:4"]


def test_columns_count_characters() -> None:
    _, found = yaml.load("é𝄞: &x 2", FILE)
    assert [str(d.place) for d in found] == [f"{FILE}:1:5"]


def test_an_empty_file_says_nothing() -> None:
    assert yaml.load("# nothing yet\n", FILE) == (None, [])


@pytest.mark.parametrize(("code", "marked"), YAML)
def test_without_libyaml_the_same_mistakes_are_found(
    code: str, marked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "Parser", pyyaml.SafeLoader)
    text, line, _ = unmark(marked)
    _, found = yaml.load(text, FILE)
    assert [(d.code, d.place.line) for d in found if d.place] == [(code, line)]


@pytest.mark.parametrize(
    "text",
    ["a: one: two", "a: 'x' y", 'a: "x" + y', "a: 'x' || 'y'", "a: x # y\n  z", "a: [x # y]"],
)
def test_values_that_need_quotes_are_told_so(text: str) -> None:
    _, found = yaml.load(text, FILE)
    assert [d.code for d in found] == ["Y001"]
    assert "quote the whole value" in found[0].help
