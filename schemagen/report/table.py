"""Rows of words in columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.report.visible import visible, width

if TYPE_CHECKING:
    from collections.abc import Sequence


def table(rows: Sequence[Sequence[str]]) -> str:
    """Lay rows out, each column as wide as its widest word, the first row being the heading."""
    shown = [[visible(word) for word in row] for row in rows]
    widths = [max(map(width, column)) for column in zip(*shown, strict=True)]
    lines = (
        "  ".join(word + " " * (wide - width(word)) for word, wide in zip(row, widths, strict=True))
        for row in shown
    )
    return "\n".join(line.rstrip() for line in lines)
