"""What tables hold, each definition once: most objects differ in table and name alone."""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING, Any

from schemagen.kinds import KINDS, Obj, Options

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_OWN = {"table": "", "name": ""}  # the first two fields of each kind


class UnfitError(Exception):
    """An object is not the same after it was written and read."""


class Pool:
    """Runs of objects that are written down together, those that are equal under one number.

    Args:
        definitions: kinds and fields, as JSON has them.
        runs: for each run the table, and then for each object its definition and name.

    """

    def __init__(self, definitions: Iterable[Any] = (), runs: Iterable[list[Any]] = ()) -> None:
        """Make the objects."""
        self._definitions = list(definitions)
        self._written = list(runs)
        made = [(_made(each), each[0] != "table") for each in self._definitions]
        self.runs = [_run(run, made) for run in self._written]
        self._numbers = {id(run): number for number, run in enumerate(self.runs)}
        self._held: list[list[Obj]] = []  # so that no other gets the identity of one of these
        self._same = {obj.like: number for number, (obj, _) in enumerate(made)}
        self._made = [obj for obj, _ in made]

    @cached_property
    def _equal(self) -> dict[tuple[Any, ...], int]:
        return {tuple(run): number for number, run in enumerate(self._written)}

    @cached_property
    def _alike(self) -> dict[tuple[object, ...], int]:
        return {_bare(obj): number for number, obj in enumerate(self._made)}

    def number(self, home: str, objects: list[Obj]) -> int:
        """Give the number of a run; takes it in if it is new. Raises UnfitError.

        Args:
            home: the table that the objects are in, or are; "" if there is none.
            objects: the run.

        """
        number = self._numbers.get(id(objects))
        if number is None:
            self._held.append(objects)
            words = (word for obj in objects for word in (self._definition(obj), obj.name))
            written = [home, *words]
            number = self._equal.setdefault(tuple(written), len(self.runs))
            if number == len(self.runs):
                self._written.append(written)
                self.runs.append(objects)
            self._numbers[id(objects)] = number
        return number

    def data(self) -> dict[str, Any]:
        """Give what the pool is made from, as JSON has it."""
        return {"definitions": self._definitions, "runs": self._written}

    def _definition(self, obj: Obj) -> int:
        """Number what is left of an object without its table and name."""
        number = self._same.get(obj.like)
        if number is None:
            alike = _bare(obj)
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


def _bare(obj: Obj) -> tuple[object, ...]:
    """Give what is left of an object without its table and name, to compare by."""
    return (obj.kind, *map(_hashable, tuple(obj.__dict__.values())[len(_OWN) :]))


def _hashable(value: object) -> object:
    """Give a value to compare by; what holds mappings, which most share, by its identity."""
    return id(value) if isinstance(value, (dict, Options)) else value


def _made(definition: Sequence[Any]) -> Obj:
    kind, fields = definition
    return KINDS[kind].model_validate({**fields, **_OWN})


def _run(written: Iterable[Any], made: Sequence[tuple[Obj, bool]]) -> list[Obj]:
    words = iter(written)
    home = next(words)
    found: list[Obj] = []
    for number, name in zip(words, words, strict=True):
        obj, is_part = made[number]
        found.append(obj.under(home if is_part else "", name))
    return found
