"""Checks, indexes and uniques on one line, read once for each text, as columns are.

What such a part means depends on its text alone, but for its table and its name. So the whole road
is gone once, on a draft of its own; where nothing was found wrong there, and nothing said of how to
get there, later parts of the same text are copies under their own names.
"""

from __future__ import annotations

from functools import partial

from schemagen.kinds import Check, Index, Obj, Unique
from schemagen.source.draft import Draft, TableDraft
from schemagen.source.nodes import Map, Node, Scalar, Seq, Span
from schemagen.source.parts import entries, long_form, read_part
from schemagen.source.plainline import moved
from schemagen.source.problems import Problems

_KEY = Scalar("", Span(0, 0, 0, 0), "x")
_REPEATED = (Check, Index, Unique)


def read_section(draft: Draft, table: TableDraft, kind: type[Obj], node: Node | None) -> None:
    """Read the objects under one key of a table."""
    for key, value in entries(draft, kind, node):
        known = _known(draft, kind, value) if key is not None else None
        if key is None or known is None:
            read_part(draft, table, kind, key, value)
            continue
        name = table.convention.name(kind.kind, table.name, key.text)
        obj = known.under(table=table.name, name=name)
        table.parts.setdefault(kind.section, []).append(obj)
        draft.put(obj, key, partial(_long, kind, value), None)


def _known(draft: Draft, kind: type[Obj], node: Node) -> Obj | None:
    """Give a part as it is under any name; None when it is to be read where it stands."""
    if isinstance(node, Scalar):
        text, style = node.text, node.style
        whole = node.span.line == node.span.end_line
    else:
        text, style = (node.said if isinstance(node, (Map, Seq)) else ""), "flow"
        whole = text != ""
    if not whole:
        return None
    said = (kind.kind, style, text)
    if said not in draft.parts:
        draft.parts[said] = _learnt(kind, node) if kind in _REPEATED else None
    return draft.parts[said]


def _learnt(kind: type[Obj], node: Node) -> Obj | None:
    """Read a part by itself, from a copy, since a reader may take wrong pieces out."""
    if isinstance(node, Map) and "name" in node:
        return None
    own = Draft(Problems(), {})
    table = TableDraft("t", own.convention)
    read_part(own, table, kind, _KEY, moved(node, "", 0))
    made = table.parts.get(kind.section, [])
    return made[0] if made and not own.directions and not own.problems.sorted() else None


def _long(kind: type[Obj], node: Node) -> Map:
    long = long_form(Draft(Problems(), {}), kind, node)
    assert long is not None  # noqa: S101 - it has been read before
    return long
