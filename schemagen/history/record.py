"""Records: changes as an entry holds them, read back without the state they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from schemagen.changes import Add, Alter, Change, Drop, Rename
from schemagen.diagnostics import Place
from schemagen.history import codec
from schemagen.history.definition import Definition
from schemagen.history.emit import Block
from schemagen.kinds import KINDS, Key
from schemagen.records import field, record

if TYPE_CHECKING:
    from schemagen.history.document import Document, Path

_FIELDS = {
    "add": ("now",),
    "drop": ("was",),
    "alter": ("was", "now"),
    "rename": ("was", "now", "carried"),
}


@record
class Said:
    """What a record says apart from its key and its line: shared by those that say the same.

    Args:
        verb: `add`, `drop`, `alter` or `rename`.
        was: what it was, as data; the old name of a rename.
        now: what it is, as data; the new name of a rename.
        carried: the alters that come with a rename.
        at: the record's column and length, for its place.
        was_at: the line of its `was`, from that of the record on, with column and length.
        whole: the object that is added or dropped.

    """

    verb: str
    was: Any
    now: Any
    carried: tuple[Record, ...]
    at: tuple[int, int]
    was_at: tuple[int, int, int]
    whole: Definition = field(compare=False, repr=False)


class Record(NamedTuple):
    """One change of an entry.

    Args:
        key: the object's key before the change (of a carried alter: after the rename).
        said: all that it says of the object.
        file: the entry's file.
        line: the line where the record starts.

    """

    key: Key
    said: Said
    file: str
    line: int

    @property
    def place(self) -> Place:
        """The place where the record starts."""
        return Place(self.file, self.line, *self.said.at)

    @property
    def was_place(self) -> Place:
        """The place of its `was`, or the record's own."""
        below, column, length = self.said.was_at
        return Place(self.file, self.line + below, column, length)


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
    belongs = {owner(key.kind): key.table} if key.table else {}
    return {verb: key.kind, **belongs, "name": key.name}


def owner(kind: str) -> str:
    """Give the key under which a record says to what an object of a kind belongs."""
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
    _check_fields(data, {verb, owner(kind), "name", *_FIELDS[verb]} - {"name"} | {name})
    key = Key(kind, _text(data, owner(kind), ""), _text(data, name))
    was = data.get("was", {})
    now = _text(data, "now") if verb == "rename" else data.get("now", {})
    carried = _carried(document, path, data.get("carried", []))
    place = document.place(path)
    old = document.place((*path, "was")) if "was" in data else place
    said = Said(
        verb,
        was,
        now,
        carried,
        (place.column, place.length),
        (old.line - place.line, old.column, old.length),
        Definition(kind, was if verb == "drop" else now),
    )
    return Record(key, said, document.file, place.line)


def _check_fields(data: dict[str, Any], known: set[str]) -> None:
    if unknown := [name for name in data if name not in known]:
        msg = f"unknown key {unknown[0]!r}"
        raise ValueError(msg)


def _carried(document: Document, path: Path, data: object) -> tuple[Record, ...]:
    if not isinstance(data, list):
        msg = "'carried' is a list of alters"
        raise ValueError(msg)  # noqa: TRY004 - as above
    records = tuple(read(document, (*path, "carried", i), d) for i, d in enumerate(data))
    if any(record.said.verb != "alter" for record in records):
        msg = "'carried' holds alters alone"
        raise ValueError(msg)
    return records


def _text(data: dict[str, Any], name: str, default: str | None = None) -> str:
    value = data.get(name, default)
    if not isinstance(value, str):
        msg = f"{name!r} is missing" if value is None else f"{name!r} is not text"
        raise ValueError(msg)  # noqa: TRY004 - as above
    return value
