"""From diagnostics and changes to text: for people, for CI and for programs."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import click

from schemagen.diagnostics import in_order
from schemagen.report.summary import summary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from schemagen.diagnostics import Diagnostic

FORMATS = ("text", "concise", "json", "github", "sarif")
# Where each is written: a module below here, loaded when it is asked for, and its function.
_WRITERS = {
    "text": ("full", "full"),
    "concise": ("concise", "concise"),
    "json": ("machine", "as_json"),
    "github": ("github", "github"),
    "sarif": ("sarif", "sarif"),
}
_FOR_PEOPLE = ("text", "concise")


def report(diagnostics: Iterable[Diagnostic], texts: Mapping[str, str], style: str = "text") -> str:
    """Write diagnostics in one of `FORMATS`, sorted, each once.

    Args:
        diagnostics: what was found, in any order.
        texts: the files' texts, by the name that places use.
        style: one of `FORMATS`; `text` and `concise` end with a summary, and hold colour codes
            that `click.echo` takes out where they are not wanted.

    """
    found = in_order(diagnostics)
    if style in _FOR_PEOPLE and not found:
        return ""
    module, name = _WRITERS[style]
    write = getattr(import_module(f"{__name__}.{module}"), name)
    body: str = write(found, texts) if style == "text" else write(found)
    if style not in _FOR_PEOPLE:
        return body
    end = click.style(summary(found), bold=True)
    return f"{body}\n\n{end}" if style == "text" else f"{body}\n{end}"
