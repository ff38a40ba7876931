"""`schemagen diff`: what differs between two states of the schema."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from schemagen.cli import options, output
from schemagen.cli.complete import Revision
from schemagen.report.visible import visible
from schemagen.workflow import remembered
from schemagen.workflow.ahead import Ahead

if TYPE_CHECKING:
    from schemagen.config import Settings

_USUAL = ("head", "yaml")


@click.command(short_help="Show what differs between two states of the schema.")
@click.argument("left", metavar="[FROM]", default=_USUAL[0], type=Revision())
@click.argument("right", metavar="[TO]", default=_USUAL[1], type=Revision())
@options.project
@options.no_input
@options.data_format
@click.option(
    "--sql",
    "dialect",
    type=click.Choice(["postgresql", "sqlite"]),
    help="Print the SQL that leads from one to the other.",
)
@click.option("--exit-code", is_flag=True, help="Exit 1 when there is a difference.")
def diff(  # noqa: PLR0913 - one parameter per option
    *,
    left: str,
    right: str,
    settings: Settings,
    style: str,
    dialect: str | None,
    exit_code: bool,
    no_input: bool,
) -> None:
    """Show what differs between two states of the schema; without arguments, what is pending.

    FROM and TO are `yaml` (the files as they are), `head`, `base`, a revision, `git:REF` (the YAML
    at a commit), or another folder of YAML.
    """
    del no_input  # it never asks
    usual = (left, right) == _USUAL and style == "text" and not dialect and not Path(left).is_dir()
    said = remembered.said("diff", settings) if usual else None
    if said is None:
        names = (left, right)
        with Ahead(settings, compare="yaml" in names) as ahead:
            from schemagen.cli.comparing import compare  # noqa: PLC0415 - it imports all there is

            said = compare(names, settings, style, dialect, ahead)
    if said is None:
        click.get_current_context().exit(int(exit_code))
    if style == "text" and not dialect:
        output.talk(visible(said))
