"""The format of entries, and the way from older formats to this one.

Old entries are never rewritten; what is read of them is lifted, one function per step.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

FORMAT = 1

# STEPS[n] turns the data of format n into that of format n + 1.
STEPS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}


def lift(data: dict[str, Any], version: int) -> dict[str, Any]:
    """Give an entry's data in this format.

    Args:
        data: the entry as it was read.
        version: its format, at most FORMAT.

    """
    for step in range(version, FORMAT):
        data = STEPS[step](data)
    return data
