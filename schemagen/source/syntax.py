"""Syntax errors of YAML in words that help: what the parser says is rarely what went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from schemagen.diagnostics import Diagnostic, Place
from schemagen.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

QUOTE = "quote the whole value"
_COMMENT = pattern(r"\s#")
_LEADING_QUOTE = pattern(r"""(?:^|[\s\[{,:-])\s*(?P<q>['"]).*?(?P=q)\s*(?P<rest>[^\s,\]}#:])""")
_INDICATORS = "@`%"
_CONFLICT = pattern(r"<{7} |>{7} ")


def diagnose(error: yaml.YAMLError, text: str, file: str) -> Diagnostic:
    """Turn the parser's error into a diagnostic."""
    if isinstance(error, yaml.reader.ReaderError):
        return _character(error, text, file)
    lines = text.split("\n")
    mark = getattr(error, "problem_mark", None)
    start = getattr(error, "context_mark", None)
    line, column = (mark.line, mark.column) if mark else (0, 0)
    place = _on_page(lines, line, column, file)
    problem = str(getattr(error, "problem", "") or "")
    if known := _conflict(lines, file) or _tabbed(lines, place):
        return known
    if start and ("quoted" in str(getattr(error, "context", ""))) and "end of stream" in problem:
        place = Place(file, start.line + 1, start.column + 1)
        return Diagnostic(
            "Y001", "this quote is never closed", place, help=f'close it, or {QUOTE} in "…"'
        )
    if start and "flow" in str(getattr(error, "context", "")):
        return _open_flow(lines, _bracket(lines, start.line, start.column, place), place)
    if start and "expected ':'" in problem:
        place = Place(file, start.line + 1, start.column + 1)
        way_out = "a line is KEY: VALUE, with a space after the colon"
        return Diagnostic("Y001", "this line has no key", place, help=way_out)
    message, way_out = _explain(problem, lines, place)
    return Diagnostic("Y001", message, place, help=way_out)


def _on_page(lines: Sequence[str], line: int, column: int, file: str) -> Place:
    """Give the place, moved back to the last line when the parser stopped after it."""
    if line >= len(lines) or (line and line == len(lines) - 1 and not lines[line]):
        line = max(i for i in range(len(lines)) if lines[i] or not i)
        column = max(len(lines[line]) - 1, 0)
    return Place(file, line + 1, column + 1)


def _conflict(lines: Sequence[str], file: str) -> Diagnostic | None:
    at = next((i for i, line in enumerate(lines) if _CONFLICT.match(line)), None)
    if at is None:
        return None
    way_out = "keep what is right of both sides, and take the marks out"
    place = Place(file, at + 1, 1)
    return Diagnostic("Y001", "a conflict of a merge is left here", place, help=way_out)


def _tabbed(lines: Sequence[str], place: Place) -> Diagnostic | None:
    line = lines[place.line - 1] if place.line <= len(lines) else ""
    if "\t" not in line[: len(line) - len(line.lstrip())]:
        return None
    return Diagnostic("Y008", "a tab indents this line", place, help="YAML is indented with spaces")


def _bracket(lines: Sequence[str], line: int, column: int, place: Place) -> Place:
    """Give the bracket that is open: where the parser says, or the last one before it gave up."""
    if line < len(lines) and lines[line][column : column + 1] in ("[", "{"):
        return Place(place.file, line + 1, column + 1)
    depth = 0
    for number in range(min(line, place.line - 1), -1, -1):
        for at in range(len(lines[number]) - 1, -1, -1):
            depth += {"]": 1, "}": 1, "[": -1, "{": -1}.get(lines[number][at], 0)
            if depth < 0:
                return Place(place.file, number + 1, at + 1)
    return place


def _open_flow(lines: Sequence[str], start: Place, place: Place) -> Diagnostic:
    line = lines[start.line - 1]
    opened = line[start.column - 1 : start.column]
    if _COMMENT.search(line, start.column):
        at = Place(start.file, start.line, _COMMENT.search(line, start.column).start() + 2)  # type: ignore[union-attr]
        return Diagnostic(
            "Y001",
            f"a comment begins here, inside of {opened!r}",
            at,
            help=f"' #' starts a comment: {QUOTE}, or close the bracket before it",
        )
    if place.line == start.line and place.column - 1 < len(line) - 1:
        return Diagnostic(
            "Y001",
            f"a comma or the closing bracket of {opened!r} is missing here",
            place,
            help=f"a value with quotes, commas, brackets or ': ' in it: {QUOTE}",
        )
    return Diagnostic("Y001", f"this {opened!r} is never closed", start, help="close the bracket")


def _explain(problem: str, lines: Sequence[str], place: Place) -> tuple[str, str]:
    line = lines[place.line - 1]
    if "mapping values" in problem and line[: place.column - 1].count(":"):
        return "': ' inside a value", f"{QUOTE}, since ': ' makes a key of what stands before it"
    if "cannot start any token" in problem and line[place.column - 1 : place.column] in _INDICATORS:
        return f"a value cannot begin with {line[place.column - 1]!r}", QUOTE
    if _LEADING_QUOTE.search(line):
        return (
            "the value goes on after its closing quote",
            f"{QUOTE}: in YAML a leading quote must end the value",
        )
    earlier = next((ln for ln in reversed(lines[: place.line - 1]) if ln.strip()), "")
    if _COMMENT.search(earlier) and len(line) - len(line.lstrip()) > 0:
        return (
            "this line follows a comment and does not belong to anything",
            f"' #' starts a comment: {QUOTE} above, if the rest of it belongs to the value",
        )
    if (
        "mapping values" in problem
        or "expected key" in problem
        or "block end" in problem
        or "'-' indicator" in problem
    ):
        return "this line does not fit in with those above", "look at its indentation"
    return f"this is not YAML: {problem}", QUOTE


def _character(error: yaml.reader.ReaderError, text: str, file: str) -> Diagnostic:
    position = error.position
    before = text[:position] if isinstance(position, int) else ""
    place = Place(file, before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1)
    code = error.character if isinstance(error.character, int) else ord(error.character[:1])
    return Diagnostic(
        "Y010",
        f"the character U+{code:04X} cannot stand in YAML",
        place,
        help="take it out, or write it as an escape in double quotes",
    )
