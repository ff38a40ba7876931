"""PostgreSQL's schemas: those that `schemas:` names, and those that names are qualified with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schemagen import qualified
from schemagen.kinds import Namespace
from schemagen.source.model import BAD, build
from schemagen.source.nodes import Entry, Map, Node, Scalar, Seq
from schemagen.source.vocabulary import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.kinds import Obj
    from schemagen.source.draft import Draft


def named(draft: Draft, node: Node | None) -> Map | None:
    """Turn a list of names into a mapping; give a mapping as it is."""
    if isinstance(node, Seq):
        names = draft.reader.names(node, "a list of schemas") or ()
        entries = {n.text: Entry(n, Map(n.file, n.span, {})) for n in names}
        return Map(node.file, node.span, entries)
    return draft.reader.map(node, "a list of schemas, or a mapping")


def read_namespace(draft: Draft, entry: Entry) -> None:
    """Read one schema into the draft."""
    name = entry.key.text
    if not draft.usable(name, entry.key, "schema"):
        return
    node = entry.value
    empty = isinstance(node, Scalar) and node.value is None
    long = Map(node.file, node.span, {}) if empty else draft.reader.map(node)
    if long is None or not draft.reader.keys(long, tuple(SCHEMA), "a schema"):
        return
    data: dict[str, Any] = {"name": name}
    if "comment" in long:
        data["comment"] = draft.reader.text(long.get("comment")) or BAD
    made = build(draft.reader, Namespace, data, long)
    if made is not None:
        draft.namespaces[name] = made
        draft.put(made, entry.key, long, None)


def imply_namespaces(draft: Draft) -> None:
    """Add the schemas that nothing but a qualified name speaks of."""
    for obj in _members(draft):
        name = qualified.namespace(obj.name)
        if name in draft.namespaces:
            continue
        made = draft.namespaces[name] = Namespace(name=name)
        draft.put(made, draft.nodes.at(obj.key), draft.nodes[obj.key], None)


def _members(draft: Draft) -> Iterator[Obj]:
    """Give what is in a schema on PostgreSQL."""
    tables = (table.table for table in draft.tables.values() if table.table is not None)
    there = (table for table in tables if table.exists_on("postgresql"))
    enums = (enum for enum in draft.enums.values() if not enum.storage)
    for obj in (*enums, *draft.sequences.values(), *there):
        if qualified.namespace(obj.name):
            yield obj
