"""Time against size for every contestant, as an SVG."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from bench.scale.ours import OURS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.scale.results import Results

_PANELS = (
    (
        "No change",
        (
            (OURS, "diff", "schemagen diff", "#0b6e4f", "none"),
            (OURS, "diff again", "schemagen diff, again", "#0b6e4f", "5 4"),
            ("Alembic, SQLite", "check", "alembic check, SQLite", "#c8553d", "none"),
            ("Alembic, PostgreSQL", "check", "alembic check, PostgreSQL", "#c8553d", "5 4"),
            ("Django", "check", "makemigrations --check", "#3d5a98", "none"),
        ),
    ),
    (
        "One column added",
        (
            (OURS, "generate +1", "schemagen generate", "#0b6e4f", "none"),
            (OURS, "generate +1 again", "schemagen generate, with a cache", "#0b6e4f", "5 4"),
            ("Alembic, SQLite", "write", "alembic --autogenerate, SQLite", "#c8553d", "none"),
            ("Alembic, PostgreSQL", "write", "the same, PostgreSQL", "#c8553d", "5 4"),
            ("Django", "write", "makemigrations", "#3d5a98", "none"),
        ),
    ),
)
_WIDTH, _HEIGHT, _LEFT, _TOP, _GAP, _LEGEND = 330, 260, 60, 40, 70, 110
_MARKS = "  <g font-family='sans-serif' font-size='11' fill='#333'>"


@dataclass(frozen=True, slots=True)
class _Scale:
    """Powers of ten along a side.

    Args:
        low: the exponent at its begin.
        high: the exponent at its end.
        length: of the side.

    """

    low: int
    high: int
    length: float

    @classmethod
    def over(cls, values: list[float], length: float) -> _Scale:
        """Cover some values."""
        low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
        return cls(low, max(high, low + 1), length)

    def at(self, value: float) -> float:
        """Say how far along the side a value is."""
        return (math.log10(value) - self.low) / (self.high - self.low) * self.length

    def powers(self) -> list[float]:
        """Give the values that are written at the side."""
        return [10.0**exponent for exponent in range(self.low, self.high + 1)]


def svg(results: Results) -> str:
    """Draw it."""
    rows = [row for row in results.rows if row.part == "scale" and row.median]
    times = [row.median for row in rows if row.median] or [1.0]
    across = _Scale.over([float(size) for size in results.sizes()], _WIDTH)
    up = _Scale.over(times, _HEIGHT)
    width = _LEFT + 2 * _WIDTH + _GAP + 30
    height = _TOP + _HEIGHT + 40 + _LEGEND
    box = f"width='{width}' height='{height}' viewBox='0 0 {width} {height}'"
    parts = [f"<svg xmlns='http://www.w3.org/2000/svg' {box}>"]
    parts += ["  <rect width='100%' height='100%' fill='white'/>", _MARKS]
    for number, (title, series) in enumerate(_PANELS):
        left = _LEFT + number * (_WIDTH + _GAP)
        parts += _frame(left, title, across, up)
        for place, (who, name, label, colour, dashes) in enumerate(series):
            style = f"stroke='{colour}' stroke-dasharray='{dashes}' stroke-width='2' fill='none'"
            points = [
                (left + across.at(size), _TOP + _HEIGHT - up.at(median))
                for size, median in _medians(results, who, name)
            ]
            parts += _series(points, style, colour)
            parts += _key(left, place, label, style)
    return "\n".join((*parts, "  </g>", "</svg>", ""))


def _medians(results: Results, who: str, name: str) -> Iterator[tuple[int, float]]:
    for size in results.sizes():
        row = results.find("scale", who, name, size)
        if row and row.median:
            yield size, row.median


def _series(points: list[tuple[float, float]], style: str, colour: str) -> Iterator[str]:
    if points:
        yield f"    <polyline points='{' '.join(f'{x:.1f},{y:.1f}' for x, y in points)}' {style}/>"
    for x, y in points:
        yield f"    <circle cx='{x:.1f}' cy='{y:.1f}' r='3' fill='{colour}'/>"


def _frame(left: float, title: str, across: _Scale, up: _Scale) -> Iterator[str]:
    """Draw the grid, and what stands at it."""
    bottom, line = _TOP + _HEIGHT, "stroke='#ddd'"
    yield f"    <text x='{left}' y='{_TOP - 15}' font-size='14'>{title}</text>"
    for value in across.powers():
        x = left + across.at(value)
        yield f"    <path d='M{x:.1f} {_TOP}V{bottom}' {line}/>"
        yield f"    <text x='{x:.1f}' y='{bottom + 16}' text-anchor='middle'>{value:,.0f}</text>"
    for value in up.powers():
        y = bottom - up.at(value)
        yield f"    <path d='M{left} {y:.1f}h{_WIDTH}' {line}/>"
        yield f"    <text x='{left - 6}' y='{y + 4:.1f}' text-anchor='end'>{value:g} s</text>"
    yield f"    <text x='{left + _WIDTH / 2}' y='{bottom + 32}' text-anchor='middle'>tables</text>"


def _key(left: float, place: int, label: str, style: str) -> Iterator[str]:
    y = _TOP + _HEIGHT + 56 + 18 * place
    yield f"    <path d='M{left} {y - 4}h30' {style}/>"
    yield f"    <text x='{left + 38}' y='{y}'>{escape(label)}</text>"
