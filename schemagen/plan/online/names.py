"""Names of what an online change needs only on its way, and PostgreSQL's own derived names."""

from __future__ import annotations

import hashlib

NAME_BYTES = 63


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


def derived(table: str, column: str, label: str) -> str:
    """Give the name that PostgreSQL derives itself (its `makeObjectName`): `lots_id_seq`."""
    one, two = len(table.encode()), len(column.encode())
    room = NAME_BYTES - len("__") - len(label)
    while one + two > room:
        one, two = (one - 1, two) if one > two else (one, two - 1)
    return f"{_clipped(table, one)}_{_clipped(column, two)}_{label}"


def _clipped(name: str, size: int) -> str:
    return name.encode()[:size].decode(errors="ignore")
