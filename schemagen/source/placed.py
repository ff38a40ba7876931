"""Where objects stand, and what they are written as: kept for all, and looked at for a few.

Most objects are never asked about. So nothing is made for them but what is kept here, and that is
sorted by the objects' keys when it is first asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from schemagen.diagnostics import Place
from schemagen.kinds import Key
from schemagen.source.nodes import Entry, Map, Node

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from schemagen.kinds import Obj
    from schemagen.schema import Schema
    from schemagen.source.nodes import Late

    Stands = Entry | Node | Place
    Placed = tuple[Obj, Stands, Map | Late]  # an object, where it stands, its long form


def as_place(at: Stands) -> Place:
    """Give the place of what may be one already; an entry is where its key is."""
    at = at.key if isinstance(at, Entry) else at
    return at.place if isinstance(at, Node) else at


class Nodes:
    """What is kept of objects by their keys; of two of one key, of the first.

    They are sorted by their tables when one is first asked for, and only those of its table by key.
    """

    def __init__(self, placed: list[Placed]) -> None:
        """Look into a list, which may grow."""
        self._placed = placed
        self._sorted = 0
        self._homes: dict[str, list[int]] = {}
        self._first: dict[str, dict[Key, int]] = {}
        self._late: dict[str, tuple[Late, Callable[[], Iterable[tuple[Obj, Stands]]]]] = {}

    def recall(
        self, home: str, node: Late, stands: Callable[[], Iterable[tuple[Obj, Stands]]]
    ) -> None:
        """Take in what is remembered of a table, once it is asked about.

        Args:
            home: the table.
            node: gives the long form of its objects.
            stands: gives the objects, and where they stand.

        """
        self._late[home] = (node, stands)

    def all(self) -> Iterator[Placed]:
        """Go through all that is kept."""
        for home in [*self._late]:
            self._made(home)
        return iter(self._placed)

    def _made(self, home: str) -> None:
        if home in self._late:
            node, stands = self._late.pop(home)
            self._placed += ((obj, at, node) for obj, at in stands())

    def _of(self, key: Key) -> dict[Key, int]:
        """Give the numbers of what is in the same table as an object, or has its name."""
        self._made(key.table or key.name)
        for number in range(self._sorted, len(self._placed)):
            obj = self._placed[number][0]
            home = obj.table or obj.name
            self._homes.setdefault(home, []).append(number)
            self._first.pop(home, None)
        self._sorted = len(self._placed)
        home = key.table or key.name
        if home not in self._first:
            first: dict[Key, int] = {}
            for number in self._homes.get(home, ()):
                first.setdefault(self._placed[number][0].key, number)
            self._first[home] = first
        return self._first[home]

    def __contains__(self, key: Key) -> bool:
        """Say whether an object is written down."""
        return key in self._of(key)

    def __getitem__(self, key: Key) -> Map:
        """Give an object's long form, which is made when it is asked for."""
        number = self._of(key)[key]
        obj, at, node = self._placed[number]
        if not isinstance(node, Map):
            node = node()
            self._placed[number] = (obj, at, node)
        return node

    def at(self, key: Key) -> Stands:
        """Say where an object stands."""
        return self._placed[self._of(key)[key]][1]


class Places(Mapping["Key", Place]):
    """The places of objects, made when they are asked for."""

    def __init__(self, schema: Schema, nodes: Nodes) -> None:
        """Give places to the objects of a schema, in their order."""
        self._schema = schema
        self._nodes = nodes

    def __getitem__(self, key: Key) -> Place:
        """Give the place of an object."""
        if key not in self._schema:
            raise KeyError(key)
        return as_place(self._nodes.at(key))

    def __contains__(self, key: object) -> bool:
        """Say whether an object has a place."""
        return isinstance(key, Key) and key in self._schema

    def __iter__(self) -> Iterator[Key]:
        """Go through the objects in order."""
        return (obj.key for obj in self._schema)

    def __len__(self) -> int:
        """Count the objects."""
        return len(self._schema)
