"""Columns in short, read once for each text: most of a schema's columns are said alike.

What a short form means depends on its text and on the enums alone, but for the table that it points
at. So the whole road is gone once, on a draft of its own; where nothing was found wrong there,
later columns of the same text are copies under their own names. So are those with a comment, in the
long form of two keys. Their whole long forms are made when somebody asks for them, which a
diagnostic alone does.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from schemagen.diagnostics import Place
from schemagen.kinds import ForeignKey, References, Unique
from schemagen.patterns import pattern
from schemagen.source import columns
from schemagen.source.draft import Draft, ForeignKeyDraft, TableDraft
from schemagen.source.implied import key_over
from schemagen.source.nodes import Entry, Map, Scalar, Span
from schemagen.source.problems import Problems
from schemagen.source.shorthand import Named

if TYPE_CHECKING:
    from schemagen.kinds import Column, Enum
    from schemagen.source.nodes import Late, Node

_NAME = r"[a-z_][a-z0-9_]*"
_POINTS = pattern(
    rf"([^=>'\"]*)-> ({_NAME})(?:\.({_NAME}))?(?=[ =]|\Z)(.*)\Z", re.DOTALL | re.ASCII
)
_COMMENTED = {"type", "comment"}


class Short(NamedTuple):
    """What a short form means, wherever it stands.

    Args:
        column: the column, under any name.
        commented: the same with a comment, by that.
        notable: whether the checks look at it.
        enum: the enum whose values it holds.
        is_key: whether it is the primary key.
        unique: where `unique` stands in the text, counted from its end; 0 when it does not.
        points: a foreign key that does what this one's does; None when it has none.

    """

    column: Column
    commented: dict[str, Column]
    notable: bool
    enum: Enum | None
    is_key: bool
    unique: int
    points: ForeignKey | None


def read_column(draft: Draft, table: TableDraft, name: str, entry: Entry) -> Map | Late | None:
    """Read a column into the table's draft; give its long form if it is the primary key."""
    node, comment = _split(entry.bare)
    if node is not None and not node.style and node.span[0] == node.span[2]:
        found = _POINTS.match(node.text) if "->" in node.text else None
        text = (found[1], bool(found[3]), found[4]) if found else node.text
        if text not in draft.shorts:
            draft.shorts[text] = _learnt(draft, node.text, found)
        short = draft.shorts[text]
        if short is not None:
            _keep(draft, table, name, entry, short, comment)
            if short.points is not None and found:
                _point(table, name, entry, short.points, found)
            return partial(_long, entry) if short.is_key else None
    long = columns.read_column(draft, table, entry)
    is_key = long is not None and draft.reader.flag(long.get("primary_key"))
    return long if is_key else None


def _split(node: Node) -> tuple[Scalar | None, str]:
    """Give the short form and the comment of a column; None when it has more to say."""
    if isinstance(node, Scalar):
        return node, ""
    if isinstance(node, Map) and node.entries.keys() == _COMMENTED:
        short, comment = node.entries["type"].bare, node.entries["comment"].bare
        if isinstance(short, Scalar) and isinstance(comment, Scalar):
            said = comment.value
            if isinstance(said, str) and said.strip() and comment.style not in ("|", ">"):
                return short, said
    return None, ""


def _learnt(draft: Draft, text: str, found: re.Match[str] | None) -> Short | None:
    """Read a short form by itself; None when it is to be read anew wherever it stands."""
    own = Draft(Problems(), {})
    own.enums, own.declared_enums = draft.enums, draft.declared_enums
    table = TableDraft("t", own.convention.of("t"))
    entry = Entry(Scalar("", Span(0, 0, 0, 1), "c"), Scalar("", Span(0, 0, 0, len(text)), text))
    long = columns.read_column(own, table, entry)
    if long is None or len(table.columns) != 1 or own.problems.sorted():
        return None
    if bool(table.keys) != bool(found):
        return None
    points = None
    if found:
        known = table.keys[0]
        if known.table.text != found[2] or bool(known.columns) != bool(found[3]):
            return None
        there = References(table="t", columns=("c",))
        points = ForeignKey.model_validate({**known.fields, "references": there}, strict=True)
    unique = long.entries["unique"].key.span.column - len(text) if "unique" in long else 0
    if unique and found and found.start(2) > len(text) + unique:
        return None  # it stands before a name of any length
    (column,) = table.columns.values()
    enum = table.listed[0][0] if table.listed else None
    return Short(column, {}, bool(table.notable), enum, "primary_key" in long, unique, points)


def _keep(  # noqa: PLR0913, PLR0917 - a column, its place and what it says
    draft: Draft, table: TableDraft, name: str, entry: Entry, short: Short, comment: str
) -> None:
    column = (short.commented.get(comment) or short.column).under(table.name, name)
    if comment and comment not in short.commented:
        column = short.commented[comment] = column.model_copy(update={"comment": comment})
    table.columns[name] = column
    if short.notable:
        table.notable.append(column)
    long = partial(_long, entry)
    draft.put(column, entry, long, None)
    if short.enum:
        table.listed.append((short.enum, draft.placed[-1]))
    if short.unique:
        called = table.names.name("unique", name)
        unique = key_over(Unique, name).under(table.name, called)
        table.parts.setdefault("unique", []).append(unique)
        node, size = _short(entry), len("unique")
        place = Place(node.file, node.span[0] + 1, node.span[3] + short.unique + 1, size)
        draft.put(unique, place, long, None)


def _point(
    table: TableDraft,
    mine: str,
    entry: Entry,
    points: ForeignKey,
    found: re.Match[str],
) -> None:
    """Keep the foreign key of a short form."""
    node = _short(entry)
    name = table.names.name("foreign_key", mine)
    fields = {"table": table.name, "name": name, "columns": (mine,)}
    there = Named(node.file, node.at(*found.span(2)), found[2], "'")
    target: list[Scalar] | None = None
    if found[3]:
        target = [Named(node.file, node.at(*found.span(3)), found[3], "'")]
    line, column = node.span[:2]
    place = Place(node.file, line + 1, column + found.end(1) + 1, len("->"))
    late = partial(_references, entry)
    table.keys.append(ForeignKeyDraft(name, fields, there, target, late, place, alike=points))


def _short(entry: Entry) -> Scalar:
    """Give the short form where it stands."""
    node, _ = _split(entry.value)
    assert node is not None  # noqa: S101 - it is one
    return node


def _long(entry: Entry) -> Map:
    long = columns.long_form(Draft(Problems(), {}), entry)
    assert long is not None  # noqa: S101 - it has been read before
    return long


def _references(entry: Entry) -> Map:
    there = _long(entry).entries["references"].value
    assert isinstance(there, Map)  # noqa: S101 - as above
    return columns.marked(there, entry)
