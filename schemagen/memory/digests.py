"""What tables hold, hashed: so two processes find out which of them are the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.hashes import blake2b
from schemagen.kinds.part import Part

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from schemagen.kinds import Obj
    from schemagen.schema import Schema


def by_table(schema: Schema) -> dict[str, list[Obj]]:
    """Give each table and its parts, by its name, and under "" what is in no table."""
    found: dict[str, list[Obj]] = {}
    for home, objects in schema.runs():
        found[home] = found[home] + objects if home in found else objects
    return found


def digests(tables: Mapping[str, list[Obj]]) -> dict[str, str]:
    """Hash what each table holds, in order.

    What has the same hash is the same; what is the same may have another, if it was made in
    another way.
    """
    return {name: _digest(objects) for name, objects in tables.items()}


def _digest(objects: Iterable[Obj]) -> str:
    rows: list[str] = []
    for obj in objects:
        name = obj.name
        rows += (obj.like.digest or _definition(obj), str(len(name)), name)
    return _hash(" ".join(rows))


def _definition(obj: Obj) -> str:
    """Hash an object without its table and name."""
    _, _, *values = obj.__dict__.values()
    said = [vars(value) if isinstance(value, Part) else value for value in values]
    found = obj.like.digest = _hash(f"{obj.kind} {said!r}")
    return found


def _hash(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
