"""What tables hold, hashed: so two processes find out which of them are the same."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from schemagen.kinds import Obj
    from schemagen.schema import Schema


class Sorted(NamedTuple):
    """The objects of a schema by their tables.

    Args:
        homes: by the name of a table, it and its parts; under "" what is in no table.
        runs: in the order of the schema, one after the other: a name, and how many objects.

    """

    homes: dict[str, list[Obj]]
    runs: list[list[str | int]]


def sort(schema: Schema) -> Sorted:
    """Sort the objects into their tables."""
    homes: dict[str, list[Obj]] = {}
    runs: list[list[str | int]] = []
    for home, objects in schema.runs():
        runs.append([home, len(objects)])
        homes[home] = homes[home] + objects if home in homes else objects
    return Sorted(homes, runs)


def digests(homes: dict[str, list[Obj]]) -> dict[str, str]:
    """Hash what each table holds, in order.

    What has the same hash is the same; what is the same may have another, if it was made in
    another way.
    """
    return {home: _digest(objects) for home, objects in homes.items()}


def _digest(objects: Iterable[Obj]) -> str:
    rows: list[str] = []
    for obj in objects:
        name = obj.name
        rows += (obj.like.digest or _definition(obj), str(len(name)), name)
    return _hash(" ".join(rows))


def _definition(obj: Obj) -> str:
    """Hash an object without its table and name."""
    _, _, *values = obj.__dict__.values()
    found = obj.like.digest = _hash(f"{obj.kind} {values!r}")
    return found


def _hash(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
