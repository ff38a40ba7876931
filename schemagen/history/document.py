"""An entry's text as plain data, with the place of each piece at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schemagen.diagnostics import Diagnostic, Place
from schemagen.source import yaml
from schemagen.source.nodes import Map, Node, Seq, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

Path = tuple[str | int, ...]

MALFORMED = "H010"
HAND_EDITED = "entries are written by schemagen; take the file back from version control"


class Document:
    """One entry as it stands in its file.

    Args:
        text: the file's text.
        file: its name, for places.

    """

    def __init__(self, text: str, file: str) -> None:
        """Read the text."""
        self.file = file
        self.root, found = yaml.load(text, file)
        self.diagnostics: list[Diagnostic] = list(found)
        self.data: Any = plain(self.root)

    def place(self, path: Sequence[str | int] = ()) -> Place:
        """Give the place of the value at `path`, or of what is nearest around it."""
        node = self.root
        for step in path:
            inner = _inner(node, step)
            if inner is None:
                break
            node = inner
        return node.place if node else Place(self.file)

    def complain(self, message: str, path: Sequence[str | int] = ()) -> None:
        """Note that what stands at `path` is not what an entry holds."""
        self.diagnostics.append(Diagnostic(MALFORMED, message, self.place(path), help=HAND_EDITED))


def _inner(node: Node | None, step: str | int) -> Node | None:
    if isinstance(node, Map) and isinstance(step, str):
        return node.get(step)
    if isinstance(node, Seq) and isinstance(step, int) and step < len(node.items):
        return node.items[step]
    return None
