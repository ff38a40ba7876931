"""The results as tables, written into a page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bench.scale import pace, plot
from bench.scale.claims import RIVALS, claims
from bench.scale.f2x import BARE
from bench.scale.ours import OURS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from bench.scale.results import Results, Row

PLACE = re.compile(r"(?<=<!-- scale -->\n).*?(?=<!-- end -->)", re.DOTALL)
PLOT = "scale.svg"
_TIMES = "\u00d7"
_SHORT = 10  # seconds below which hundredths are told
_CHECKS = tuple((f"{who}: check", who, "check") for who in RIVALS)
_WRITES = tuple((f"{who}: write", who, "write") for who in RIVALS)
_COLUMNS = (
    ("no change", (*((name, OURS, name) for name in ("check", "diff", "diff again")), *_CHECKS)),
    (
        "one column added",
        (
            ("diff", OURS, "diff +1"),
            ("generate", OURS, "generate +1"),
            ("generate again", OURS, "generate +1 again"),
            *_WRITES,
        ),
    ),
)
_OURS = ("check again", "diff +1 again", "models", "fmt")


def lines(results: Results) -> Iterator[str]:
    """Give the tables in Markdown."""
    yield from _promises(results)
    for title, columns in _COLUMNS:
        yield from _times(results, title, columns)
    yield from _memory(results)
    yield from _others(results)
    yield from _history(results)
    yield from _f2x(results)


def update(page: Path, results: Results) -> None:
    """Write the results between the two marks of a page, and the plot beside it."""
    about, limit = results.about, results.limit / 60
    paces = pace.said([paced for row in results.rows for paced in row.paces])
    made = (
        f"```sh\n{about['command']}\n```\n\n"
        f"{about['cores']} cores ({about['processor']}), {about['system']}, "
        f"Python {about['python']}; median of {about['repeat']} runs, of one if it took over a "
        f"minute; stopped after {limit:.0f} min. {paces}".rstrip()
        + "\n"
    )
    if results.sizes():
        drawn = plot.svg(results)
        (page.parent / PLOT).write_text(drawn, encoding="utf-8")
        made += f"\n![Time against the number of tables, both logarithmic]({PLOT})\n"
    body = "\n".join(lines(results))
    text = page.read_text(encoding="utf-8")
    text = PLACE.sub(lambda _: f"\n{made}\n{body}\n", text, count=1)
    page.write_text(text, encoding="utf-8")


def _promises(results: Results) -> Iterator[str]:
    yield from _head(["promise", "bound", "measured", ""], right=0)
    yield from map(str, claims(results))


def _times(results: Results, title: str, columns: Sequence[tuple[str, str, str]]) -> Iterator[str]:
    """Give a table of times, with how many times ours each other one took."""
    if not results.sizes():
        return
    yield ""
    yield from _head([f"{title}: tables", *(head for head, _, _ in columns)])
    mine = "diff" if columns[0][2] == "check" else "generate +1"
    for size in results.sizes():
        ours = results.find("scale", OURS, mine, size)
        cells = []
        for _, who, name in columns:
            row = results.find("scale", who, name, size)
            cells.append(_time(row) + (_times_ours(results, row, ours) if who != OURS else ""))
        yield _line([f"{size:,}", *cells])


def _memory(results: Results) -> Iterator[str]:
    columns = (
        *((name, OURS, name) for name in ("check", "diff", "diff again", "generate +1")),
        *_CHECKS,
        *_WRITES,
    )
    if results.sizes():
        yield ""
        yield from _head(["peak memory, MB: tables", *(head for head, _, _ in columns)])
    for size in results.sizes():
        rows = (results.find("scale", who, name, size) for _, who, name in columns)
        yield _line([f"{size:,}", *map(_peak, rows)])


def _others(results: Results) -> Iterator[str]:
    names = [n for n in _OURS if any(row.name == n and row.part == "scale" for row in results.rows)]
    if names:
        yield ""
        yield from _head(["other commands of ours: tables", *names])
        for size in results.sizes():
            cells = [_time(results.find("scale", OURS, name, size)) for name in names]
            yield _line([f"{size:,}", *cells])


def _history(results: Results) -> Iterator[str]:
    names = ("check", "check again", "diff", "diff again")
    for size in results.sizes("history"):
        yield ""
        yield from _head([f"{size:,} tables: revisions", *names])
        rows = [row for row in results.rows if (row.part, row.tables) == ("history", size)]
        for entries in sorted({row.entries for row in rows}):
            found = (results.find("history", OURS, name, size, entries) for name in names)
            yield _line([f"{entries:,}", *map(_time, found)])


def _f2x(results: Results) -> Iterator[str]:
    rows = [row for row in results.rows if row.part == "f2x"]
    if rows:
        yield ""
        yield from _head(["F2X", "time", "peak memory, MB"])
    for row in rows:
        name = BARE if row.contestant == BARE else f"{row.contestant}: {row.name}"
        yield _line([name, _time(row, 3), _peak(row)])


def _head(cells: Sequence[str], right: int = 1) -> Iterator[str]:
    yield _line(cells)
    yield f"|---|{('--:|' if right else '---|') * (len(cells) - 1)}"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _time(row: Row | None, digits: int = 2) -> str:
    if row is None:
        return ""
    if row.median is None:
        return row.note
    return f"{row.median:.{digits if row.median < _SHORT else 1}f} s"


def _peak(row: Row | None) -> str:
    return f"{row.peak:,.0f}" if row and row.peak else ""


def _times_ours(results: Results, row: Row | None, ours: Row | None) -> str:
    """Say how many times as long as ours it took."""
    if row is None or ours is None or not ours.median:
        return ""
    if row.median is None:
        least = results.limit / ours.median
        return f" (over {least:.0f}{_TIMES})" if row.note.startswith("over") else ""
    return f" ({row.median / ours.median:.1f}{_TIMES})"
