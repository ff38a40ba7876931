"""`schemagen check`: the one command of CI and pre-commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from schemagen.cli import options, output
from schemagen.report.visible import visible
from schemagen.workflow import remembered
from schemagen.workflow.ahead import Ahead

if TYPE_CHECKING:
    from schemagen.config import Settings


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
    said = None if ci or base or fix else remembered.said("check", settings)
    if said is not None:
        output.show((), {}, style)
    else:
        with Ahead(settings, believe=not ci) as ahead:
            from schemagen.cli.checking import look  # noqa: PLC0415 - it imports all there is

            said = look(settings, style, ahead, ci=ci, base=base, fix=fix)
    if said and style in output.FOR_PEOPLE:
        output.talk(visible(said))
