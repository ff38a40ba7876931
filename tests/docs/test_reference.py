"""The reference is complete: every command, every diagnostic and every key has its line."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from support import pages

from schemagen import source
from schemagen.cli import COMMANDS, main
from schemagen.kinds import Options
from schemagen.source import vocabulary
from schemagen.types import TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    import click
    from support.pages import Block

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
GUIDE = (DOCS / "guide.md").read_text("utf-8")
DIAGNOSTICS = (DOCS / "diagnostics.md").read_text("utf-8")
LANGUAGE = DOCS / "language.md"
EXAMPLES = [block for block in pages.blocks(LANGUAGE) if block.words == "yaml"]
OTHERS = {
    "lots.yaml": "table: lots\ncolumns: {id: bigint pk identity, code: varchar(50) unique}\n",
    "users.yaml": "table: users\ncolumns: {id: bigint pk identity}\n",
    "enums.yaml": "enums: {step_result: [PASS, FAIL]}\n",
    "mixins.yaml": "mixins: {timestamps: {columns: {created_at: timestamptz}}}\n",
}
CODE = re.compile(r"[YSNPRGHCLVD]\d{3}")


def loaded(text: str) -> dict[str, object]:
    return yaml.load(text, yaml.CSafeLoader)  # the other one takes `integer?` for a key


def command(name: str) -> click.Command:
    with main.make_context("schemagen", [], resilient_parsing=True) as context:
        found = main.get_command(context, name)
    assert found is not None
    return found


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_guide(name: str) -> None:
    assert f"schemagen {name}" in GUIDE


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_each_of_its_options_has_help(name: str) -> None:
    it = command(name)
    assert it.short_help == COMMANDS[name]
    assert it.help
    options = [option for option in it.params if option.param_type_name == "option"]
    assert [option.name for option in options if not getattr(option, "help", "")] == []


def test_the_diagnostics_page_lists_exactly_the_codes_that_there_are() -> None:
    listed = re.findall(r"^\| (\w\d+) \|", DIAGNOSTICS, re.MULTILINE)
    assert sorted(listed) == sorted(set(listed))
    assert set(listed) == set(codes())


def codes() -> Iterator[str]:
    """Find the codes in the source: each is a string of its own."""
    for file in (ROOT / "schemagen").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            text = node.value if isinstance(node, ast.Constant) else None
            if isinstance(text, str) and CODE.fullmatch(text):
                yield text


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda block: f"line {block.line}")
def test_every_example_of_the_language_is_sound(example: Block) -> None:
    mine = loaded(example.text)
    others = {
        k: t for k, t in OTHERS.items() if not {"enums", "mixins"} & set(mine) & set(loaded(t))
    }
    if "table" in mine:  # there, `mixins` are those that it has
        others = OTHERS
    found = source.parse({**others, "example.yaml": example.text})
    assert [str(diagnostic) for diagnostic in found.diagnostics] == []


def test_every_key_has_an_example() -> None:
    shown = {key for example in EXAMPLES for key in keys(loaded(example.text))}
    options = {info.alias or name for name, info in Options.model_fields.items()}
    known = {
        *vocabulary.table_keys(),
        *vocabulary.COLUMN,
        *vocabulary.REFERENCES,
        *vocabulary.ENUM,
        *vocabulary.ENUM_VALUE,
        *vocabulary.SEQUENCE,
        *vocabulary.FILE,
        *vocabulary.ITEM,
        *options,
        *(key for kind in vocabulary.sections().values() for key in vocabulary.section_keys(kind)),
    }
    assert known - shown == set()


def keys(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
        for each in value.values():
            yield from keys(each)
    elif isinstance(value, list):
        for each in value:
            yield from keys(each)


def test_every_type_is_named() -> None:
    text = LANGUAGE.read_text("utf-8")
    types = text[text.index("## Types") : text.index("## Keys")]
    assert {name for name in TYPES if not re.search(rf"`{name}(?:\(.*?\))?`", types)} == set()


@pytest.mark.parametrize(
    "page", [ROOT / "README.md", *sorted(DOCS.glob("*.md"))], ids=lambda p: p.stem
)
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\((?!https?:)([^)]+)\)", text):
        file, _, anchor = target.partition("#")
        there = (page.parent / file) if file else page
        assert there.is_file(), target
        assert not anchor or anchor in anchors(there), target


def anchors(page: Path) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}
