"""Where in a file an object is written: found again from its place, to edit it there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.kinds import KINDS, Key
from schemagen.records import record
from schemagen.source.nodes import Entry, Map, Node, Scalar, Seq
from schemagen.source.yaml import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.diagnostics import Place
    from schemagen.source import Source


@record
class Found:
    """A value in a file.

    Args:
        kind: the kind of object that it is.
        node: the value.
        bare: the key of the long form that a bare value stands for; none of a sequence.
        after: the line, from 0, before which a new key goes; None before the first key.

    """

    kind: str
    node: Node
    bare: str
    after: int | None = None


def find_object(source: Source, key: Key) -> Found:
    """Find what an object is written as. Raises KeyError when it is not written out."""
    if key.kind == "enum_value":
        return _enum_value(source, key)
    place = source.places[key]
    if key.kind == "table":
        return _table(source, key, place)
    entry = find_value(source, place)
    if key.kind == "sequence":
        return Found(key.kind, entry.value, "")
    bare = {"column": "type", "enum": "values"}.get(key.kind, KINDS[key.kind].bare)
    if not bare or (key.kind == "unique" and entry.key.text in ("unique", "type")):
        raise KeyError(key)
    return Found(key.kind, entry.value, bare)


def find_value(source: Source, place: Place) -> Entry:
    """Find the key at a place, and its value; an item of a list is its own key."""
    root, _ = load(source.texts[place.file], place.file)
    for entry in _walk(root):
        if entry.key.span.line + 1 == place.line and entry.key.span.column + 1 == place.column:
            return entry
    raise KeyError(str(place))


def _walk(node: Node | None) -> Iterator[Entry]:
    if isinstance(node, Map):
        for _, entry in node:
            yield entry
            yield from _walk(entry.value)
    elif isinstance(node, Seq):
        for item in node.items:
            yield Entry(Scalar(item.file, item.span, ""), item)
            yield from _walk(item)


def _table(source: Source, key: Key, place: Place) -> Found:
    root, _ = load(source.texts[place.file], place.file)
    if not isinstance(root, Map) or "table" not in root:
        raise KeyError(key)
    return Found("table", root, "", root.entries["table"].value.span.end_line + 1)


def _enum_value(source: Source, key: Key) -> Found:
    entry = find_value(source, source.places[Key("enum", "", key.table)])
    values = entry.value.get("values") if isinstance(entry.value, Map) else entry.value
    for item in values.items if isinstance(values, Seq) else ():
        name = item.get("name") if isinstance(item, Map) else item
        if isinstance(name, Scalar) and name.text == key.name:
            return Found("enum_value", item, "name")
    raise KeyError(key)
