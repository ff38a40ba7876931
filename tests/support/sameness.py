"""Two catalogs, or the rows of two moments, are the same: else the test fails and says where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.db.catalog import differences
from support.rows import in_order

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schemagen.db.catalog import Catalog
    from support.rows import Rows
    from support.tracks import Place


def same_catalog(a: Catalog, b: Catalog, first: str, second: str) -> None:
    """Compare two catalogs; `first` and `second` are what the message calls them."""
    found = differences(a, b, first, second)
    assert not found, "\n".join(found)


def same_rows(before: Rows, after: Rows, places: Mapping[Place, Place]) -> None:
    """Compare the values of columns, given by where they were and where they are."""
    for table in sorted({place[0] for place in places}):
        mine = {p[1]: q for p, q in places.items() if p[0] == table}
        there = after[next(iter(mine.values()))[0]]
        old = in_order({name: row[name] for name in mine} for row in before[table])
        new = in_order({name: row[q[1]] for name, q in mine.items()} for row in there)
        assert old == new, f"rows of {table} changed"
