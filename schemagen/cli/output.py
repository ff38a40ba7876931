"""Where words go: data to stdout, talk to stderr."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import click

from schemagen.report import report
from schemagen.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from schemagen.diagnostics import Diagnostic

# What the command in hand has found out, for the report of what ends it.
ROOT = "schemagen.root"
STYLE = "schemagen.style"
FOR_PEOPLE = ("text", "concise")


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


def texts(diagnostics: Iterable[Diagnostic], root: Path) -> dict[str, str]:
    """Read the files that the diagnostics point at, as far as they are there."""
    known: dict[str, str] = {}
    for file in {d.place.file for d in diagnostics if d.place}:
        with contextlib.suppress(OSError):
            known[file] = (root / file).read_text(encoding="utf-8", errors="replace")
    return known
