"""From diagnostics and changes to text: for people, for CI and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from schemagen.diagnostics import in_order
from schemagen.report.concise import concise
from schemagen.report.full import full
from schemagen.report.github import github
from schemagen.report.machine import as_json
from schemagen.report.sarif import sarif
from schemagen.report.summary import summary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from schemagen.diagnostics import Diagnostic

FORMATS = ("text", "concise", "json", "github", "sarif")


def report(diagnostics: Iterable[Diagnostic], texts: Mapping[str, str], style: str = "text") -> str:
    """Write diagnostics in one of `FORMATS`, sorted, each once.

    Args:
        diagnostics: what was found, in any order.
        texts: the files' texts, by the name that places use.
        style: one of `FORMATS`; `text` and `concise` end with a summary, and hold colour codes
            that `click.echo` takes out where they are not wanted.

    """
    found = in_order(diagnostics)
    if style in _MACHINES:
        return _MACHINES[style](found)
    body = full(found, texts) if style == "text" else concise(found)
    end = click.style(summary(found), bold=True)
    return (f"{body}\n\n{end}" if style == "text" else f"{body}\n{end}") if found else ""


_MACHINES = {"json": as_json, "github": github, "sarif": sarif}
