"""`schemagen lint`: what can hurt data, locks or clients."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from schemagen.cli import mending, options, output
from schemagen.cli.complete import Revision
from schemagen.diagnostics import Severity
from schemagen.report.summary import counted
from schemagen.workflow import linting, project
from schemagen.workflow.lint_mending import mended
from schemagen.workflow.rules import rules_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemagen.config import Settings


@click.command(short_help="Find what can hurt data, locks or clients.")
@click.argument("revisions", metavar="[REVISION]...", nargs=-1, type=Revision())
@options.project
@options.no_input
@options.finding_format
@click.option("--all", "everything", is_flag=True, help="Every revision, not only the newest.")
@click.option("--select", multiple=True, metavar="RULE", help="Only these rules. Repeatable.")
@click.option("--ignore", multiple=True, metavar="RULE", help="Not these rules. Repeatable.")
@click.option("--fix", is_flag=True, help="Mend in the YAML what is safe to mend.")
def lint(  # noqa: PLR0913 - one parameter per option
    *,
    revisions: tuple[str, ...],
    settings: Settings,
    style: str,
    no_input: bool,
    everything: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fix: bool,
) -> None:
    """Find what can hurt data, locks or clients: in the schema, in what is pending, in revisions.

    Without arguments it looks at the YAML, at what is in no revision yet, and at the newest
    revision; with REVISIONS at those alone. It needs no database. RULE is a name, a code, or the
    beginning of codes (PF); `schemagen explain RULE` tells all about one. Notes do not fail it;
    exit 1 when there are errors or warnings.
    """
    del no_input  # it never asks
    rules = rules_of(settings, _split(select), _split(ignore))
    found = project.sound(settings)
    wanted = linting.scope(found, revisions, everything=everything)
    if fix and mending.write(mended(found, rules, wanted), settings.root):
        found = project.sound(settings)
    engine = linting.lint(found, rules, wanted)
    diagnostics = [*linting.remarks(found, wanted), *engine.diagnostics]
    texts = {**output.texts(diagnostics, settings.root), **found.source.texts}
    output.show(diagnostics, texts, style)
    if not diagnostics and style in ("text", "concise"):
        output.talk(f"ok: nothing found by {counted(len(rules), 'rule')}")
    if any(d.severity is not Severity.NOTE for d in diagnostics):
        click.get_current_context().exit(1)


def _split(words: Sequence[str]) -> list[str]:
    """Take `--select PF,DL` as well as `--select PF --select DL`."""
    return [word.strip() for said in words for word in said.split(",") if word.strip()]
