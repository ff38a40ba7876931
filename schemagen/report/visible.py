"""Text of users made safe for a terminal, and how wide it is there."""

from __future__ import annotations

import unicodedata

TAB = "    "
# Control, surrogate, line and paragraph separator; of the formats, those that reorder text.
_HIDDEN = ("Cc", "Cs", "Zl", "Zp")
_REORDERING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def visible(text: str) -> str:
    r"""Give the text with tabs as spaces and control characters written out: `\x1b`."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(char) for char in text)


def _shown(char: str) -> str:
    if char == "\t":
        return TAB
    if unicodedata.category(char) in _HIDDEN or char in _REORDERING:
        return char.encode("unicode_escape").decode("ascii")
    return char


def width(text: str) -> int:
    """Count the terminal cells of a visible text: wide characters take two, combining ones none."""
    return len(text) if text.isascii() else sum(_cells(char) for char in text)


def _cells(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1
