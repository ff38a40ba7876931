"""One line of plain YAML: what stands on it, read once for each text.

Most lines of a schema stand in many of its files. So the nodes of a line are made for no file and
for line 0, and `moved` gives them as they stand somewhere.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from schemagen.patterns import pattern
from schemagen.source.nodes import Entry, Map, Node, Scalar, Seq, Span, span_of

if TYPE_CHECKING:
    import re

DEPTH = 20
_FIRST = r"[^\s\-?:,\[\]{}#&*!|>'\"%@`]|-(?=[^\s\-,\[\]{}])"
_KEY = r"(\w[\w.\-]{0,200})|'([^']{0,200})'|\"([^\"\\]{0,200})\""
_QUOTED = r"'([^']*(?:''[^']*)*)'|\"([^\"\\]*(?:\\[\"\\n][^\"\\]*)*)\""
_WORDS = rf"((?:{_FIRST})[^ :#]*(?:(?::(?=[^ ])|(?<=[^ ])#| +(?=[^ #]))[^ :#]*)*)"
_LINE = pattern(
    rf"( *)(?:(-) +)?(?:(?:{_KEY}):(?= |\Z) *)?(?:{_WORDS}|{_QUOTED}|([\[{{].*)|([|>]-?)\Z)?"
    r" *(?:(?<= )#.*)?\Z"
)
_FLOW = pattern(
    rf" *(?:((?:{_FIRST})[^ :#,\[\]{{}}]*"
    r"(?:(?::(?=[^ ,\[\]{}?])|(?<=[^ ])#| +(?=[^ :#,\[\]{}]))[^ :#,\[\]{}]*)*)"
    rf"|{_QUOTED}|([\[{{]))(:(?= ))?"
)
_NEXT = pattern(r" *([,\]}])")
_ESCAPE = pattern(r"\\(.)")
_END = pattern(r" *(?:(?<= )#.*)?\Z")
_BARE, _SINGLE, _DOUBLE = "", "'", '"'
_KEYS = ((3, _BARE), (4, _SINGLE), (5, _DOUBLE))  # groups of a line, and how they are quoted
_VALUES = ((6, _BARE), (7, _SINGLE), (8, _DOUBLE))
_PIECES = ((1, _BARE), (2, _SINGLE), (3, _DOUBLE))  # groups of a piece of a flow collection
_FLOWS, _BLOCK = 9, 10


class UnknownError(Exception):
    """The text is not of the plain part, or not right."""


class Line(NamedTuple):
    """What a line says.

    Args:
        at: where it begins.
        listed: whether it begins with a dash.
        key: the key on it.
        value: the value on it; a block's header stands for the block below it.
        is_block: whether it is such a header.

    """

    at: int
    listed: bool
    key: Scalar | None
    value: Node | None
    is_block: bool


@lru_cache(maxsize=8192)
def read_line(line: str) -> Line | None:
    """Read a line; None for an empty one or a comment."""
    bare = line.lstrip(" ")
    if not bare or bare[0] == "#":
        return None
    found = _LINE.match(line)
    if found is None:
        raise UnknownError
    key, value, listed = _scalar(found, _KEYS), _value(found, line), found[2] is not None
    if key is None and not (listed and value):
        raise UnknownError
    return Line(found.end(1), listed, key, value, found.start(_BLOCK) >= 0)


def moved_scalar(node: Scalar, file: str, number: int) -> Scalar:
    """Give a scalar of a line as it stands in a file."""
    _, start, _, end = node.span
    return Scalar(file, span_of((number, start, number, end)), node.text, node.style)


def moved(node: Node, file: str, number: int) -> Node:
    """Give a node of a line as it stands in a file."""
    if isinstance(node, Scalar):
        return moved_scalar(node, file, number)
    _, start, _, end = node.span
    span = span_of((number, start, number, end))
    if isinstance(node, Seq):
        items = [moved(item, file, number) for item in node.items]
        return Seq(file, span, items, flow=True, said=node.said)
    assert isinstance(node, Map)  # noqa: S101 - there are no others
    entries = {
        name: Entry(moved_scalar(entry.key, file, number), moved(entry.value, file, number))
        for name, entry in node.entries.items()
    }
    return Map(file, span, entries, flow=True, said=node.said)


class Written(Entry):
    """An entry as it stands on a line of a file; its nodes are made when they are asked for."""

    __slots__ = ("file", "line", "number")

    def __init__(self, line: Line, file: str, number: int) -> None:
        """Keep where the nodes are to stand."""
        self.line = line
        self.file = file
        self.number = number

    @property
    def bare(self) -> Node:
        """The value as it stands on any such line."""
        assert self.line.value is not None  # noqa: S101 - the line has a key and a value
        return self.line.value

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Node:
            """Fill the slot of the key, or of the value, when it is asked for first."""
            made = moved(getattr(self.line, name), self.file, self.number)
            setattr(self, name, made)
            return made


def _value(found: re.Match[str], line: str) -> Node | None:
    """Give the value on a line."""
    start = found.start(_FLOWS)
    if start >= 0:
        node, end = _Flow(line).node(start, 0)
        if not _END.match(line, end):
            raise UnknownError
        return node
    header = found[_BLOCK]
    if header is not None:
        return Scalar("", _on_line(*found.span(_BLOCK)), header, header[0])
    value = _scalar(found, _VALUES)
    if value is not None and value.has_leading_zero:
        raise UnknownError
    return value


def _scalar(found: re.Match[str], groups: tuple[tuple[int, str], ...]) -> Scalar | None:
    """Give the scalar that is in one of the groups, which are for the two quotes and for none."""
    for group, style in groups:
        start, end = found.span(group)
        if start >= 0:
            quote = len(style)
            text = _unquoted(found[group], style) if style else found[group]
            return Scalar("", _on_line(start - quote, end + quote), text, style)
    return None


def _unquoted(text: str, style: str) -> str:
    """Give what stands between quotes, escapes resolved."""
    if style == _SINGLE:
        return text.replace("''", "'")
    return _ESCAPE.sub(lambda m: "\n" if m[1] == "n" else m[1], text) if "\\" in text else text


def _on_line(start: int, end: int) -> Span:
    return span_of((0, start, 0, end))


class _Flow:
    """Reads a flow collection of one line."""

    def __init__(self, line: str) -> None:
        self.line = line

    def node(self, at: int, depth: int) -> tuple[Map | Seq, int]:
        """Read the collection that begins at a column; give the column after it, too."""
        if depth == DEPTH:
            raise UnknownError
        node: Map | Seq
        if self.line[at] == "[":
            node = Seq("", _on_line(0, 0), [], flow=True)
            end = self._items(node, at + 1, depth)
        else:
            node = Map("", _on_line(0, 0), {}, flow=True)
            end = self._entries(node, at + 1, depth)
        node.span, node.said = _on_line(at, end), self.line[at:end]
        return node, end

    def _items(self, node: Seq, at: int, depth: int) -> int:
        first = _NEXT.match(self.line, at)
        if first and first[1] == "]":
            return first.end()
        while True:
            item, at, is_key = self._piece(at, depth)
            if is_key:
                raise UnknownError
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
                raise UnknownError
            if key.text == "<<" and not key.style:
                raise UnknownError
            value, at, is_key = self._piece(at, depth)
            if is_key:
                raise UnknownError
            node.entries[key.text] = Entry(key, value)
            at, closed = self._next(at, "}")
            if closed:
                return at

    def _piece(self, at: int, depth: int) -> tuple[Node, int, bool]:
        """Read a scalar or a collection; say whether a colon follows."""
        found = _FLOW.match(self.line, at)
        if found is None:
            raise UnknownError
        if found[4] is not None:
            node, end = self.node(found.start(4), depth + 1)
            return node, end, False
        piece, is_key = _scalar(found, _PIECES), found[5] is not None
        if piece is None or (piece.has_leading_zero and not is_key):
            raise UnknownError
        return piece, found.end(), is_key

    def _next(self, at: int, close: str) -> tuple[int, bool]:
        found = _NEXT.match(self.line, at)
        if found is None or found[1] not in (",", close):
            raise UnknownError
        return found.end(), found[1] == close
