"""What a database holds beside the schema: said in `unmanaged:`, read, and otherwise left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.records import record
from schemagen.source.nodes import Scalar
from schemagen.source.vocabulary import UNMANAGED

if TYPE_CHECKING:
    from schemagen.diagnostics import Place
    from schemagen.source.draft import Draft
    from schemagen.source.nodes import Map


@record
class Apart:
    """An object that the database has beside the schema.

    Args:
        kind: what it is.
        name: its name.
        on: the tables that it hangs on.
        only: `sqlite` where it stands in the CREATE TABLE of a table, and goes when that is made
            anew; else empty.
        place: where it is listed.

    """

    kind: str
    name: str
    on: tuple[str, ...]
    place: Place
    only: str = ""


def read_unmanaged(draft: Draft, document: Map) -> None:
    """Read the list; what it names is the database's own."""
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
        on = draft.reader.names(each.get("on"), "a list of tables") if "on" in each else None
        only = draft.reader.text(each.get("only"), "sqlite") if "only" in each else None
        if only not in (None, "sqlite"):
            message = f"{only!r} is nothing that an object can be kept to here"
            draft.reader.error("S004", message, each.get("only"), help="only: sqlite")
        kind, name = each.get("kind"), each.get("name")
        if isinstance(kind, Scalar) and isinstance(name, Scalar):
            tables = tuple(node.text for node in on or ())
            draft.unmanaged.append(Apart(kind.text, name.text, tables, each.place, only or ""))
