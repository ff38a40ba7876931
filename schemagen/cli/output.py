"""Where words go: data to stdout, talk to stderr."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from schemagen.report import report
from schemagen.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from schemagen.diagnostics import Diagnostic

# What the command in hand has found out, for the report of what ends it.
ROOT = "schemagen.root"
STYLE = "schemagen.style"


def data(text: str) -> None:
    """Print what was asked for."""
    click.echo(text)


def talk(text: str) -> None:
    """Say something beside the data; user text in it has been made visible."""
    click.echo(text, err=True)


def problem(text: str) -> None:
    """Say why the work could not be done."""
    first, *rest = text.split("\n")
    click.echo(f"{click.style('error', fg='red')}: {visible(first)}", err=True)
    for line in rest:
        click.echo(visible(line), err=True)


def show(
    diagnostics: Iterable[Diagnostic],
    texts: Mapping[str, str],
    style: str = "text",
    *,
    err: bool = False,
) -> None:
    """Print diagnostics, unless there are none to print for people."""
    text = report(diagnostics, texts, style)
    if text:
        click.echo(text, err=err)
