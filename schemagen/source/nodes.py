"""The located tree: what a YAML file says, and where each piece of it stands."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from schemagen.diagnostics import Place
from schemagen.patterns import pattern
from schemagen.records import record

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_NUMERIC = frozenset("+-.0123456789")  # what a number begins with
_INT = pattern(r"[-+]?[0-9]+\Z|0o[0-7]+\Z|0x[0-9a-fA-F]+\Z")
_FLOAT = pattern(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
_SPECIAL = pattern(r"[-+]?\.(inf|Inf|INF)\Z|\.(nan|NaN|NAN)\Z")
LEADING_ZERO = pattern(r"[-+]?0[0-9_]+(\.[0-9]*)?\Z")


class Span(NamedTuple):
    """Where a node begins and ends, counted from 0; the end is the first place after it."""

    line: int
    column: int
    end_line: int
    end_column: int


def place_of(file: str, span: Span) -> Place:
    """Give the first line of a stretch, for a diagnostic."""
    line, column, end_line, end_column = span
    length = end_column - column if end_line == line else 1
    return Place(file, line + 1, column + 1, max(length, 1))


@record(frozen=False, eq=False)
class Node:
    """A piece of a file."""

    file: str
    span: Span

    @property
    def place(self) -> Place:
        """The node's first line, for a diagnostic."""
        return place_of(self.file, self.span)


@record(frozen=False, eq=False)
class Broken(Node):
    """What a diagnostic has already been given for; readers pass over it in silence."""


@record(frozen=False, eq=False)
class Scalar(Node):
    """A single value. `style` is empty for a plain one, else its quote or block indicator."""

    text: str
    style: str = ""

    @property
    def value(self) -> str | int | float | bool | None:
        """The value by the YAML 1.2 core schema: quoted and block scalars are always text."""
        text = self.text
        if self.style:
            return text
        if text in _WORDS:
            return _WORDS[text]
        if text[:1] not in _NUMERIC:
            return text
        if _INT.match(text):
            return int(text, 0) if text[:2] in ("0o", "0x") else int(text)
        if _FLOAT.match(text):
            return float(text)
        return float(text.replace(".", "", 1)) if _SPECIAL.match(text) else text

    @property
    def has_leading_zero(self) -> bool:
        """Say whether YAML 1.1 and 1.2 would read different numbers here, as in `010`."""
        might_be = not self.style and self.text[:1] in _NUMERIC
        return might_be and bool(LEADING_ZERO.match(self.text))

    def at(self, start: int, end: int) -> Span:
        """Give the span of a part of the text, for a caret inside a short form."""
        line, column, end_line, _ = self.span
        if end_line != line or self.style in ("|", ">"):
            return self.span
        return Span(line, column + self._raw(start), line, column + self._raw(end))

    def _raw(self, offset: int) -> int:
        """Turn a place in the text into one in the file: quotes and escapes take room there."""
        if not self.style:
            return offset
        doubled = "'" if self.style == "'" else '"\\'
        return 1 + offset + sum(self.text.count(c, 0, offset) for c in doubled)

    def part(self, start: int, end: int) -> Scalar:
        """Give a part of the text as a plain scalar of its own."""
        return Scalar(self.file, self.at(start, end), self.text[start:end])


class Entry:
    """A key of a mapping and its value."""

    __slots__ = ("key", "value")

    def __init__(self, key: Scalar, value: Node) -> None:
        """Put a key and its value together."""
        self.key = key
        self.value = value

    @property
    def bare(self) -> Node:
        """The value for what it says. Where that stands it may not know, and it stays as it is."""
        return self.value


@record(frozen=False, eq=False)
class Map(Node):
    """A mapping, in the order in which it was written. `said` is a flow one's text, where known."""

    entries: dict[str, Entry]
    flow: bool = False
    said: str = ""

    def get(self, key: str) -> Node | None:
        """Give the value of a key, or None."""
        entry = self.entries.get(key)
        return entry.value if entry else None

    def __iter__(self) -> Iterator[tuple[str, Entry]]:
        """Go through the names and entries."""
        return iter(self.entries.items())

    def __contains__(self, key: str) -> bool:
        """Say whether the key is there."""
        return key in self.entries


@record(frozen=False, eq=False)
class Seq(Node):
    """A list. `said` is as of a mapping."""

    items: list[Node]
    flow: bool = False
    said: str = ""


# Made as tuples are, without the detour over keyword arguments; there are many.
span_of: Callable[[tuple[int, int, int, int]], Span] = partial(tuple.__new__, Span)
Late = Callable[[], Map]  # a long form that nobody has asked for yet


def plain(node: Node | None) -> Any:  # noqa: ANN401 - whatever the YAML holds
    """Give a node's value without its places; lists as lists."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Map):
        return {key: plain(entry.bare) for key, entry in node}
    return [plain(item) for item in node.items] if isinstance(node, Seq) else None


def sort_of(node: Node) -> str:
    """Say what a node is, for a message: `a mapping`, `a list`, `text`, `a number`, …."""
    if isinstance(node, Map):
        return "a mapping"
    if isinstance(node, Seq):
        return "a list"
    value = node.value if isinstance(node, Scalar) else None
    if value is None:
        return "nothing"
    if isinstance(value, str):
        return "text" if value.strip() else "empty text"
    names = ((bool, "true or false"),)
    return next((name for kind, name in names if isinstance(value, kind)), "a number")
