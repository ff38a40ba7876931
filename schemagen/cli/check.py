"""`schemagen check`: the one command of CI and pre-commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from schemagen.cli import options, output
from schemagen.diagnostics import Severity
from schemagen.report.summary import counted
from schemagen.report.visible import visible
from schemagen.workflow import project
from schemagen.workflow.checking import findings
from schemagen.workflow.files import replace_all
from schemagen.workflow.mending import mended

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemagen.config import Settings
    from schemagen.diagnostics import Diagnostic
    from schemagen.workflow.project import Project


@click.command(short_help="Check the YAML and the history.")
@options.project
@options.no_input
@options.finding_format
@click.option("--ci", is_flag=True, help="Pending changes and stale files are findings.")
@click.option("--base", metavar="REF", help="Revisions that REF has are shared: never edited.")
@click.option("--fix", is_flag=True, help="Mend what is safe to mend.")
def check(  # noqa: PLR0913 - one parameter per option
    *, settings: Settings, style: str, ci: bool, base: str | None, fix: bool, no_input: bool
) -> None:
    """Check the YAML and the history, and note what is in no revision yet.

    It needs no database. Exit 1 when there are errors or warnings.
    """
    del no_input  # it never asks
    found = project.look(settings)
    if fix:
        found = _mended(found)
    diagnostics = findings(found, ci=ci, base=base)
    texts = {**output.texts(diagnostics, settings.root), **found.source.texts}
    output.show(diagnostics, texts, style)
    if style in ("text", "concise"):
        _close(found, diagnostics)
    if any(d.severity is not Severity.NOTE for d in diagnostics):
        click.get_current_context().exit(1)


def _mended(found: Project) -> Project:
    """Carry out the edits that are safe, and read everything anew."""
    changed = mended(found)
    if not changed:
        output.talk("nothing to mend")
        return found
    replace_all({found.settings.root / name: text for name, text in changed.items()})
    for name in changed:
        output.talk(f"mended {visible(name)}")
    return project.look(found.settings)


def _close(found: Project, diagnostics: Sequence[Diagnostic]) -> None:
    if not diagnostics:
        schema = found.source.schema
        columns = sum(len(view.columns) for view in schema.views())
        said = [
            counted(len(schema.tables), "table"),
            counted(columns, "column"),
            counted(len(found.history.revisions), "revision"),
        ]
        output.talk(f"ok: {', '.join(said)}, nothing pending")
    elif all(d.code == "G010" and d.severity is Severity.NOTE for d in diagnostics):
        output.talk("next: schemagen generate")
