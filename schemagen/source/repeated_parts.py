"""Checks, indexes and uniques on one line, read once for each text, as columns are.

What such a part means depends on its text alone, but for its table and its name. So the whole road
is gone once, on a draft of its own; where nothing was found wrong there, and nothing said of how to
get there, later parts of the same text are copies under their own names.
"""

from __future__ import annotations

from functools import partial

from schemagen.kinds import Check, Index, Obj, Unique
from schemagen.source.convention import is_plain
from schemagen.source.draft import Draft, TableDraft
from schemagen.source.nodes import Entry, Map, Node, Scalar, Seq, Span
from schemagen.source.parts import items, long_form, read_part
from schemagen.source.plainline import moved
from schemagen.source.problems import Problems

_KEY = Scalar("", Span(0, 0, 0, 0), "x")
_REPEATED = (Check, Index, Unique)


def read_section(draft: Draft, table: TableDraft, kind: type[Obj], node: Node | None) -> None:
    """Read the objects under one key of a table."""
    if not isinstance(node, Map):
        for item in items(draft, kind, node):
            read_part(draft, table, kind, None, item)
        return
    word = kind.kind.replace("_", " ")
    for name, entry in node:
        known = _known(draft, kind, entry.bare) if is_plain(name) else None
        if known is not None:
            part, notable = known
            called = table.names.name(kind.kind, name)
            obj = part.under(table.name, called)
            if notable:
                table.notable.append(obj)
            table.parts.setdefault(kind.section, []).append(obj)
            draft.put(obj, entry, partial(_long, kind, entry), None)
        elif draft.usable(name, entry.key, word):
            read_part(draft, table, kind, entry.key, entry.value)


def _known(draft: Draft, kind: type[Obj], node: Node) -> tuple[Obj, bool] | None:
    """Give a part as it is under any name, and whether it is notable.

    None when it is to be read where it stands.
    """
    if isinstance(node, Scalar):
        text, style = node.text, node.style
        if node.span[0] != node.span[2]:
            return None
    else:
        text, style = (node.said if isinstance(node, (Map, Seq)) else ""), "flow"
        if not text:
            return None
    said = (kind.kind, style, text)
    if said not in draft.parts:
        draft.parts[said] = _learnt(kind, node) if kind in _REPEATED else None
    return draft.parts[said]


def _learnt(kind: type[Obj], node: Node) -> tuple[Obj, bool] | None:
    """Read a part by itself, from a copy, since a reader may take wrong pieces out."""
    if isinstance(node, Map) and "name" in node:
        return None
    own = Draft(Problems(), {})
    table = TableDraft("t", own.convention.of("t"))
    read_part(own, table, kind, _KEY, moved(node, "", 0))
    made = table.parts.get(kind.section, [])
    if not made or own.directions or own.problems.sorted():
        return None
    return made[0], bool(table.notable)


def _long(kind: type[Obj], entry: Entry) -> Map:
    long = long_form(Draft(Problems(), {}), kind, entry.value)
    assert long is not None  # noqa: S101 - it has been read before
    return long
