"""The full text of diagnostics: place, line, caret, label and help."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from schemagen.diagnostics import Severity
from schemagen.report.visible import visible, width

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from schemagen.diagnostics import Diagnostic, Place

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
_LEFT, _RIGHT = 100, 160  # what of a very long line is shown, in characters around the caret


def full(diagnostics: Sequence[Diagnostic], texts: Mapping[str, str]) -> str:
    """Write diagnostics as blocks, an empty line between them."""
    lines = {file: text.splitlines() for file, text in texts.items()}
    return "\n\n".join("\n".join(_block(d, lines)) for d in diagnostics)


def _block(diagnostic: Diagnostic, lines: Mapping[str, Sequence[str]]) -> Iterator[str]:
    place = diagnostic.place
    head = click.style(f"{diagnostic.severity}[{diagnostic.code}]", fg=_colour(diagnostic))
    yield f"{head}: {click.style(visible(diagnostic.message), bold=True)}"
    gutter = " " * len(str(place.line)) if place and place.line else " "
    if place:
        yield f"{gutter}{_blue('-->')} {visible(str(place))}"
    source = lines.get(place.file, ()) if place else ()
    if place and 0 < place.line <= len(source):
        yield from _excerpt(diagnostic, place, source[place.line - 1], gutter)
    elif diagnostic.label:
        yield f"{gutter} {_blue('=')} {visible(diagnostic.label)}"
    yield from _help(diagnostic.help, gutter)


def _excerpt(diagnostic: Diagnostic, place: Place, line: str, gutter: str) -> Iterator[str]:
    start = max(place.column - 1, 0)
    first = max(start - _LEFT, 0) if len(line) > _RIGHT else 0
    before, lead = visible(line[first:start]), "…" if first else ""
    marked = visible(line[start : start + place.length])
    after = visible(line[start + place.length : first + _RIGHT])
    trail = "…" if len(line) > first + _RIGHT else ""
    caret = "^" * max(width(marked), 1)
    label = f" {visible(diagnostic.label)}" if diagnostic.label else ""
    bar = _blue("|")
    yield f"{gutter} {bar}"
    yield f"{_blue(str(place.line))} {bar} {lead}{before}{marked}{after}{trail}".rstrip()
    offset = " " * (width(lead) + width(before))
    yield f"{gutter} {bar} {offset}{click.style(caret + label, fg=_colour(diagnostic))}"


def _help(text: str, gutter: str) -> Iterator[str]:
    """A help may have lines of its own: those to paste."""
    if text:
        first, *rest = text.split("\n")
        yield f"{gutter} {_blue('=')} {click.style('help:', bold=True)} {visible(first)}"
        yield from (f"{gutter}         {visible(line)}".rstrip() for line in rest)


def _colour(diagnostic: Diagnostic) -> str:
    return COLOURS[diagnostic.severity]


def _blue(text: str) -> str:
    return click.style(text, fg="blue")
