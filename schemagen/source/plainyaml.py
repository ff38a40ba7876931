"""Plain YAML → located tree, line by line: the part in which schemas and entries are written.

Block mappings and lists by indentation, scalars and flow collections on one line, simple block
scalars, comments. A file with anything else in it, or with a mistake, is left to the parser as a
whole. Where this reader has an answer, it is the parser's, with the same places.
"""

from __future__ import annotations

from schemagen.source.nodes import Entry, Map, Node, Scalar, Seq, span_of
from schemagen.source.plainline import (
    DEPTH,
    Line,
    UnknownError,
    Written,
    moved,
    moved_scalar,
    read_line,
)

_PRINTABLE = b"\n" + bytes(range(ord(" "), ord("~") + 1))


def read(text: str, file: str) -> Node | None:
    """Read a text, with LF alone for line ends; None when it is not plain, empty or wrong."""
    # What the parser refuses, ends lines or indents by anything but spaces is not printable.
    if not is_printable(text):
        return None
    try:
        return _Blocks(file).read(text.split("\n"))
    except UnknownError:
        return None


def is_printable(text: str) -> bool:
    """Say whether the lines of a text hold what is printable alone."""
    if text.isascii():  # as most are, and it takes a third of the time
        return not text.encode().translate(None, _PRINTABLE)
    return text.replace("\n", "").isprintable()


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
        self.lines = lines
        for number, line in enumerate(lines):
            if number < self.skip:
                continue
            said = read_line(line)
            if said is not None and not self._goes_on(number, said):
                self._take(number, said)
        if lines[-1].lstrip(" ")[:1] in ("", "#") and lines[-1]:
            raise UnknownError  # the parser has the end elsewhere then
        end = len(lines) - (not lines[-1])
        if self.pending:
            self._empty()
        self._close(-1, end, 0)
        return self.root

    def _goes_on(self, number: int, said: Line) -> bool:
        """Take a key and a value that go on with the mapping above, as most lines do."""
        if self.pending is not None or not self.open:
            return False
        at, owner = self.open[-1]
        if at != said.at or said.listed or isinstance(owner, Seq):
            return False
        key, value = said.key, said.value
        if key is None or value is None or said.is_block or key.text in owner.entries:
            return False
        owner.entries[key.text] = Written(said, self.file, number)
        return True

    def _take(self, number: int, said: Line) -> None:
        """Take a line: an item, or a key with or without its value."""
        at, listed, key, value, _ = said
        owner = self._owner(number, at, listed=listed)
        if isinstance(owner, Seq):
            if key is None:
                assert value is not None  # noqa: S101 - an item is one of the two
                if said.is_block:
                    raise UnknownError
                owner.items.append(moved(value, self.file, number))
                return
            at = key.span[1]
            item = Map(self.file, span_of((number, at, number, at)), {})
            owner.items.append(item)
            self._push(at, item)
            owner = item
        if key is None or key.text in owner.entries:
            raise UnknownError
        if value is None:
            # The place is kept in the order of keys.
            key = moved_scalar(key, self.file, number)
            owner.entries[key.text] = Entry(key, key)
            self.pending = (at, owner, key, key.span[3] + 1)
        elif isinstance(value, Scalar) and said.is_block:
            block = self._block(number, value.span[1], value.text)
            owner.entries[key.text] = Entry(moved_scalar(key, self.file, number), block)
        else:
            owner.entries[key.text] = Written(said, self.file, number)

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
                raise UnknownError
            self.root = self._begin(number, at, listed=listed)
            return self.root
        self._close(at, number, at)
        return self._found(number, at, listed=listed)

    def _found(self, number: int, at: int, *, listed: bool) -> Map | Seq:
        """Give the collection that goes on with a line."""
        if not self.open:
            raise UnknownError
        indent, node = self.open[-1]
        if not listed and isinstance(node, Seq) and len(self.open) > 1:
            # A list that is indented as far as its key ends at the next key.
            if self.open[-2][0] != indent:
                raise UnknownError
            self._end(self.open.pop()[1], number, at)
            indent, node = self.open[-1]
        if indent != at or isinstance(node, Seq) != listed:
            raise UnknownError
        return node

    def _begin(self, number: int, at: int, *, listed: bool) -> Map | Seq:
        span = span_of((number, at, number, at))
        node = Seq(self.file, span, []) if listed else Map(self.file, span, {})
        self._push(at, node)
        return node

    def _push(self, at: int, node: Map | Seq) -> None:
        if len(self.open) == DEPTH:
            raise UnknownError
        self.open.append((at, node))

    def _close(self, at: int, line: int, column: int) -> None:
        """End what is indented further than a line."""
        opened = self.open
        while opened and opened[-1][0] > at:
            self._end(opened.pop()[1], line, column)

    @staticmethod
    def _end(node: Map | Seq, line: int, column: int) -> None:
        start = node.span
        node.span = span_of((start[0], start[1], line, column))

    def _empty(self) -> None:
        """Give the key that waits nothing."""
        assert self.pending is not None  # noqa: S101 - the caller has looked
        _, owner, key, at = self.pending
        self.pending = None
        line = key.span[0]
        nothing = Scalar(self.file, span_of((line, at, line, at)), "")
        owner.entries[key.text] = Entry(key, nothing)

    def _block(self, number: int, start: int, header: str) -> Scalar:
        """Read the lines below `|` or `>`, if all are alike and none is empty."""
        above = self.open[-1][0]
        lines, last = self.lines, len(self.lines) - 1
        first = lines[number + 1] if number < last else ""
        indent = len(first) - len(first.lstrip(" "))
        if indent <= above or lines[-1] or first.isspace():
            raise UnknownError
        margin, at = " " * indent, number + 1
        while lines[at].startswith(margin):
            at += 1
        said = [line[indent:] for line in lines[number + 1 : at]]
        if any(not line or line[0] == " " for line in said):
            raise UnknownError
        while at < last and not lines[at]:
            at += 1
        if lines[at].startswith(margin) or lines[at].isspace():
            raise UnknownError
        self.skip = at
        text = (" " if header[0] == ">" else "\n").join(said) + "\n" * (len(header) == 1)
        return Scalar(self.file, span_of((number, start, at, 0)), text, header[0])
