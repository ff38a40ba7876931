"""Diagnostics: what is wrong, where, and the way out. A leaf: imports nothing of ours."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, NamedTuple

from schemagen.records import field, record

if TYPE_CHECKING:
    from collections.abc import Iterable


class Severity(enum.StrEnum):
    """How much a diagnostic weighs: an error stops, a warning is a finding, a note informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Place(NamedTuple):
    """A stretch of one line of a file.

    Args:
        file: the path as the user would type it, with forward slashes.
        line: counted from 1; 0 when only the file is known.
        column: counted from 1.
        length: how many characters the caret underlines.

    """

    file: str
    line: int = 0
    column: int = 1
    length: int = 1

    def __str__(self) -> str:
        """Print as `file:line:column`, or the file alone when the line is not known."""
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@record
class Fix:
    """An edit of whole lines that mends a finding.

    Args:
        file: the file to edit.
        line: the line, counted from 1, before which the text goes.
        text: the line or lines to put in, without the last line end; empty to put in none.
        replaces: how many lines, from `line` on, the text takes the place of.

    """

    file: str
    line: int
    text: str
    replaces: int = 0


@record
class Diagnostic:
    """One finding.

    Args:
        code: stable, a letter and three digits (`S002`).
        message: one sentence, no full stop.
        place: where it is, if it is anywhere.
        label: what stands beside the caret (`did you mean 'default'?`).
        help: the way out.
        severity: an error unless said otherwise.
        fix: an edit that would mend it.

    """

    code: str
    message: str
    place: Place | None = None
    label: str = ""
    help: str = ""
    severity: Severity = Severity.ERROR
    fix: Fix | None = field(default=None, compare=False)

    def __str__(self) -> str:
        """Print on one line, as in `--format concise`."""
        where = f"{self.place}: " if self.place else ""
        return f"{where}{self.severity}[{self.code}]: {self.message}"

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Order by file, line and column, then code and message."""
        place = self.place or Place("")
        return (place.file, place.line, place.column, self.code, self.message)


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Sort by place and drop exact repeats."""
    return sorted(dict.fromkeys(diagnostics), key=lambda d: d.sort_key)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Say `did you mean 'default'?` for the known word nearest to `word`, or nothing."""
    import difflib  # noqa: PLC0415 - slow to import, and only mistakes need it

    near = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f"did you mean {near[0]!r}?" if near else ""
