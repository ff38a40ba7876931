"""Names of what an online change needs only on its way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.derived import NAME_BYTES
from schemagen.hashes import sha256

if TYPE_CHECKING:
    from collections.abc import Sequence


def aside(purpose: str, *parts: str) -> str:
    """Give a name such as `_full_lots_shift`.

    One that is cut, or that could be another table's, gets a hash that keeps it apart: functions of
    `a_b.c` and `a.b_c` live side by side.

    Args:
        purpose: what the object is for.
        parts: the names that tell it from others of that purpose.

    """
    return _apart(f"_{purpose}", parts)


def firing_last(purpose: str, *parts: str) -> str:
    """Give a trigger a name such as `zz_fill_lots_shift`.

    Triggers fire in the order of their names, and this one has to see what the others have made of
    the row.
    """
    return _apart(f"zz_{purpose}", parts)


def _apart(start: str, parts: Sequence[str]) -> str:
    tables = [part.replace(".", "_") for part in parts[:-1]]
    whole = "_".join((start, *tables, *parts[-1:]))
    if len(whole.encode()) <= NAME_BYTES and not any("_" in table for table in tables):
        return whole
    mark = sha256("\0".join(parts).encode()).hexdigest()[:8]
    return f"{whole.encode()[: NAME_BYTES - 9].decode(errors='ignore')}_{mark}"
