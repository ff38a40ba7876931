"""What ends a command, told to the person in front of it: a message, and an exit status."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import click

from schemagen.cli.output import ROOT, STYLE, problem, show, texts
from schemagen.errors import Findings, SchemagenError

INTERRUPTED = 130
FAILED = 2


def exit_code(error: BaseException) -> int:
    """Tell what went wrong, and give the exit status."""
    if isinstance(error, (KeyboardInterrupt, click.Abort)):
        click.echo("interrupted", err=True)
        return INTERRUPTED
    if isinstance(error, Findings):
        _found(error)
        return error.exit_code
    if isinstance(error, SchemagenError):
        problem(str(error))
        return error.exit_code
    if isinstance(error, OSError) and error.errno != errno.EPIPE:
        problem(_io(error))
        return FAILED
    if isinstance(error, Exception) and not isinstance(error, OSError):
        _bug(error)
        return FAILED
    raise error


def _io(error: OSError) -> str:
    """Name the file: an OSError's own words put the number first."""
    what = error.strerror or type(error).__name__
    return f"{error.filename}: {what}" if error.filename else what


def _bug(error: Exception) -> None:
    import traceback  # noqa: PLC0415 - slow to import, and rarely needed

    last = traceback.format_exception_only(error)[-1].strip()
    problem(f"this is a bug in schemagen: {last}")
    if os.environ.get("SCHEMAGEN_DEBUG"):
        click.echo("".join(traceback.format_exception(error)), err=True)
    else:
        click.echo("set SCHEMAGEN_DEBUG=1 for the traceback", err=True)


def _found(error: Findings) -> None:
    """Show findings: to a program that asked for JSON as data, else as talk."""
    meta = click.get_current_context().meta
    if meta.get(STYLE) == "json":
        show(error.diagnostics, {}, "json")
    else:
        known = texts(error.diagnostics, meta.get(ROOT) or Path())
        show(error.diagnostics, known, err=True)
