"""Directions on SQLite, which has no schemas: `billing.invoices` is its table `invoices`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.changes import Add, Alter, Drop, Rename
from schemagen.records import replace
from schemagen.schema import flattened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from schemagen.changes import Change
    from schemagen.directions import Direction, Directions
    from schemagen.kinds import Key


def flat_key(key: Key, moved: Mapping[str, str]) -> Key:
    """Give the key that an object has on SQLite.

    Args:
        key: the object's key.
        moved: the tables' names there, where they differ.

    """
    if key.kind == "table":
        return key._replace(name=moved.get(key.name, key.name))
    return key._replace(table=moved.get(key.table, key.table))


def flat_directions(directions: Directions, moved: Mapping[str, str]) -> dict[Key, Direction]:
    """Give the directions under the keys of SQLite; a move between schemas is no rename there."""
    found: dict[Key, Direction] = {}
    for key, direction in directions.items():
        there = flat_key(key, moved)
        if key.kind == "table":
            olds = (moved.get(old, old) for old in direction.renamed_from)
            kept = tuple(old for old in olds if old != there.name)
            found[there] = replace(direction, renamed_from=kept)
        else:
            found[there] = direction
    return found


def flat_changes(changes: Iterable[Change], moved: Mapping[str, str]) -> Iterator[Change]:
    """Give changes as SQLite would have them; a move between schemas is none."""
    for change in changes:
        if isinstance(change, Add):
            yield Add(flattened(change.new, moved))
        elif isinstance(change, Drop):
            yield Drop(flattened(change.old, moved))
        elif isinstance(change, Alter):
            yield _alter(change, moved)
        else:
            old, new = flattened(change.old, moved), flattened(change.new, moved)
            if old.key != new.key:
                yield Rename(old, new, tuple(_alter(each, moved) for each in change.carried))


def _alter(change: Alter, moved: Mapping[str, str]) -> Alter:
    return Alter(flattened(change.old, moved), flattened(change.new, moved))
