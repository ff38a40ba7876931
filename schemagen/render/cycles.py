"""Foreign keys that close a circle of tables: they come once all of its tables are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.kinds import ForeignKey, Key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schemagen.schema import Schema


def late(schema: Schema) -> frozenset[Key]:
    """Give the keys to leave out for a while: without them no circle is left.

    In a circle, they are those that lead to a table which stands later in the schema.
    """
    rank = {table: place for place, table in enumerate(schema.tables)}
    targets: dict[str, set[str]] = {table: set() for table in rank}
    keys = [obj for obj in schema if isinstance(obj, ForeignKey) and obj.references.table in rank]
    for key in keys:
        targets[key.table].add(key.references.table)
    forward = [key for key in keys if rank[key.references.table] > rank[key.table]]
    back = {table: _reached(table, targets) for table in {k.references.table for k in forward}}
    return frozenset(key.key for key in forward if key.table in back[key.references.table])


def _reached(start: str, targets: Mapping[str, set[str]]) -> set[str]:
    """Give the tables that a chain of foreign keys leads to."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        new = targets[waiting.pop()] - found
        found |= new
        waiting += new
    return found
