"""What is promised, and whether this run keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.scale.f2x import BARE
from bench.scale.ours import OURS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.scale.results import Results, Row

RIVALS = ("Alembic, SQLite", "Alembic, PostgreSQL", "Django")
_MANY, _MOST = 1_000, 10_000


@dataclass(frozen=True, slots=True)
class Claim:
    """A promise.

    Args:
        text: what is promised.
        measured: the number that was found; None when it was not measured.
        bound: what it may be at most.
        unit: of both.
        at_most: whether the number is only known to be below `measured`.

    """

    text: str
    measured: float | None
    bound: float
    unit: str = ""
    at_most: bool = False

    @property
    def verdict(self) -> str:
        """Say whether it is kept."""
        if self.measured is None:
            return "not measured"
        if self.measured <= self.bound:
            return "met"
        return "not known" if self.at_most else "not met"

    def __str__(self) -> str:
        """Give a row of the table."""
        found = "" if self.measured is None else f"{self.measured:.3g}{self.unit}"
        sign = "< " if self.at_most and found else ""
        bound = f"{self.bound:,.4g}{self.unit}"
        return f"| {self.text} | at most {bound} | {sign}{found} | {self.verdict} |"


def claims(results: Results) -> Iterator[Claim]:
    """Give all of them."""
    yield from _f2x(results)
    yield from _one_column(results)
    yield from _growth(results)


def _f2x(results: Results) -> Iterator[Claim]:
    size = max(results.sizes("f2x"), default=0)
    for name in ("diff", "check"):
        for rival in RIVALS[:2]:
            mine = results.find("f2x", OURS, name, size)
            theirs = results.find("f2x", rival, "check", size)
            text = f"F2X, no cache: `schemagen {name}` to `alembic check` ({rival[9:]})"
            yield _ratio(results, text, mine, theirs, 0.25)
    helped = _median(results.find("f2x", OURS, "--help", size))
    bare = _median(results.find("f2x", BARE, "start", size))
    more = None if helped is None or bare is None else helped - bare
    yield Claim("`schemagen --help`, more than bare Python", more, 0.12, " s")


def _one_column(results: Results) -> Iterator[Claim]:
    for size, bound in ((100, 0.25), (_MANY, 0.10)):
        mine = results.find("scale", OURS, "generate +1 again", size)
        for rival in RIVALS:
            theirs = results.find("scale", rival, "write", size)
            text = f"one column added to {size:,} tables: `generate` again to {rival}"
            yield _ratio(results, text, mine, theirs, bound)


def _growth(results: Results) -> Iterator[Claim]:
    many, most = (results.find("scale", OURS, "diff", size) for size in (_MANY, _MOST))
    text = f"`diff` with no change at {_MANY:,} tables"
    yield Claim(text, _median(many), 1, " s")
    yield _ratio(results, f"the same at {_MOST:,} tables, to that", most, many, 11)
    yield Claim(f"its peak memory at {_MOST:,}", most.peak if most else None, 1000, " MB")
    for size, first in ((_MANY, many), (_MOST, most)):
        again = results.find("scale", OURS, "diff again", size)
        text = f"a second `diff` at {size:,} tables, to the first"
        yield _ratio(results, text, again, first, 0.5)
    short, long = (results.find("history", OURS, "diff", _MANY, n) for n in (1, _MANY))
    text = f"`diff` of {_MANY:,} tables with {_MANY:,} revisions, to that with one"
    yield _ratio(results, text, long, short, 1.3)


def _ratio(results: Results, text: str, mine: Row | None, theirs: Row | None, most: float) -> Claim:
    """Compare two; one that was stopped took at least as long as the limit."""
    one, two = _median(mine), _median(theirs)
    stopped = theirs is not None and theirs.note.startswith("over")
    if two is None and stopped:
        two = results.limit
    if one is None or two is None:
        return Claim(text, None, most)
    return Claim(text, one / two, most, at_most=stopped)


def _median(row: Row | None) -> float | None:
    return row.median if row else None
