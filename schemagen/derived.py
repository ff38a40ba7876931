"""Names that PostgreSQL derives itself, as for the sequence of a serial column."""

from __future__ import annotations

from schemagen.qualified import bare

NAME_BYTES = 63


def derived(table: str, column: str, label: str) -> str:
    """Give the name that PostgreSQL derives (its `makeObjectName`): `lots_id_seq`."""
    table = bare(table)
    one, two = len(table.encode()), len(column.encode())
    room = NAME_BYTES - len("__") - len(label)
    while one + two > room:
        one, two = (one - 1, two) if one > two else (one, two - 1)
    return f"{_clipped(table, one)}_{_clipped(column, two)}_{label}"


def _clipped(name: str, size: int) -> str:
    return name.encode()[:size].decode(errors="ignore")
