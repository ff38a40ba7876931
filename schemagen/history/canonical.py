"""Entries in the form in which they are written here, read without a tree of their YAML.

An entry is split into records, and a full state into objects. What one says behind its name stands
in it many times over, so it is read once for each text. Where this reader has an answer, it is that
of the general one (`reading.py`), places included; any other text is left to that one as a whole.
"""

from __future__ import annotations

import re
from functools import partial
from sys import intern
from typing import TYPE_CHECKING, Any

from schemagen.diagnostics import Place
from schemagen.history import canonical_state, canonical_values, pieces, prints
from schemagen.history.definition import Definition
from schemagen.history.document import Document
from schemagen.history.entry import Entry
from schemagen.history.lift import FORMAT
from schemagen.history.pieces import KEY, VALUE, bare
from schemagen.history.prints import Prints
from schemagen.history.record import Record, Said, owner
from schemagen.history.record import read as read_record
from schemagen.kinds import KINDS, Key
from schemagen.patterns import pattern
from schemagen.source.nodes import Map, plain
from schemagen.source.plainyaml import is_printable

if TYPE_CHECKING:
    from collections.abc import Callable

_HEX = r"[0-9a-f]{16}"
_BARE = rf"(?=[0-9e]*[abcdf]){_HEX}"  # any other would be a number
_HASH = rf"(?:'({_HEX})'|({_BARE}))"
_HEAD = pattern(rf"schemagen: {FORMAT}\nbody: ('{_HEX}'|{_BARE})\n")
_BODY_LINE, _BODY_COLUMN = 2, 7
_PRINTS = pattern(
    rf" {{2}}({KEY}): (\{{(?:before: {_HASH}(?:, after: {_HASH})?|after: {_HASH})\}})\n"
)
_RECORD = (
    rf" {{2}}- ((?:add|drop): \w++)\n(?: {{4}}table: ({VALUE})\n)?+ {{4}}name: ({VALUE})\n"
    r"((?: {4}.*+\n)++)|( {2}- .*\n(?: {4}.*\n)*)"
)
_RECORDS = {True: pattern(_RECORD, re.ASCII), False: pattern(_RECORD)}  # a third faster, for ASCII
_LIST, _MAP = 2, 4  # the columns before a record, and before what it consists of
_key: Callable[[tuple[str, str, str]], Key] = partial(tuple.__new__, Key)
_record: Callable[[tuple[Key, Said, str, int]], Record] = partial(tuple.__new__, Record)

Told = tuple[Said, int]  # what a record says, and the number of its lines
_known: dict[tuple[str, bool, str], Told] = {}


class _OtherError(Exception):
    """The text is not in this form."""


def read(text: str, file: str) -> Entry | None:
    """Read an entry; None when it is not in this form, or when anything is wrong with it.

    Args:
        text: the file's text.
        file: its path as in places.

    """
    head = _HEAD.match(text)
    if not head or text[-1] != "\n" or not is_printable(text):
        return None
    place = Place(file, _BODY_LINE, _BODY_COLUMN, len(head[1]))
    body = head[1].strip("'")
    try:
        if text.startswith("schema:\n", head.end()):
            whole = canonical_state.read(text, head.end() + len("schema:\n"))
            return Entry(file, text, body, {}, (), whole, (), place) if whole else None
        end = text.find("\nchanges:\n", head.end() - 1) + 1
        begin = end + len("changes:\n")
        if not end or begin == len(text):
            return None
        tables = _tables(text, head.end(), end, file)
        records = _records(text, begin, text.count("\n", 0, begin) + 1, file)
    except (_OtherError, ValueError):
        return None
    return Entry(file, text, body, tables, records, None, (), place)


def _tables(text: str, at: int, end: int, file: str) -> dict[str, Prints]:
    """Read the fingerprints in `text[at:end]`."""
    found: dict[str, Prints] = {}
    if at == end:
        return found
    start = at
    at, line = at + len("tables:\n"), _BODY_LINE + 1
    if not text.startswith("tables:\n", start) or at >= end:
        raise _OtherError
    while at < end:
        read = _PRINTS.match(text, at)
        line += 1
        if read is None or bare(read[1]) in found:
            return _any_tables(text[:end], file)
        name, sides, one, two, three, four, five, six = read.groups()
        place = Place(file, line, read.start(2) - at + 1, len(sides))
        found[bare(name)] = Prints(one or two, three or four or five or six, place)
        at = read.end()
    return found


def _any_tables(text: str, file: str) -> dict[str, Prints]:
    """Read the fingerprints in another form from what stands before the changes."""
    root = pieces.read(text, 0)
    if not isinstance(root, Map) or root.entries.keys() != {"schemagen", "body", "tables"}:
        raise _OtherError
    document = Document(file, root)
    found = prints.read(document, document.data["tables"])
    if document.diagnostics:
        raise _OtherError
    return found


def _records(text: str, at: int, line: int, file: str) -> tuple[Record, ...]:
    """Read the records from `at` on, in a line counted from 1."""
    found: list[Record] = []
    for read in _RECORDS[text.isascii()].finditer(text, at):
        if read.start() != at:
            raise _OtherError
        head, table, name, rest, other = read.groups()
        if other:
            record, lines = _other(other, line, file), other.count("\n")
        else:
            said, lines = _known.get((head, table is None, rest)) or _tell(read)
            key = _key((said.whole.kind, intern(table) if table else "", intern(name)))
            record = _record((key, said, file, line))
        found.append(record)
        line += lines
        at = read.end()
    if at != len(text):
        raise _OtherError
    return tuple(found)


def _tell(read: re.Match[str]) -> Told:
    """Read what a record says behind its name, and remember it."""
    head, table, _, rest, _ = read.groups()
    verb, _, kind = head.partition(": ")
    side, above = "now" if verb == "add" else "was", 2 + (table is not None)
    is_known = kind in KINDS and (table is None or owner(kind) == "table")
    if not is_known or not rest.startswith(f"    {side}:"):
        raise _OtherError
    own = at = (_MAP + 1, 1)
    data, place = _side(rest, side)
    below = 0
    if side == "was":
        below, at = above + place[0], place[1:]
    was, now = ({}, data) if side == "now" else (data, {})
    said = Said(verb, was, now, (), own, (below, *at), Definition(kind, data))
    if len(_known) == pieces.REMEMBERED:
        _known.clear()
    _known[head, table is None, rest] = told = said, above + rest.count("\n")
    return told


def _side(rest: str, side: str) -> tuple[Any, tuple[int, int, int]]:
    """Read what an object is or was; tell the line of it, from 0, its column and its length."""
    start = _MAP + len(side) + 1
    try:
        data = canonical_values.read(rest[start:], _MAP + 2)
    except canonical_values.UnlikeError:
        root = pieces.read(rest, _MAP)
        if not isinstance(root, Map) or [*root.entries] != [side]:
            raise _OtherError from None
        node = root.entries[side].value
        place = node.place
        return plain(node), (place.line - 1, place.column + _MAP, place.length)
    if rest[start] == "\n":
        return data, (1, _MAP + 3, 1)
    return data, (0, start + 2, len(rest) - start - 2)


def _other(text: str, line: int, file: str) -> Record:
    """Read a record that says more, or other things. Raises ValueError when it is none."""
    document = Document(file, pieces.read(text, _LIST), before=(line - 1, _LIST))
    if not isinstance(document.data, list):
        raise _OtherError
    return read_record(document, (0,), document.data[0])


def forget() -> None:
    """Forget what has been read: a test counts from the start."""
    _known.clear()
