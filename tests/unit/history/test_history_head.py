"""The head of a revision is read alike by both readers, whatever is edited in it."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import pytest

from schemagen.history import canonical_head
from schemagen.history.entry import body_hash
from schemagen.history.revision import Revision, parse
from schemagen.history.told import Told

HEAD = '''"""add_lots

Revision ID: 0002_add_lots
Revises: 0001_initial
Create Date: 2026-01-01 00:00:00.000000
Entry: 0002_add_lots.yaml
"""

import logging
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002_add_lots"
down_revision = "0001_initial"
branch_labels = None
depends_on = None


'''
FIRST = HEAD.replace(" 0001_initial", "").replace('"0001_initial"', "None")
ALONE = HEAD.replace("Entry: 0002_add_lots.yaml\n", "")
BODY = "def upgrade() -> None:\n    pass\n"
CHARACTERS = " \t\"'\\:=#\n\r\x00\x0cäa0_N.,(;\u00a0"
LINES = (
    *('"""', "", "# a comment", "import os", "import if", "Entry: x", 'revision = "x"', "x = 1"),
    *("down_revision = None", "depends_on = ('a', 'b')", "from alembic import op", "Revises: x"),
    *("def helper() -> None: ...", " import time", "import time", "branch_labels: None = None"),
)


@cache
def told(text: str) -> Told:
    """Give the entry that was written for this text."""
    return Told(f"schemagen: 1\nbody: {body_hash(text)}\n", "x.yaml")


def by_parser(text: str, monkeypatch: pytest.MonkeyPatch) -> object:
    with monkeypatch.context() as context:
        context.setattr(canonical_head, "read", lambda _: None)
        return parse(text, Path("x.py"), "x.py", told(text))


@pytest.mark.parametrize("head", [HEAD, FIRST, ALONE])
def test_what_the_template_writes_is_read_directly(
    head: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = head + BODY
    assert canonical_head.read(head)
    found = parse(text, Path("x.py"), "x.py", told(text))
    assert isinstance(found, Revision)
    assert found == by_parser(text, monkeypatch)


@pytest.mark.parametrize("head", [HEAD, FIRST, ALONE])
def test_edited_heads_are_read_alike(head: str, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random(head)
    direct = 0
    for _ in range(1500):
        text = edited(rng, head) + BODY
        direct += canonical_head.read(text[: -len(BODY)]) is not None
        found = parse(text, Path("x.py"), "x.py", told(text))
        assert found == by_parser(text, monkeypatch), text
    assert direct > 100


def edited(rng: random.Random, text: str) -> str:
    lines = text.splitlines(keepends=True)
    at, line, char = rng.randrange(len(text)), rng.randrange(len(lines)), rng.choice(CHARACTERS)
    return rng.choice(
        (
            text[:at] + text[at + 1 :],
            text[:at] + char + text[at:],
            text[:at] + char + text[at + 1 :],
            "".join((*lines[:line], *lines[line + 1 :])),
            "".join((*lines[:line], lines[line], *lines[line:])),
            "".join((*lines[:line], rng.choice(LINES) + "\n", *lines[line:])),
        )
    )
