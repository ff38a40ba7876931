"""Names of what an online change needs only on its way."""

from __future__ import annotations

import hashlib

from schemagen.derived import NAME_BYTES


def aside(purpose: str, *parts: str) -> str:
    """Give a name such as `_fill_lots_shift`; a long one is cut, with a hash that keeps it apart.

    Args:
        purpose: what the object is for.
        parts: the names that tell it from others of that purpose.

    """
    whole = f"_{purpose}_{'_'.join(parts)}"
    if len(whole.encode()) <= NAME_BYTES:
        return whole
    mark = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:8]
    return f"{whole.encode()[: NAME_BYTES - 9].decode(errors='ignore')}_{mark}"
