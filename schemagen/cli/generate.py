"""`schemagen generate`: write the revision that takes the history to the YAML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from schemagen.cli import options, output
from schemagen.cli.complete import Table
from schemagen.config import SettingsError
from schemagen.diagnostics import Diagnostic
from schemagen.workflow import order

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schemagen.calls import Calls
    from schemagen.config import Settings


@click.command(short_help="Write the revision that takes the history to the YAML.")
@click.pass_obj
@options.project
@options.no_input
@options.data_format
@click.option("-m", "--message", default="", metavar="SLUG", help="The name, instead of ours.")
@click.option("--dry-run", is_flag=True, help="Print the revision and write nothing.")
@click.option(
    "--allow-drop",
    multiple=True,
    metavar="NAME",
    type=Table(),
    help="A table or table.column that may go with its values, or `all`. Repeatable.",
)
@click.option(
    "--assume-drop",
    multiple=True,
    metavar="NAME",
    help="What is really dropped where a rename would look the same. Repeatable.",
)
@click.option("--irreversible", is_flag=True, help="Write no way down.")
@click.option(
    "--offline", is_flag=True, help="On PostgreSQL, the plain way: clients wait meanwhile."
)
@click.option("--amend", is_flag=True, help="Replace the newest revision, keeping its name.")
@click.option("--data", "is_data", is_flag=True, help="Write a data migration to be filled in.")
@click.option(
    "--table",
    "tables",
    multiple=True,
    metavar="NAME",
    type=Table(),
    help="With --data: a table to have at hand, instead of all. Repeatable.",
)
@click.option(
    "--verify", "prove", is_flag=True, help="Prove it on SQLite afterwards: schemagen verify."
)
def generate(  # noqa: PLR0913 - one parameter per option
    begun: Calls | None,
    *,
    settings: Settings,
    no_input: bool,
    style: str,
    message: str,
    dry_run: bool,
    is_data: bool,
    tables: tuple[str, ...],
    prove: bool,
    **wishes: object,
) -> None:
    """Write the Alembic revision that takes the history to the YAML, its entry and the models.

    It needs no database and guesses nothing: where a rename and a drop plus an add look the same
    it asks, and writes the answer into the YAML; with nobody to ask it stops.
    """
    _insist_on_slug(message)
    if is_data:
        _alone({**wishes, "verify": prove})
        _data(settings, message, tables, dry_run=dry_run)
        return
    if tables:
        msg = "--table goes with --data"
        raise click.UsageError(msg)
    with begun or order.begin() as calls:
        calls.begin(order.practise, settings.templates)
        from schemagen.cli.generating import run  # noqa: PLC0415 - it imports all there is

        can_ask = options.can_ask(no_input=no_input)
        said = {"message": message, **wishes}
        run(settings, said, calls, style=style, can_ask=can_ask, dry_run=dry_run, prove=prove)


def _insist_on_slug(message: str) -> None:
    """A name is checked and never mended in silence; a mended one is offered."""
    if not message:
        return
    from schemagen import naming  # noqa: PLC0415 - it imports the kinds of objects

    if not naming.is_slug(message):
        near = re.sub(r"[^a-z0-9]+", "_", message.lower()).strip("_")
        said = f"-m {message!r}: a revision's name is of lower-case letters, digits and _"
        raise SettingsError(
            [Diagnostic("C006", said, help=f"for example: -m {near}" if near else "")]
        )


def _alone(others: Mapping[str, object]) -> None:
    """Refuse what a data migration, which is filled in by hand, would leave undone."""
    said = next((name for name, value in others.items() if value), None)
    if said:
        msg = f"--{said.replace('_', '-')} does not go with --data"
        raise click.UsageError(msg)


def _data(settings: Settings, message: str, tables: tuple[str, ...], *, dry_run: bool) -> None:
    if not message:
        msg = "--data needs -m: what does the migration do?"
        raise click.UsageError(msg)
    from schemagen.workflow import project  # noqa: PLC0415 - nothing else needs it here
    from schemagen.workflow.data import data_revision  # noqa: PLC0415 - as above
    from schemagen.workflow.files import replace_all  # noqa: PLC0415 - as above

    path, text = data_revision(project.sound_history(settings), settings, message, tables)
    if dry_run:
        output.data(text.rstrip("\n"))
        return
    replace_all({path: text})
    output.data(settings.shown(path))
    output.talk("fill in upgrade() and downgrade(), then: alembic upgrade head")
