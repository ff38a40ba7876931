"""Enums: their values, where they are stored, and what becomes of values that go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import types
from schemagen.directions import Direction
from schemagen.kinds import Enum
from schemagen.records import replace
from schemagen.source import aims
from schemagen.source.convention import LIMIT
from schemagen.source.model import build
from schemagen.source.nodes import Entry, Map, Node, Scalar, Seq
from schemagen.source.vocabulary import ENUM, ENUM_VALUE

if TYPE_CHECKING:
    from schemagen.source.draft import Draft

_STORAGE = ("varchar", "char", "text")


def read_enum(draft: Draft, entry: Entry) -> None:
    """Read one enum into the draft."""
    name = entry.key.text
    draft.declared_enums.add(name)
    if not (draft.usable(name, entry.key, "enum") and _is_free(draft, entry.key)):
        return
    long = _long(draft, entry.value)
    if long is None:
        return
    values, renames = _values(draft, long.get("values"), long)
    storage = _storage(draft, long.get("storage"), values)
    comment = draft.reader.text(long.get("comment"))
    direction = _direction(draft, long, values, renames)
    if values is None or (storage is None and "storage" in long):
        return
    data = {
        "name": name,
        "values": tuple(v.text for v in values),
        "storage": storage,
        "comment": comment,
    }
    enum = build(draft.reader, Enum, data, long)
    if enum is not None:
        draft.enums[name] = enum
        draft.put(enum, entry.key, long, direction)


def _is_free(draft: Draft, key: Scalar) -> bool:
    """A type's name is not one of the types'."""
    spec = _spec(key.text)
    taken = spec is not None and spec.logical is not None
    if taken:
        draft.reader.error("N004", f"{key.text!r} is a type already", key, help="another name")
    return not taken


def _spec(text: str) -> types.Spec | None:
    try:
        return types.parse(text)
    except ValueError:
        return None


def _long(draft: Draft, node: Node) -> Map | None:
    if isinstance(node, Seq):
        key = Scalar(node.file, node.span, "values")
        return Map(node.file, node.span, {"values": Entry(key, node)})
    long = draft.reader.map(node, "a list of values or a mapping")
    if long is not None:
        draft.reader.keys(long, tuple(ENUM), "an enum")
        if "values" not in long:
            draft.reader.error("S003", "missing key 'values'", long, help="add values: […]")
            return None
    return long


def _values(
    draft: Draft, node: Node | None, long: Map
) -> tuple[list[Scalar] | None, dict[str, tuple[str, ...]]]:
    """Read the values, and the earlier names of those that have some."""
    seq = draft.reader.seq(node, "a list of values")
    renames: dict[str, tuple[str, ...]] = {}
    if seq is None:
        return None, renames
    if not seq.items:
        draft.reader.error("S025", "an enum without values", long, help="give it at least one")
        return None, renames
    found = [value for item in seq.items if (value := _value(draft, item, renames)) is not None]
    return (found if len(found) == len(seq.items) and _distinct(draft, found) else None), renames


def _value(draft: Draft, node: Node, renames: dict[str, tuple[str, ...]]) -> Scalar | None:
    name: Node | None = node
    if isinstance(node, Map):
        draft.reader.keys(node, tuple(ENUM_VALUE), "a value of an enum")
        name = node.get("name")
        if name is None:
            draft.reader.error("S003", "missing key 'name'", node, help="add name: …")
            return None
    empty = isinstance(name, Scalar) and name.style and not name.text
    if not isinstance(name, Scalar) or not (empty or draft.reader.text(name, "a value")):
        if isinstance(name, (Map, Seq)):
            draft.reader.text(name, "a value")
        return None
    if len(name.text.encode()) > LIMIT:
        draft.reader.error(
            "N001", f"a value of more than {LIMIT} bytes", name, help="PostgreSQL cannot hold it"
        )
        return None
    if isinstance(node, Map) and (olds := aims.names(draft.reader, node.get("renamed_from"))):
        renames[name.text] = olds
    return name


def _distinct(draft: Draft, values: list[Scalar]) -> bool:
    seen: set[str] = set()
    for value in values:
        if value.text in seen:
            draft.reader.error(
                "S025", f"the value {value.text!r} is there twice", value, help="say it once"
            )
            return False
        seen.add(value.text)
    return True


def _storage(draft: Draft, node: Node | None, values: list[Scalar] | None) -> str | None:
    said = draft.reader.text(node, "a varchar type")
    if said is None or node is None:
        return None
    spec = _spec(said)
    if spec is None or spec.name not in _STORAGE or spec.dims:
        draft.reader.error(
            "S007", f"{said!r} cannot hold an enum", node, help="write storage: varchar(20)"
        )
        return None
    room = spec.args[0] if spec.args else None
    long = next((v for v in values or () if room is not None and len(v.text) > room), None)
    if long is not None:
        way_out = f"make storage at least varchar({max(len(v.text) for v in values or ())})"
        draft.reader.error("S025", f"{long.text!r} does not fit {spec}", long, help=way_out)
        return None
    return str(spec)


def _direction(
    draft: Draft, long: Map, values: list[Scalar] | None, renames: dict[str, tuple[str, ...]]
) -> Direction | None:
    found = aims.read_direction(draft.reader, long)
    removed = _removed(draft, long, {v.text for v in values or ()})
    if not (renames or removed):
        return found
    own = found or Direction()
    places = dict(own.places)
    if renames and (node := long.get("values")):
        places.setdefault("renamed_from", node.place)
    if removed:
        places["removed"] = long.entries["removed"].key.place
    return replace(own, values=renames, removed=removed, places=places)


def _removed(draft: Draft, long: Map, values: set[str]) -> dict[str, str]:
    found = draft.reader.map(long.get("removed"), "a mapping of old values to those that remain")
    removed: dict[str, str] = {}
    for old, entry in found or ():
        new = draft.reader.text(entry.value, "a value")
        if old in values:
            way_out = "take it out of the values, or out of removed:"
            draft.reader.error("S026", f"the value {old!r} is still there", entry.key, help=way_out)
        elif new is not None and values and new not in values:
            draft.problems.unknown("S026", "value", new, entry.value, values)
        elif new is not None:
            removed[old] = new
    return removed
