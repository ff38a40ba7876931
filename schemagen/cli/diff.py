"""`schemagen diff`: what differs between two states of the schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from schemagen import history
from schemagen.cli import options, output
from schemagen.cli.complete import Revision
from schemagen.report.changes import changes_data, changes_text, counts_text
from schemagen.report.machine import as_dict, dump
from schemagen.workflow.generate import options_of
from schemagen.workflow.hazards import hazards
from schemagen.workflow.offline import pending_sql
from schemagen.workflow.project import insist
from schemagen.workflow.sides import HEAD, YAML, between, side

if TYPE_CHECKING:
    from schemagen.config import Settings
    from schemagen.diagnostics import Diagnostic
    from schemagen.diff import Comparison
    from schemagen.workflow.sides import Side


@click.command(short_help="Show what differs between two states of the schema.")
@click.argument("left", metavar="[FROM]", default=HEAD, type=Revision())
@click.argument("right", metavar="[TO]", default=YAML, type=Revision())
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
    told = history.read(settings.versions, settings.root)
    one, two = (side(name, settings, told) for name in (left, right))
    comparison = between(one, two)
    insist(comparison.diagnostics)
    if dialect:
        text = pending_sql(one, two, comparison, dialect, options_of(settings))
        output.data(text.rstrip("\n"))
    elif style == "json":
        changes = changes_data(comparison.changes)
        said = {"from": one.name, "to": two.name, "changes": changes}
        found = _hazards(settings, one, two, comparison)
        output.data(dump({**said, "hazards": [as_dict(hazard) for hazard in found]}))
    else:
        _tell(one, two, comparison)
        output.show(_hazards(settings, one, two, comparison), {}, "concise", err=True)
    if exit_code and comparison.changes:
        click.get_current_context().exit(1)


def _hazards(
    settings: Settings, one: Side, two: Side, comparison: Comparison
) -> tuple[Diagnostic, ...]:
    schemas = (one.schema, two.schema)
    apart = two.apart or one.apart
    directions = two.directions or {}
    return hazards(settings, schemas, comparison.changes, directions, two.places, apart)


def _tell(one: Side, two: Side, comparison: Comparison) -> None:
    if not comparison.changes:
        output.talk(f"no difference between {one.name} and {two.name}")
        return
    output.data(changes_text(comparison.changes))
    output.talk(f"\n{counts_text(comparison.changes)}")
    for question in comparison.questions:
        olds = " or ".join(old.name for old in question.olds)
        output.talk(f"{question.new} could be {olds} renamed; `schemagen generate` asks")
