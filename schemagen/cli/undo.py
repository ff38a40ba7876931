"""`schemagen undo`: remove a revision that nothing follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from schemagen.cli import options, output
from schemagen.cli.complete import Revision
from schemagen.history import history
from schemagen.workflow.files import replace_all
from schemagen.workflow.undo import undo as undone

if TYPE_CHECKING:
    from schemagen.config import Settings


@click.command(short_help="Remove a revision that nothing follows.")
@click.argument("revision", required=False, type=Revision())
@options.project
@options.no_input
@click.option("--dry-run", is_flag=True, help="Say what would go and remove nothing.")
def undo(*, revision: str | None, settings: Settings, dry_run: bool, no_input: bool) -> None:
    """Remove a revision that nothing follows, with its entry; the YAML stays as it is.

    With two heads, name one. When the working database (DATABASE_URL, from the environment or
    .env) is at the revision, nothing is removed, and the command that takes it back is shown.
    """
    del no_input  # it never asks
    told = history.read(settings.versions, settings.root)
    files = undone(told, settings, revision)
    if not dry_run:
        replace_all(files)
    for path in files:
        output.data(f"{'would remove' if dry_run else 'removed'} {settings.shown(path)}")
    if not dry_run:
        output.talk("the YAML is as it was; next: schemagen diff, schemagen generate")
