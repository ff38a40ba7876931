"""`schemagen record`: tell the history what a person has done to a revision."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from schemagen.cli import options, output
from schemagen.cli.asking import ask
from schemagen.cli.complete import Revision
from schemagen.report.changes import changes_text, counts_text
from schemagen.workflow import project
from schemagen.workflow import record as recording
from schemagen.workflow.files import replace_all
from schemagen.workflow.questions import settle

if TYPE_CHECKING:
    from collections.abc import Collection

    from schemagen.config import Settings
    from schemagen.kinds import Key


@click.command(short_help="Tell what a hand-written revision changed, or seal an edited one.")
@click.argument("revision", type=Revision())
@options.project
@options.no_input
@click.option("--dry-run", is_flag=True, help="Say what would be written and write nothing.")
@click.option("--no-verify", is_flag=True, help="Believe it: do not prove it on SQLite first.")
def record(
    *, revision: str, settings: Settings, dry_run: bool, no_verify: bool, no_input: bool
) -> None:
    """Tell what a hand-written revision changed, or seal an edited one.

    For a revision without an entry: change the YAML as the revision changes the database, and the
    difference becomes its entry. For one whose body was edited: its entry takes the new body.
    First it is proven on a scratch database that the revision does just that.
    """
    found = project.sound(settings)
    told = found.history.find(revision)
    if told.entry is not None:
        made = recording.seal(told)
    else:
        denied: Collection[tuple[Key, Key]] = ()
        if options.can_ask(no_input=no_input):
            denied = settle(
                lambda: project.sound(settings), lambda p: recording.compared(p, told), ask
            )
        made = recording.record(project.sound(settings), told, denied)
    if not made.files:
        output.talk(f"nothing to do: {told.id} is told as it is")
        return
    if not no_verify:
        recording.prove(found, told, made)
    if not dry_run:
        replace_all(made.files)
    for path in made.files:
        output.data(settings.shown(path))
    if made.changes:
        output.talk(f"\n{changes_text(made.changes)}\n\n{counts_text(made.changes)}")
