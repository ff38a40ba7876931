"""Names of what an online change needs only on its way."""

from __future__ import annotations

import hashlib

from schemagen.derived import NAME_BYTES


def aside(purpose: str, *parts: str) -> str:
    """Give a name such as `_fill_lots_shift`.

    One that is cut, or that could be another table's, gets a hash that keeps it apart: functions of
    `a_b.c` and `a.b_c` live side by side.

    Args:
        purpose: what the object is for.
        parts: the names that tell it from others of that purpose.

    """
    whole = f"_{purpose}_{'_'.join(parts)}"
    if len(whole.encode()) <= NAME_BYTES and not any("_" in part for part in parts[:-1]):
        return whole
    mark = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:8]
    return f"{whole.encode()[: NAME_BYTES - 9].decode(errors='ignore')}_{mark}"
