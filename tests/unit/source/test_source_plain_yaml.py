"""The reader of plain YAML has the parser's answer, or none."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from schemagen.source import events, plainyaml
from schemagen.source.nodes import Map, Node, Scalar, Seq

ROOT = Path(__file__).parents[3]
PIECES = (
    *("?", ": ", ":", " #", "# x", "- ", "-", "'", '"', "''", '\\"', "[", "]", "{", "}", ",", "\n"),
    *("  ", " ", "\t", "&a ", "*a", "!!str ", "<<", "|", ">", "---\n", "...\n", "%", "@", "`"),
    *("010", "-1", "null", "~", "é", "\x85", "\u2028", "\ufeff", "\0", "a: b", "\nkey: value\n"),
)


def _texts() -> list[str]:
    pages = [*(ROOT / "tests/cases").glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    blocks = [
        part
        for page in sorted(pages)
        for block in re.findall(r"```ya?ml.*?\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
        for part in re.split(r"^---\n", block, flags=re.MULTILINE)
    ]
    folders = (ROOT / "schema", ROOT / "backend")
    files = [path for folder in folders for path in sorted(folder.rglob("*.yaml"))]
    return list(dict.fromkeys([*blocks, *(path.read_text("utf-8") for path in files)]))


TEXTS = _texts()
SMALL = [text for text in TEXTS if len(text) < 3000]


def _shown(node: Node | None) -> object:
    if isinstance(node, Scalar):
        return node.file, node.span, node.text, node.style
    if isinstance(node, Map):
        entries = [(name, _shown(e.key), _shown(e.value)) for name, e in node]
        return node.file, node.span, node.flow, entries
    if isinstance(node, Seq):
        return node.file, node.span, node.flow, [_shown(item) for item in node.items]
    return type(node)


def _same(text: str) -> bool:
    """Say whether the text is plain, and see that both readers read the same."""
    plain = plainyaml.read(text, "f.yaml")
    if plain is None:
        return False
    root, found = events.load(text, "f.yaml")
    assert found == [], text
    assert _shown(plain) == _shown(root), text
    return True


def _garbled(rng: random.Random, text: str) -> str:
    for _ in range(rng.choice((1, 1, 2, 4))):
        lines = text.split("\n")
        at, line = rng.randrange(len(text) + 1), rng.randrange(len(lines))
        match rng.randrange(5):
            case 0:
                text = text[:at] + text[at + rng.randint(1, 3) :]
            case 1:
                text = text[:at] + rng.choice(PIECES) + text[at:]
            case 2:
                lines[line] += rng.choice(PIECES)
                text = "\n".join(lines)
            case 3:
                lines[line] = rng.choice(("", " ", "  ", "- ")) + lines[line].removeprefix("  ")
                text = "\n".join(lines)
            case _:
                lines.insert(rng.randrange(len(lines)), lines.pop(line))
                text = "\n".join(lines)
    return text


def test_most_of_what_is_written_is_plain() -> None:
    assert sum(map(_same, TEXTS)) > 0.9 * len(TEXTS)


@pytest.mark.parametrize("seed", range(4))
def test_garbled_texts_are_read_alike(seed: int) -> None:
    rng = random.Random(seed)
    assert sum(_same(_garbled(rng, rng.choice(SMALL))) for _ in range(400)) > 50


def _value(rng: random.Random, depth: int) -> str:
    scalars = (
        "a",
        "a b",
        "-1",
        "1.5",
        "'it''s'",
        '"x: #"',
        '"a\\"b\\\\c\\nd"',
        "a:b",
        "b#c",
        "x::text",
        "",
        "''",
        "é",
    )
    if depth and rng.random() < 0.4:
        items = [_value(rng, depth - 1) or "x" for _ in range(rng.randrange(4))]
        if rng.random() < 0.5:
            return f"[{', '.join(items)}]"
        return "{" + ", ".join(f"k{i}: {item}" for i, item in enumerate(items)) + "}"
    return rng.choice(scalars)


def _text(rng: random.Random, indent: int, i: int) -> list[str]:
    """Give a block scalar."""
    inner = " " * (indent + rng.choice((1, 2, 4)))
    texts = rng.choices(("a", "b: c", "# d", "'e'", " f", "g ", ""), (9, 9, 3, 3, 1, 1, 1), k=3)
    header = rng.choice(("|", ">", "|-", ">-", ">-", ">+", "| # x"))
    return [f"{' ' * indent}k{i}: {header}", *(inner + text for text in texts)]


def _block(rng: random.Random, indent: int, depth: int) -> list[str]:
    lines = []
    listed = rng.random() < 0.3
    for i in range(rng.randint(1, 4)):
        if not listed and rng.random() < 0.15:
            lines += _text(rng, indent, i)
            continue
        head = " " * indent + ("- " if listed else rng.choice((f"k{i}:", f"'k {i}':", f'"k{i}":')))
        nested = depth and rng.random() < 0.4
        if listed:
            lines.append(head + (f"k: {_value(rng, 1)}" if nested else _value(rng, 2) or "x"))
        elif nested:
            lines += [head, *_block(rng, indent + rng.choice((0, 2, 2, 3)), depth - 1)]
        else:
            lines.append(f"{head} {_value(rng, 2)}".rstrip())
        if rng.random() < 0.2:
            lines.append(rng.choice(("", "# a comment", "      # another", "   ")))
    return lines


@pytest.mark.parametrize("seed", range(4))
def test_random_trees_are_read_alike(seed: int) -> None:
    rng = random.Random(seed)
    texts = ("\n".join(_block(rng, 0, 3)) + rng.choice(("\n", "", "\n\n")) for _ in range(300))
    assert sum(map(_same, texts)) > 50
