"""Errors that end a command.

A finding about the user's YAML or history is a `Diagnostic`, collected and shown with all the
others. An exception is for what stops the work at once:

    SchemagenError          exit 2: the work could not be done
    ├── ConfigError         [tool.schemagen] or a flag is wrong
    ├── SourceError         a file cannot be read or written
    └── Findings            exit 1: diagnostics that stop the command
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemagen.diagnostics import Diagnostic


class SchemagenError(Exception):
    """The work could not be done; the message says why and what to do."""

    exit_code = 2


class ConfigError(SchemagenError):
    """The configuration or a flag is wrong."""


class SourceError(SchemagenError):
    """A file or folder cannot be read or written."""


class Findings(SchemagenError):  # noqa: N818 - these are findings, not an error of ours
    """Diagnostics that stop the command.

    Args:
        diagnostics: what was found, in any order; `Report` sorts them.

    """

    exit_code = 1

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        """Keep the diagnostics for the report."""
        super().__init__("; ".join(str(d) for d in diagnostics))
        self.diagnostics = tuple(diagnostics)
