"""How fast the machine is just now: other work on it, or its host's, makes all commands slower."""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

_TURNS = 200_000
_MILLI = 1_000


def pace() -> float:
    """Time a fixed piece of Python; give the seconds."""
    began, found = time.perf_counter(), 0
    for turn in range(_TURNS):
        found += turn % 7
    return time.perf_counter() - began


def said(paces: Collection[float]) -> str:
    """Tell what was found, in a sentence; nothing was, in results of long ago."""
    if not paces:
        return ""
    least, middle, most = (f(paces) * _MILLI for f in (min, statistics.median, max))
    return (
        f"Before each run a fixed piece of Python was timed: it took {least:.0f} ms at its "
        f"fastest, {middle:.0f} ms at the median, and {most:.0f} ms at its slowest."
    )
