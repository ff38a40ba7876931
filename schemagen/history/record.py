"""Records: changes as an entry holds them, read back without the state they belong to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from schemagen.changes import Add, Alter, Change, Drop, Rename
from schemagen.history import codec
from schemagen.history.emit import Block
from schemagen.kinds import KINDS, Key

if TYPE_CHECKING:
    from schemagen.diagnostics import Place
    from schemagen.history.document import Document, Path

_FIELDS = {
    "add": ("now",),
    "drop": ("was",),
    "alter": ("was", "now"),
    "rename": ("was", "now", "carried"),
}


@dataclass(frozen=True, slots=True)
class Record:
    """One change of an entry.

    Args:
        verb: `add`, `drop`, `alter` or `rename`.
        key: the object's key before the change (of a carried alter: after the rename).
        was: what it was, as data; the old name of a rename.
        now: what it is, as data; the new name of a rename.
        carried: the alters that come with a rename.
        place: where the record starts.
        was_place: where its `was` stands, or the record's own place.

    """

    verb: str
    key: Key
    was: Any
    now: Any
    carried: tuple[Record, ...]
    place: Place
    was_place: Place


def write(change: Change) -> Block:
    """Write a change as data."""
    if isinstance(change, Add):
        return Block(**_head("add", change.new.key), now=codec.body(change.new))
    if isinstance(change, Drop):
        return Block(**_head("drop", change.old.key), was=codec.body(change.old))
    if isinstance(change, Alter):
        was, now = codec.differing(change.old, change.new)
        return Block(**_head("alter", change.new.key), was=was, now=now)
    return _write_rename(change)


def _write_rename(change: Rename) -> Block:
    key = change.old.key
    head = _head("rename", key)
    head.pop("name")
    carried = [write(alter) for alter in change.carried]
    more = {"carried": carried} if carried else {}
    return Block(**head, was=key.name, now=change.new.name, **more)


def _head(verb: str, key: Key) -> dict[str, str]:
    owner = {_owner(key.kind): key.table} if key.table else {}
    return {verb: key.kind, **owner, "name": key.name}


def _owner(kind: str) -> str:
    return "enum" if kind == "enum_value" else "table"


def read(document: Document, path: Path, data: object) -> Record:
    """Read a record. Raises ValueError when the data is none."""
    if not isinstance(data, dict):
        msg = "expected a map with add, drop, alter or rename"
        raise ValueError(msg)  # noqa: TRY004 - one sort of error for all that is malformed
    verb = next((verb for verb in _FIELDS if verb in data), "")
    kind = data.get(verb)
    if not isinstance(kind, str) or kind not in KINDS:
        msg = f"{kind!r} is not a kind of object" if verb else "one of add, drop, alter, rename"
        raise ValueError(msg)
    name = "was" if verb == "rename" else "name"
    _check_fields(data, {verb, _owner(kind), "name", *_FIELDS[verb]} - {"name"} | {name})
    place = document.place(path)
    return Record(
        verb,
        Key(kind, _text(data, _owner(kind), ""), _text(data, name)),
        data.get("was", {}),
        _text(data, "now") if verb == "rename" else data.get("now", {}),
        _carried(document, path, data.get("carried", [])),
        place,
        document.place((*path, "was")) if "was" in data else place,
    )


def _check_fields(data: dict[str, Any], known: set[str]) -> None:
    if unknown := [name for name in data if name not in known]:
        msg = f"unknown key {unknown[0]!r}"
        raise ValueError(msg)


def _carried(document: Document, path: Path, data: object) -> tuple[Record, ...]:
    if not isinstance(data, list):
        msg = "'carried' is a list of alters"
        raise ValueError(msg)  # noqa: TRY004 - as above
    records = tuple(read(document, (*path, "carried", i), d) for i, d in enumerate(data))
    if any(record.verb != "alter" for record in records):
        msg = "'carried' holds alters alone"
        raise ValueError(msg)
    return records


def _text(data: dict[str, Any], name: str, default: str | None = None) -> str:
    value = data.get(name, default)
    if not isinstance(value, str):
        msg = f"{name!r} is missing" if value is None else f"{name!r} is not text"
        raise ValueError(msg)  # noqa: TRY004 - as above
    return value
