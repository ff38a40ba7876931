"""Pieces of an entry's text that are read by themselves, as they would be within the whole.

The reader of plain YAML goes line by line, and what is indented further than the piece's first line
is its own. So a piece means the same anywhere, but for an empty line or a comment, which may belong
to what stands around it.
"""

from __future__ import annotations

import re
from sys import intern
from typing import TYPE_CHECKING

from schemagen.patterns import pattern
from schemagen.source import plainyaml

if TYPE_CHECKING:
    from schemagen.source.nodes import Node

# Text without quotes; as a value it must not be one of the words. Keys are always text.
NAME = r"[^\W\d][\w.]{0,200}+"
VALUE = rf"(?!(?:null|Null|NULL|true|True|TRUE|false|False|FALSE)\n){NAME}"
KEY = rf"{NAME}|'[^'\n]{{0,200}}'"
REMEMBERED = 8192  # pieces, for each of their readers
_GAP = pattern(r"^ *(?:#|$)", re.MULTILINE)


def bare(key: str) -> str:
    """Give the name that a key stands for; the same object for each name."""
    return intern(key.strip("'"))


def read(piece: str, indent: int) -> Node | None:
    """Read a piece, lines that end with LF; None when only the whole can be read.

    Args:
        piece: its text.
        indent: by how many spaces all of its lines are indented at least.

    """
    text = piece.removeprefix(" " * indent).replace("\n" + " " * indent, "\n")
    return None if _GAP.search(text, 0, len(text) - 1) else plainyaml.read(text, "")
