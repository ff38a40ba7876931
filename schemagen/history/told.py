"""The entry of a revision, read when it is asked for: what a checkpoint knows need not be read."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from schemagen.patterns import pattern

if TYPE_CHECKING:
    from schemagen.history.entry import Entry

_FULL = pattern(r"schema(?!gen)")


class Told:
    """The text of an entry.

    Args:
        text: the file's text.
        file: its path as in places.

    """

    def __init__(self, text: str, file: str) -> None:
        """Keep the text."""
        self.text = text
        self.file = file

    @cached_property
    def entry(self) -> Entry:
        """What it says."""
        from schemagen.history import reading  # noqa: PLC0415 - what is known need not be read

        return reading.read(self.text, self.file)

    @property
    def is_full(self) -> bool:
        """Say whether it holds a full state; it is read only if it looks like that."""
        return bool(_FULL.search(self.text)) and self.entry.full is not None
