"""Where objects stand, and what they are written as: kept for all, and looked at for a few.

Most objects are never asked about. So nothing is made for them but what is kept here, and that is
sorted by the objects' keys when it is first asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from schemagen.diagnostics import Place
from schemagen.source.nodes import Map, Node, Span, place_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from schemagen.kinds import Key, Obj
    from schemagen.source.nodes import Late

    Placed = tuple[Obj, Node | Place, Map | Late]  # an object, where it stands, its long form


def as_place(at: Node | Place) -> Place:
    """Give the place of what may be one already."""
    return at.place if isinstance(at, Node) else at


class Nodes:
    """What is kept of objects by their keys; of two of one key, of the first."""

    def __init__(self, placed: list[Placed]) -> None:
        """Look into a list, which may grow."""
        self._placed = placed
        self._sorted = 0
        self._first: dict[Key, int] = {}

    def _by_key(self) -> dict[Key, int]:
        for number in range(self._sorted, len(self._placed)):
            self._first.setdefault(self._placed[number][0].key, number)
        self._sorted = len(self._placed)
        return self._first

    def __contains__(self, key: Key) -> bool:
        """Say whether an object is written down."""
        return key in self._by_key()

    def __getitem__(self, key: Key) -> Map:
        """Give an object's long form, which is made when it is asked for."""
        number = self._by_key()[key]
        obj, at, node = self._placed[number]
        if not isinstance(node, Map):
            node = node()
            self._placed[number] = (obj, at, node)
        return node

    def at(self, key: Key) -> Node | Place:
        """Say where an object stands."""
        return self._placed[self._by_key()[key]][1]

    def places(self, keys: Iterable[Key]) -> Places:
        """Give the places of some objects, in order."""
        first, placed = self._by_key(), self._placed
        return Places({key: _where(placed[first[key]][1]) for key in keys})


def _where(at: Node | Place) -> tuple[str, Span] | Place:
    """Give what a place is made from, without the node that has it, and so its file's tree."""
    return (at.file, at.span) if isinstance(at, Node) else at


class Places(Mapping["Key", Place]):
    """The places of objects, made when they are asked for."""

    def __init__(self, found: dict[Key, tuple[str, Span] | Place]) -> None:
        """Keep what places are made from."""
        self._found = found

    def __getitem__(self, key: Key) -> Place:
        """Give the place of an object."""
        said = self._found[key]
        return said if isinstance(said, Place) else place_of(*said)

    def __contains__(self, key: object) -> bool:
        """Say whether an object has a place."""
        return key in self._found

    def __iter__(self) -> Iterator[Key]:
        """Go through the objects in order."""
        return iter(self._found)

    def __len__(self) -> int:
        """Count the objects."""
        return len(self._found)
