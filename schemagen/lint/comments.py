"""Comments that allow a finding: `# schemagen: allow[drop-column] its values are archived`."""

from __future__ import annotations

import io
import tokenize
from typing import TYPE_CHECKING

from schemagen.diagnostics import Place
from schemagen.patterns import pattern
from schemagen.records import record

if TYPE_CHECKING:
    from collections.abc import Iterator

_ALLOW = pattern(r"#\s*schemagen:\s*allow\[(?P<names>[^\]]*)\]\s*(?P<reason>.*)")


@record
class Allowance:
    """One name that a comment allows.

    Args:
        name: a rule's name or code.
        reason: what the comment says after it.
        place: the name in the comment.
        first: the first line that it covers.
        last: the last line that it covers; 0 for the whole file.

    """

    name: str
    reason: str
    place: Place
    first: int
    last: int

    def covers(self, place: Place | None) -> bool:
        """Say whether a place is among the lines that the comment speaks for."""
        if place is None or place.file != self.place.file:
            return False
        return not self.last or self.first <= place.line <= self.last


def allowances(text: str, file: str) -> list[Allowance]:
    """Find what the comments of a Python file allow.

    A comment speaks for its own line. One that stands alone speaks for the statement below it; one
    above the first function speaks for the whole file.

    Args:
        text: the file's text.
        file: the file as in places.

    """
    return list(_found(text, file))


def _found(text: str, file: str) -> Iterator[Allowance]:
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    except (tokenize.TokenError, SyntaxError):
        return
    functions = [t.start[0] for t in tokens if t.type == tokenize.NAME and t.string == "def"]
    body = min(functions, default=0)
    for index, token in enumerate(tokens):
        match = _ALLOW.match(token.string) if token.type == tokenize.COMMENT else None
        if not match:
            continue
        line, column = token.start
        alone = not token.line[:column].strip()
        if alone and line < body:
            first, last = 1, 0
        else:
            first, last = _statement(tokens, index) if alone else (line, line)
        start = column + match.start("names") + 1
        for name in match["names"].split(","):
            lead = len(name) - len(name.lstrip())
            place = Place(file, line, start + lead, max(len(name.strip()), 1))
            yield Allowance(name.strip(), match["reason"].strip(), place, first, last)
            start += len(name) + 1


_SKIPPED = (tokenize.COMMENT, tokenize.NL, tokenize.INDENT, tokenize.DEDENT)


def _statement(tokens: list[tokenize.TokenInfo], at: int) -> tuple[int, int]:
    """Give the first and last line of the statement below a comment."""
    after = (i for i in range(at, len(tokens)) if tokens[i].type not in _SKIPPED)
    start = next(after, len(tokens) - 1)
    ends = (t.end[0] for t in tokens[start:] if t.type == tokenize.NEWLINE)
    return tokens[start].start[0], next(ends, tokens[-1].end[0])
