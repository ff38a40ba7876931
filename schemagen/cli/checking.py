"""A project looked at anew by `schemagen check`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from schemagen.cli import living, mending, output
from schemagen.diagnostics import Severity
from schemagen.report.summary import counted
from schemagen.workflow import project, remembered
from schemagen.workflow.checking import findings
from schemagen.workflow.mending import mended

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemagen.config import Settings
    from schemagen.diagnostics import Diagnostic
    from schemagen.workflow.ahead import Ahead
    from schemagen.workflow.project import Project


def look(  # noqa: PLR0913 - one parameter per option
    settings: Settings, style: str, ahead: Ahead, *, ci: bool, base: str | None, fix: bool
) -> str | None:
    """Show what is found, and exit 1 for errors and warnings; give the last line if nothing is."""
    found = project.read(settings, ahead)
    living.keep(found)
    if fix and mending.write(mended(found), settings.root):
        found = project.look(settings)
    diagnostics = findings(found, ci=ci, base=base)
    texts = {**output.texts(diagnostics, settings.root), **found.source.texts}
    output.show(diagnostics, texts, style)
    if any(d.severity is not Severity.NOTE for d in diagnostics):
        click.get_current_context().exit(1)
    if not diagnostics:
        line = _ok(found)
        if not (ci or base or fix):
            remembered.keep("check", found, line)
        return line
    if _is_pending(diagnostics):
        found.remember()
        if style in output.FOR_PEOPLE:
            output.talk("next: schemagen generate")
    return None


def _is_pending(diagnostics: Sequence[Diagnostic]) -> bool:
    return all(d.code == "G010" and d.severity is Severity.NOTE for d in diagnostics)


def _ok(found: Project) -> str:
    schema = found.source.schema
    columns = sum(len(view.columns) for view in schema.views())
    said = [
        counted(len(schema.tables), "table"),
        counted(columns, "column"),
        counted(len(found.history), "revision"),
    ]
    return f"ok: {', '.join(said)}, nothing pending"
