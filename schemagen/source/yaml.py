"""YAML text → located tree. Plain files are read line by line, all others by a parser's events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.source import plainyaml

if TYPE_CHECKING:
    from schemagen.diagnostics import Diagnostic
    from schemagen.source.nodes import Node


def load(text: str, file: str) -> tuple[Node | None, list[Diagnostic]]:
    """Read one file.

    Args:
        text: its text; a byte order mark and CRLF are accepted.
        file: its name, for places.

    Returns:
        The tree, None when it is empty or is not YAML, and what is wrong with it.

    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    plain = plainyaml.read(text, file)
    if plain is not None:
        return plain, []
    from schemagen.source import events  # noqa: PLC0415 - the parser is slow to import

    return events.load(text, file)
