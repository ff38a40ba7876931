"""Fingerprints: objects hashed by their content. They stand in entries, so they never change."""

from __future__ import annotations

import json
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any, NamedTuple

from schemagen.hashes import sha256

if TYPE_CHECKING:
    from collections.abc import Iterable

    from schemagen.kinds import Key, Obj

_encode = json.JSONEncoder(sort_keys=True, ensure_ascii=False).encode


def fingerprint(objects: Iterable[Obj]) -> str:
    """Hash objects by content, whatever their order: 16 hexadecimal digits."""
    return _joined(_json(_data(obj)) for obj in objects)


def _joined(rows: Iterable[str]) -> str:
    """Hash objects by their rows, whatever the order of those."""
    return sha256("\n".join(sorted(rows)).encode()).hexdigest()[:16]


class Pattern(NamedTuple):
    """An object's row, but for its table and its name: many objects have the rest in common.

    Args:
        before: what stands before the name.
        between: what stands between the two.
        after: what stands behind the table.

    """

    before: str
    between: str
    after: str

    @classmethod
    def of(cls, obj: Obj, mark: str = "\0") -> Pattern:
        """Give the pattern of an object's row, which is written with a mark for its two names."""
        text, marked = _encode({**_data(obj), "name": mark, "table": mark}), _encode(mark)
        if text.count(marked) > len(("name", "table")):  # something else is called so
            return cls.of(obj, f"{mark}\0")
        before, _, rest = text.partition(f', "name": {marked}')
        between, _, after = rest.partition(f', "table": {marked}')
        return cls(f'{before}, "name": ', between, after)


def of_table(table: str, objects: Iterable[tuple[Key, Pattern]]) -> str:
    """Hash a table and its parts by their keys and patterns, as `fingerprint` does by content."""
    owner = _owner(table)
    return _joined(
        [
            f"{before}{encode_basestring(name)}{between}"
            f"{owner if of == table else _owner(of)}{after}"
            for (_, of, name), (before, between, after) in objects
        ]
    )


def _owner(table: str) -> str:
    return f', "table": {encode_basestring(table)}' if table else ""


def _data(obj: Obj) -> dict[str, Any]:
    return {"kind": obj.kind, **obj.model_dump(mode="json", exclude_defaults=True)}


def _json(data: object) -> str:
    return encode_basestring(data) if isinstance(data, str) else _encode(data)
