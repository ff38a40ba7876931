"""YAML text → located tree, strictly: no anchors, tags, merge keys, duplicates or second documents.

Read from the parser's events, which keep every place. Scalars follow the YAML 1.2 core schema, so
`no` and `12:30` are text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml
from yaml import events as ev

from schemagen.diagnostics import Diagnostic, Place
from schemagen.source.nodes import Broken, Entry, Map, Node, Scalar, Seq, Span
from schemagen.source.syntax import diagnose

if TYPE_CHECKING:
    from collections.abc import Iterator

# libyaml is 20 times faster; without it PyYAML's own parser gives the same events.
Parser = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DEPTH = 40


def load(text: str, file: str) -> tuple[Node | None, list[Diagnostic]]:
    """Read one file, whatever is in it.

    Args:
        text: its text, with LF for line ends.
        file: its name, for places.

    """
    builder = _Builder(file)
    try:
        for event in _events(text):
            builder.take(event)
    except yaml.YAMLError as error:
        return None, [*builder.found, diagnose(error, text, file)]
    except UnicodeEncodeError as error:
        before = text[: error.start]
        place = Place(file, before.count("\n") + 1, error.start - before.rfind("\n"))
        return None, [Diagnostic("Y010", "half a character: the file is not UTF-8", place)]
    return builder.root, builder.found


def _events(text: str) -> Iterator[ev.Event]:
    return yaml.parse(text, Loader=Parser)  # type: ignore[return-value,unused-ignore]


def _span(event: ev.Event) -> Span:
    start: Any = event.start_mark
    end: Any = event.end_mark
    return Span(start.line, start.column, end.line, end.column)


class _Builder:
    """Builds the tree from events. A stack of open collections, each with its pending key."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.root: Node | None = None
        self.found: list[Diagnostic] = []
        self.open: list[tuple[Map | Seq, list[Scalar | Broken]]] = []
        self.documents = 0

    def take(self, event: ev.Event) -> None:
        """Take one event."""
        if isinstance(event, ev.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, ev.CollectionStartEvent):
            self._begin(event)
        elif isinstance(event, ev.CollectionEndEvent):
            self._end(event)
        elif isinstance(event, ev.AliasEvent):
            name = event.anchor
            self._error("Y003", f"alias *{name}", event, "write it out, or use a mixin")
            self._place(Broken(self.file, _span(event)))
        elif isinstance(event, ev.DocumentStartEvent):
            self._document(event)

    def _error(self, code: str, message: str, event: ev.Event | Node, way_out: str) -> None:
        node = event if isinstance(event, Node) else Node(self.file, _span(event))
        self.found.append(Diagnostic(code, message, node.place, help=way_out))

    def _document(self, event: ev.DocumentStartEvent) -> None:
        self.documents += 1
        if self.documents == 2:  # noqa: PLR2004 - the second one is one too many
            self._error("Y007", "a second document", event, "one file holds one document")
        if event.version or event.tags:
            self._error("Y006", "a % directive", event, "take it out; YAML 1.2 is what is read")

    def _mark(self, event: ev.ScalarEvent | ev.CollectionStartEvent) -> None:
        """Complain of an anchor or a tag; both stand before the value."""
        if event.anchor:
            way_out = "anchors are not used here; for columns that repeat there are mixins"
            self._error("Y003", f"anchor &{event.anchor}", _first_line(self.file, event), way_out)
        if event.tag:
            way_out = "tags are not used here; quote a value that is to be text"
            self._error("Y006", f"tag {_short(event.tag)}", _first_line(self.file, event), way_out)

    def _scalar(self, event: ev.ScalarEvent) -> None:
        if event.anchor or event.tag:
            self._mark(event)
        style = "" if event.style in (None, "") else event.style
        node = Scalar(self.file, _span(event), event.value, style)
        if "\0" in node.text or any("\ud800" <= c <= "\udfff" for c in node.text):
            message = "text with a character that no database stores"
            self._error("Y010", message, node, "take it out")
            self._place(Broken(self.file, node.span))
            return
        if not self._is_key() and node.has_leading_zero:
            way_out = f"write {node.text.lstrip('+-0_') or '0'}, or quote it if it is text"
            self._error("Y004", f"{node.text} is a number with a leading zero", node, way_out)
        self._place(node)

    def _is_key(self) -> bool:
        return bool(self.open) and isinstance(self.open[-1][0], Map) and not self.open[-1][1]

    def _begin(self, event: ev.CollectionStartEvent) -> None:
        self._mark(event)
        node: Map | Seq
        flow = bool(event.flow_style)
        if isinstance(event, ev.MappingStartEvent):
            node = Map(self.file, _span(event), {}, flow)
        else:
            node = Seq(self.file, _span(event), [], flow)
        if len(self.open) == DEPTH:
            self._error("Y011", "nested too deep", node, f"at most {DEPTH} levels")
        self._place(node)
        self.open.append((node, []))

    def _end(self, event: ev.CollectionEndEvent) -> None:
        node, _ = self.open.pop()
        start = node.span
        end: Any = event.end_mark
        node.span = Span(start.line, start.column, end.line, end.column)

    def _place(self, node: Node) -> None:
        """Put a node where it belongs: root, item, key or value."""
        if len(self.open) > DEPTH or self.documents > 1:
            return
        if not self.open:
            self.root = node
            return
        owner, key = self.open[-1]
        if isinstance(owner, Seq):
            owner.items.append(node)
        elif key:
            self._pair(owner, key.pop(), node)
        else:
            key.append(self._key(node))

    def _key(self, node: Node) -> Scalar | Broken:
        if not isinstance(node, Scalar):
            if not isinstance(node, Broken):
                self._error("Y009", "a key that is not text", node, "a key is a single word")
            return Broken(self.file, node.span)
        if node.text == "<<" and not node.style:
            self._error("Y005", "a merge key", node, "use a mixin for what repeats")
            return Broken(self.file, node.span)
        return node

    def _pair(self, owner: Map, key: Scalar | Broken, value: Node) -> None:
        if not isinstance(key, Scalar):
            return
        first = owner.entries.get(key.text)
        if first is None:
            owner.entries[key.text] = Entry(key, value)
            return
        line = first.key.span.line + 1
        way_out = f"it stands in line {line} already; only one of them can count"
        self._error("Y002", f"duplicate key {key.text!r}", key, way_out)


def _short(tag: str) -> str:
    return tag.replace("tag:yaml.org,2002:", "!!")


def _first_line(file: str, event: ev.Event) -> Node:
    start: Any = event.start_mark
    return Node(file, Span(start.line, start.column, start.line, start.column + 1))
