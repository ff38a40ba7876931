"""Diagnostics as workflow commands, which GitHub shows beside the lines of a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemagen.diagnostics import Diagnostic

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def github(diagnostics: Sequence[Diagnostic]) -> str:
    """Write one command for each diagnostic, errors first: GitHub shows ten of a kind."""
    rank = list(Severity)
    return "\n".join(_command(d) for d in sorted(diagnostics, key=lambda d: rank.index(d.severity)))


def _command(diagnostic: Diagnostic) -> str:
    place = diagnostic.place
    where = {"file": place.file} if place else {}
    if place and place.line:
        where["line"], where["col"] = str(place.line), str(place.column)
        where["endColumn"] = str(place.column + place.length)
    where["title"] = diagnostic.code
    said = [diagnostic.message, diagnostic.label, diagnostic.help]
    text = _data("\n".join(s for s in said if s))
    properties = ",".join(f"{name}={_property(value)}" for name, value in where.items())
    return f"::{_COMMANDS[diagnostic.severity]} {properties}::{text}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
