"""Plain YAML → located tree, line by line: the part in which schemas and entries are written.

Block mappings and lists by indentation, scalars and flow collections on one line, simple block
scalars, comments. A file with anything else in it, or with a mistake, is left to the parser as a
whole. Where this reader has an answer, it is the parser's, with the same places.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from schemagen.source.nodes import LEADING_ZERO, Entry, Map, Node, Scalar, Seq, Span

if TYPE_CHECKING:
    from collections.abc import Callable

_DEPTH = 20
_FIRST = r"[^\s\-?:,\[\]{}#&*!|>'\"%@`]|-(?=[^\s\-,\[\]{}])"
_KEY = r"(\w[\w.\-]{0,200})|'([^']{0,200})'|\"([^\"\\]{0,200})\""
_QUOTED = r"'([^']*(?:''[^']*)*)'|\"([^\"\\]*(?:\\[\"\\n][^\"\\]*)*)\""
_SIMPLE = re.compile(rf"( *)(\w[\w.\-]{{0,200}}): ((?:{_FIRST})(?:[^:#]*[^:# ])?)\Z")
_WORDS = rf"((?:{_FIRST})[^ :#]*(?:(?::(?=[^ ])|(?<=[^ ])#| +(?=[^ #]))[^ :#]*)*)"
_LINE = re.compile(
    rf"( *)(?:(-) +)?(?:(?:{_KEY}):(?= |\Z) *)?(?:{_WORDS}|{_QUOTED}|([\[{{].*)|([|>]-?)\Z)?"
    r" *(?:(?<= )#.*)?\Z"
)
_FLOW = re.compile(
    rf" *(?:((?:{_FIRST})[^ :#,\[\]{{}}]*"
    r"(?:(?::(?=[^ ,\[\]{}?])|(?<=[^ ])#| +(?=[^ :#,\[\]{}]))[^ :#,\[\]{}]*)*)"
    rf"|{_QUOTED}|([\[{{]))(:(?= ))?"
)
_NEXT = re.compile(r" *([,\]}])")
_ESCAPE = re.compile(r"\\(.)")
_END = re.compile(r" *(?:(?<= )#.*)?\Z")
_span: Callable[[tuple[int, int, int, int]], Span] = partial(tuple.__new__, Span)
_entry: Callable[[tuple[Scalar, Node]], Entry] = partial(tuple.__new__, Entry)


class _UnknownError(Exception):
    """The text is not of the plain part, or not right."""


def read(text: str, file: str) -> Node | None:
    """Read a text, with LF alone for line ends; None when it is not plain, empty or wrong."""
    # What the parser refuses, ends lines or indents by anything but spaces is not printable.
    if not text.replace("\n", "").isprintable():
        return None
    try:
        return _Blocks(file).read(text.split("\n"))
    except _UnknownError:
        return None


class _Blocks:
    """A stack of open block collections, and the key that waits for what comes below it."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.open: list[tuple[int, Map | Seq]] = []
        self.root: Map | Seq | None = None
        self.pending: tuple[int, Map, Scalar, int] | None = None
        self.lines: list[str] = []
        self.skip = 0  # the lines before this one have been read

    def read(self, lines: list[str]) -> Node | None:
        match, simple = _LINE.match, _SIMPLE.match
        self.lines = lines
        for number, line in enumerate(lines):
            found = simple(line)
            if number < self.skip or (found is not None and self._goes_on(number, found)):
                continue
            bare = line.lstrip(" ")
            if not bare or bare[0] == "#":
                continue
            found = match(line)
            if found is None:
                raise _UnknownError
            self._line(number, line, found)
        if lines[-1].lstrip(" ")[:1] in ("", "#") and lines[-1]:
            raise _UnknownError  # the parser has the end elsewhere then
        end = len(lines) - (not lines[-1])
        if self.pending:
            self._empty()
        self._close(-1, end, 0)
        return self.root

    def _goes_on(self, number: int, found: re.Match[str]) -> bool:
        """Take a key and a plain value that go on with a mapping, as most lines do."""
        if self.pending is not None or not self.open:
            return False
        at, owner = self.open[-1]
        key, value = found[2], found[3]
        if found.end(1) != at or not isinstance(owner, Map) or key in owner.entries:
            return False
        if value[0] in "-+0" and LEADING_ZERO.match(value):
            return False
        file, end = self.file, at + len(key)
        owner.entries[key] = _entry(
            (
                Scalar(file, _span((number, at, number, end)), key),
                Scalar(file, _span((number, end + 2, number, end + 2 + len(value))), value),
            )
        )
        return True

    def _line(self, number: int, line: str, found: re.Match[str]) -> None:
        at = found.end(1)
        owner: Map | Seq = self._owner(number, at, listed=found[2] is not None)
        key = found.lastindex
        if isinstance(owner, Seq):
            if found.start(3) < 0 and found.start(4) < 0 and found.start(5) < 0:
                owner.items.append(self._value(number, line, found))
                return
            at = next(found.start(i) - (i > 3) for i in (3, 4, 5) if found.start(i) >= 0)  # noqa: PLR2004 - the groups
            item = Map(self.file, _span((number, at, number, at)), {})
            owner.items.append(item)
            self._push(at, item)
            owner = item
        if key is None or key < 3:  # noqa: PLR2004 - the first group of a key
            raise _UnknownError
        self._pair(number, line, found, owner, at)

    def _owner(self, number: int, at: int, *, listed: bool) -> Map | Seq:
        """Give the collection to which a line belongs; begins it where it is new."""
        if self.pending is not None:
            above, owner, key, _ = self.pending
            if at > above or (listed and at == above):
                self.pending = None
                below = self._begin(number, at, listed=listed)
                owner.entries[key.text] = Entry(key, below)
                return below
            self._empty()
        if not self.open:
            if self.root is not None or at:
                raise _UnknownError
            self.root = self._begin(number, at, listed=listed)
            return self.root
        self._close(at, number, at)
        return self._found(number, at, listed=listed)

    def _found(self, number: int, at: int, *, listed: bool) -> Map | Seq:
        """Give the collection that goes on with a line."""
        if not self.open:
            raise _UnknownError
        indent, node = self.open[-1]
        if not listed and isinstance(node, Seq) and len(self.open) > 1:
            # A list that is indented as far as its key ends at the next key.
            if self.open[-2][0] != indent:
                raise _UnknownError
            self._end(self.open.pop()[1], number, at)
            indent, node = self.open[-1]
        if indent != at or isinstance(node, Seq) != listed:
            raise _UnknownError
        return node

    def _begin(self, number: int, at: int, *, listed: bool) -> Map | Seq:
        span = _span((number, at, number, at))
        node = Seq(self.file, span, []) if listed else Map(self.file, span, {})
        self._push(at, node)
        return node

    def _push(self, at: int, node: Map | Seq) -> None:
        if len(self.open) == _DEPTH:
            raise _UnknownError
        self.open.append((at, node))

    def _close(self, at: int, line: int, column: int) -> None:
        """End what is indented further than a line."""
        opened = self.open
        while opened and opened[-1][0] > at:
            self._end(opened.pop()[1], line, column)

    @staticmethod
    def _end(node: Map | Seq, line: int, column: int) -> None:
        start = node.span
        node.span = _span((start[0], start[1], line, column))

    def _empty(self) -> None:
        """Give the key that waits nothing."""
        assert self.pending is not None  # noqa: S101 - the caller has looked
        _, owner, key, at = self.pending
        self.pending = None
        line = key.span[0]
        owner.entries[key.text] = Entry(key, Scalar(self.file, _span((line, at, line, at)), ""))

    def _pair(
        self, number: int, line: str, found: re.Match[str], owner: Map | Seq, at: int
    ) -> None:
        plain = found[3]
        if plain is not None:
            text, style, end = plain, "", found.end(3)
        else:
            group, style = (4, "'") if found[4] is not None else (5, '"')
            if found[group] is None:
                raise _UnknownError
            text, end = found[group], found.end(group) + 1
        key = Scalar(self.file, _span((number, at, number, end)), text, style)
        if not isinstance(owner, Map) or text in owner.entries:
            raise _UnknownError
        if found.lastindex is not None and found.lastindex > 5:  # noqa: PLR2004 - a value's group
            owner.entries[text] = Entry(key, self._value(number, line, found))
        else:
            # The place is kept in the order of keys.
            owner.entries[text] = Entry(key, key)
            self.pending = (at, owner, key, end + 1)

    def _value(self, number: int, line: str, found: re.Match[str]) -> Node:
        plain = found[6]
        if plain is not None:
            return _plain(self.file, number, found.start(6), plain)
        start = found.start(9)
        if start >= 0:
            node, end = _Flow(self.file, number, line).node(start, 0)
            if not _END.match(line, end):
                raise _UnknownError
            return node
        if found[10] is not None:
            return self._block(number, found.start(10), found[10])
        return _quoted(self.file, number, found, 7)

    def _block(self, number: int, start: int, header: str) -> Scalar:
        """Read the lines below `|` or `>`, if all are alike and none is empty."""
        above, owner = self.open[-1]
        lines, last = self.lines, len(self.lines) - 1
        first = lines[number + 1] if number < last else ""
        indent = len(first) - len(first.lstrip(" "))
        if isinstance(owner, Seq) or indent <= above or lines[-1] or first.isspace():
            raise _UnknownError
        margin, at = " " * indent, number + 1
        while lines[at].startswith(margin):
            at += 1
        said = [line[indent:] for line in lines[number + 1 : at]]
        if any(not line or line[0] == " " for line in said):
            raise _UnknownError
        while at < last and not lines[at]:
            at += 1
        if lines[at].startswith(margin) or lines[at].isspace():
            raise _UnknownError
        self.skip = at
        text = (" " if header[0] == ">" else "\n").join(said) + "\n" * (len(header) == 1)
        return Scalar(self.file, _span((number, start, at, 0)), text, header[0])


def _plain(file: str, number: int, start: int, text: str) -> Scalar:
    if text[0] in "-+0" and LEADING_ZERO.match(text):
        raise _UnknownError
    return Scalar(file, _span((number, start, number, start + len(text))), text)


def _quoted(file: str, number: int, found: re.Match[str], group: int) -> Scalar:
    """Read a quoted scalar from one of two groups, for the two kinds of quotes."""
    text = found[group]
    if text is not None:
        start, end = found.span(group)
        style, text = "'", text.replace("''", "'")
    else:
        text, style = found[group + 1], '"'
        if text is None:
            raise _UnknownError
        if "\\" in text:
            text = _ESCAPE.sub(lambda m: "\n" if m[1] == "n" else m[1], text)
        start, end = found.span(group + 1)
    return Scalar(file, _span((number, start - 1, number, end + 1)), text, style)


class _Flow:
    """Reads a flow collection of one line."""

    def __init__(self, file: str, number: int, line: str) -> None:
        self.file = file
        self.number = number
        self.line = line

    def node(self, at: int, depth: int) -> tuple[Map | Seq, int]:
        """Read the collection that begins at a column; give the column after it, too."""
        if depth == _DEPTH:
            raise _UnknownError
        node: Map | Seq
        if self.line[at] == "[":
            node = Seq(self.file, _span((0, 0, 0, 0)), [], flow=True)
            end = self._items(node, at + 1, depth)
        else:
            node = Map(self.file, _span((0, 0, 0, 0)), {}, flow=True)
            end = self._entries(node, at + 1, depth)
        node.span = _span((self.number, at, self.number, end))
        return node, end

    def _items(self, node: Seq, at: int, depth: int) -> int:
        first = _NEXT.match(self.line, at)
        if first and first[1] == "]":
            return first.end()
        while True:
            item, at, is_key = self._piece(at, depth)
            if is_key:
                raise _UnknownError
            node.items.append(item)
            at, closed = self._next(at, "]")
            if closed:
                return at

    def _entries(self, node: Map, at: int, depth: int) -> int:
        first = _NEXT.match(self.line, at)
        if first and first[1] == "}":
            return first.end()
        while True:
            key, at, is_key = self._piece(at, depth)
            if not is_key or not isinstance(key, Scalar) or key.text in node.entries:
                raise _UnknownError
            value, at, is_key = self._piece(at, depth)
            if is_key:
                raise _UnknownError
            node.entries[key.text] = Entry(key, value)
            at, closed = self._next(at, "}")
            if closed:
                return at

    def _piece(self, at: int, depth: int) -> tuple[Node, int, bool]:
        """Read a scalar or a collection; say whether a colon follows."""
        found = _FLOW.match(self.line, at)
        if found is None:
            raise _UnknownError
        if found[4] is not None:
            node, end = self.node(found.start(4), depth + 1)
            return node, end, False
        is_key = found[5] is not None
        if found[1] is None:
            return _quoted(self.file, self.number, found, 2), found.end(), is_key
        if is_key:
            if found[1] == "<<":
                raise _UnknownError
            start, end = found.span(1)
            span = _span((self.number, start, self.number, end))
            return Scalar(self.file, span, found[1]), found.end(), True
        return _plain(self.file, self.number, found.start(1), found[1]), found.end(), False

    def _next(self, at: int, close: str) -> tuple[int, bool]:
        found = _NEXT.match(self.line, at)
        if found is None or found[1] not in (",", close):
            raise _UnknownError
        return found.end(), found[1] == close
