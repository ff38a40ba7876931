"""What a database holds beside the schema: said in `unmanaged:`, read, and otherwise left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from schemagen.source.nodes import Scalar
from schemagen.source.vocabulary import UNMANAGED

if TYPE_CHECKING:
    from schemagen.diagnostics import Place
    from schemagen.source.draft import Draft
    from schemagen.source.nodes import Map


class Apart(NamedTuple):
    """An object that is not managed, as the list names it."""

    kind: str
    name: str
    place: Place


def check_unmanaged(draft: Draft, document: Map) -> None:
    """Look at the form of the list; what it names is the database's own."""
    if "unmanaged" not in document:
        return
    listed = draft.reader.seq(document.get("unmanaged"), "a list of objects")
    for item in listed.items if listed else ():
        each = draft.reader.map(item, "a mapping", "as in {kind: view, name: open_lots}")
        if each is None or not draft.reader.keys(each, tuple(UNMANAGED), "an unmanaged object"):
            continue
        for key in ("kind", "name"):
            if key not in each:
                draft.reader.error("S003", f"missing key {key!r}", each, help=f"add {key}: …")
        if "on" in each:
            draft.reader.names(each.get("on"), "a list of tables")
        kind, name = (each.get(key) for key in ("kind", "name"))
        if isinstance(kind, Scalar) and isinstance(name, Scalar):
            draft.unmanaged.append(Apart(kind.text, name.text, each.place))
