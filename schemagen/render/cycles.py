"""Foreign keys that close a circle of tables: they come once all of its tables are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from schemagen.kinds import ForeignKey, Key


def late(tables: Iterable[str], references: Iterable[ForeignKey]) -> frozenset[Key]:
    """Give the keys to leave out for a while: without them no circle is left.

    In a circle, they are those that lead to a table which stands later.

    Args:
        tables: the names of the tables, in their order.
        references: the foreign keys of these tables.

    """
    rank = {table: place for place, table in enumerate(tables)}
    targets: dict[str, set[str]] = {table: set() for table in rank}
    keys = [key for key in references if key.references.table in rank]
    for key in keys:
        targets[key.table].add(key.references.table)
    circle = _circles(targets)
    forward = (key for key in keys if rank[key.references.table] > rank[key.table])
    return frozenset(k.key for k in forward if circle[k.table] == circle[k.references.table])


def _circles(targets: Mapping[str, set[str]]) -> dict[str, str]:
    """Give each table one that stands for all in circles with it: Kosaraju's two walks."""
    sources: dict[str, set[str]] = {table: set() for table in targets}
    for table, theirs in targets.items():
        for target in theirs:
            sources[target].add(table)
    circle: dict[str, str] = {}
    for first in reversed(_finished(targets)):
        waiting = [first]
        while waiting:
            table = waiting.pop()
            if table not in circle:
                circle[table] = first
                waiting += sources[table]
    return circle


def _finished(targets: Mapping[str, set[str]]) -> list[str]:
    """Give the tables in the order in which a walk in depth is done with them."""
    seen: set[str] = set()
    done: list[str] = []
    for first in targets:
        waiting = [(first, False)]
        while waiting:
            table, behind = waiting.pop()
            if behind:
                done.append(table)
            elif table not in seen:
                seen.add(table)
                waiting.append((table, True))
                waiting += ((target, False) for target in targets[table])
    return done
