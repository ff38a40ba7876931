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
    """One entry as it stands in its file, or a part of one.

    Args:
        file: its name, for places.
        root: what it says.
        found: what is wrong with it.
        before: how many lines, and how many columns of each line, stand before the part.

    """

    def __init__(
        self,
        file: str,
        root: Node | None,
        found: Sequence[Diagnostic] = (),
        before: tuple[int, int] = (0, 0),
    ) -> None:
        """Keep the tree, and give its data."""
        self.file = file
        self.root = root
        self.diagnostics: list[Diagnostic] = list(found)
        self.data: Any = plain(self.root)
        self._before = before

    @classmethod
    def of(cls, text: str, file: str) -> Document:
        """Read the text of a file."""
        return cls(file, *yaml.load(text, file))

    def place(self, path: Sequence[str | int] = ()) -> Place:
        """Give the place of the value at `path`, or of what is nearest around it."""
        node = self.root
        for step in path:
            inner = _inner(node, step)
            if inner is None:
                break
            node = inner
        if node is None:
            return Place(self.file)
        lines, columns = self._before
        _, line, column, length = node.place
        return Place(self.file, line + lines, column + columns, length)

    def complain(self, message: str, path: Sequence[str | int] = ()) -> None:
        """Note that what stands at `path` is not what an entry holds."""
        self.diagnostics.append(Diagnostic(MALFORMED, message, self.place(path), help=HAND_EDITED))


def _inner(node: Node | None, step: str | int) -> Node | None:
    if isinstance(node, Map) and isinstance(step, str):
        return node.get(step)
    if isinstance(node, Seq) and isinstance(step, int) and step < len(node.items):
        return node.items[step]
    return None
