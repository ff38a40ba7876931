"""Objects by number, each definition once: most differ from others in table and name alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from schemagen.kinds import KINDS, Like, Obj, Options

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_OWN = {"table": "", "name": ""}  # the first two fields of each kind
_EACH = 3  # of an object: its definition, table and name


class UnfitError(Exception):
    """An object is not the same after it was written and read."""


class Pool:
    """Objects that are written down together, those that are equal under one number.

    Args:
        definitions: kinds and fields, as JSON has them.
        places: for each object its definition, table and name, one after the other.

    """

    def __init__(self, definitions: Sequence[Any] = (), places: Sequence[Any] = ()) -> None:
        """Make the objects."""
        self._definitions = list(definitions)
        self._places = list(places)
        made = [*map(_made, definitions)]
        known = zip(places[::_EACH], places[1::_EACH], places[2::_EACH], strict=True)
        self.objects = [made[number].under(table, name) for number, table, name in known]
        self._numbers = {id(obj): number for number, obj in enumerate(self.objects)}
        self._equal: dict[tuple[int, str, str], int] = {}
        self._held: list[Obj] = []  # so that no other object gets the identity of one of these
        self._same: dict[Like, int] = {}
        self._alike: dict[tuple[object, ...], int] = {}

    def numbers(self, objects: Iterable[Obj]) -> list[int]:
        """Give the numbers of objects; takes in those that are new. Raises UnfitError."""
        return [self._number(obj) for obj in objects]

    def data(self) -> dict[str, Any]:
        """Give what the pool is made from, as JSON has it."""
        return {"definitions": self._definitions, "places": self._places}

    def _number(self, obj: Obj) -> int:
        number = self._numbers.get(id(obj))
        if number is None:
            self._held.append(obj)
            place = (self._definition(obj), obj.table, obj.name)
            number = self._equal.setdefault(place, len(self.objects))
            if number == len(self.objects):
                self._places += place
                self.objects.append(obj)
                self._numbers[id(obj)] = number
        return number

    def _definition(self, obj: Obj) -> int:
        """Number what is left of an object without its table and name."""
        number = self._same.get(obj.like)
        if number is None:
            values = tuple(obj.__dict__.values())[len(_OWN) :]
            alike = (obj.kind, *map(_hashable, values))
            number = self._alike.get(alike)
            if number is None:
                number = self._alike[alike] = self._defined(obj)
            self._same[obj.like] = number
        return number

    def _defined(self, obj: Obj) -> int:
        fields = obj.model_dump(exclude=_OWN, exclude_defaults=True)
        definition = json.loads(json.dumps([obj.kind, fields]))
        if _made(definition) != obj.under(*_OWN.values()):
            raise UnfitError
        self._definitions.append(definition)
        return len(self._definitions) - 1


def _hashable(value: object) -> object:
    """Give a value to compare by; what holds mappings, which most share, by its identity."""
    return id(value) if isinstance(value, (dict, Options)) else value


def _made(definition: Sequence[Any]) -> Obj:
    kind, fields = definition
    return KINDS[kind].model_validate({**fields, **_OWN})
