"""What tables hold, hashed: so two processes find out which of them are the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.hashes import blake2b
from schemagen.kinds.part import Part

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from schemagen.kinds import Obj


def digests(tables: Mapping[str, list[Obj]]) -> dict[str, str]:
    """Hash what each table holds, as `digest` does."""
    return {home: digest((obj, obj.name) for obj in found) for home, found in tables.items()}


def digest(objects: Iterable[tuple[Obj, str]]) -> str:
    """Hash what a table holds, in order.

    What has the same hash is the same; what is the same may have another, if it was made in
    another way.

    Args:
        objects: for each the object, or another that is like it, and its name.

    """
    rows = [f"{obj.like.digest or _definition(obj)}{len(name)} {name}" for obj, name in objects]
    return _hash("".join(rows))


def _definition(obj: Obj) -> str:
    """Hash an object without its table and name; it is kept for all that are alike."""
    _, _, *values = obj.__dict__.values()
    said = [vars(value) if isinstance(value, Part) else value for value in values]
    found = obj.like.digest = _hash(f"{obj.kind} {said!r}")
    return found


def _hash(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
