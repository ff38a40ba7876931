"""Edits of YAML that take something out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.diagnostics import Fix
from schemagen.source.edit import forget, last_line, replace
from schemagen.source.locate import find_object, find_value
from schemagen.source.nodes import Map, Scalar, Seq
from schemagen.source.write import scalar
from schemagen.source.yaml import load

if TYPE_CHECKING:
    from schemagen.kinds import Key
    from schemagen.source import Source
    from schemagen.source.nodes import Entry, Node


def without_allow(source: Source, key: Key, name: str) -> Fix:
    """Take one name out of the `allow` of an object. Raises KeyError when it is not there."""
    found = find_object(source, key)
    node = found.node.get("allow") if isinstance(found.node, Map) else None
    if isinstance(node, Scalar) and node.text == name:
        return forget(source, key, "allow")
    items = node.items if isinstance(node, Seq) else []
    at = [i for i, item in enumerate(items) if isinstance(item, Scalar) and item.text == name]
    if not at:
        raise KeyError(name)
    if len(items) == 1:
        return forget(source, key, "allow")
    assert isinstance(node, Seq)  # noqa: S101 - it has items
    if not node.flow:
        first, last = items[at[0]].span.line, last_line(items[at[0]])
        return Fix(node.file, first + 1, "", last - first + 1)
    rest = [item.text for i, item in enumerate(items) if isinstance(item, Scalar) and i != at[0]]
    return replace(source.texts[node.file], node, f"[{', '.join(map(scalar, rest))}]")


def without_object(source: Source, key: Key) -> Fix:
    """Take an index or a constraint out of its table's file.

    Raises:
        KeyError: it is not written there in block style, or a mixin has it.

    """
    place = source.places[key]
    root = _table(source, place.file, key.table)
    entry = find_value(source, place)
    section = next((e for _, e in root if _holds(e.value, entry)), None)
    if section is None:
        raise KeyError(key)
    alone = len(_children(section.value)) == 1
    first = section.key.span.line if alone else entry.key.span.line
    last = last_line(section.value if alone else entry.value)
    return Fix(place.file, first + 1, "", last - first + 1)


def _table(source: Source, file: str, table: str) -> Map:
    root, _ = load(source.texts[file], file)
    named = root.get("table") if isinstance(root, Map) and not root.flow else None
    if not isinstance(root, Map) or not isinstance(named, Scalar) or named.text != table:
        raise KeyError(table)
    return root


def _holds(node: Node, entry: Entry) -> bool:
    return any(child.span == entry.value.span for child in _children(node))


def _children(node: Node) -> list[Node]:
    """Give what stands in a mapping or list in block style."""
    if isinstance(node, Map) and not node.flow:
        return [entry.value for _, entry in node]
    return list(node.items) if isinstance(node, Seq) and not node.flow else []
