"""`schemagen init`: begin a project, or adopt one that Alembic runs already."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from schemagen.cli import options, output
from schemagen.report.summary import counted
from schemagen.report.visible import visible
from schemagen.workflow.files import replace_all
from schemagen.workflow.init import Wish, start
from schemagen.workflow.verify import DIALECTS

if TYPE_CHECKING:
    from schemagen.config import Settings
    from schemagen.workflow.adopt import Adopted
    from schemagen.workflow.init import Start


@click.command(short_help="Begin a project, or adopt one that has Alembic revisions.")
@click.argument("url", required=False)
@options.project_of_source
@options.no_input
@click.option("--dry-run", is_flag=True, help="Say what would be written and write nothing.")
@click.option(
    "--on", type=click.Choice(DIALECTS), help="Run the revisions on this database to read it."
)
@click.option("--env", is_flag=True, help="Write our env.py in place of the project's.")
@click.option(
    "--package",
    metavar="NAME",
    default="backend",
    show_default=True,
    help="The Python package that new modules go into.",
)
@click.option(
    "--scratch-url",
    envvar="SCHEMAGEN_VERIFY_URL",
    show_envvar=True,
    metavar="URL",
    help="A PostgreSQL server to make scratch databases on, instead of the embedded one.",
)
def init(  # noqa: PLR0913 - one parameter per option
    *,
    url: str | None,
    settings: Settings,
    no_input: bool,
    dry_run: bool,
    on: str | None,
    schemas: tuple[str, ...],
    env: bool,
    package: str,
    scratch_url: str | None,
) -> None:
    """Begin a project, or adopt one that has Alembic revisions.

    Where there is no Alembic project, an empty one is laid out. Where there is, the schema at its
    head is read: from the database at URL, or from a scratch one that the revisions are run on. It
    becomes YAML, and an entry beside the newest revision says that the history begins there. The
    revisions stay as they are.
    """
    wish = Wish(url, on or "", scratch_url, schemas, env=env, package=package)
    made = start(settings, wish)
    _tell(made, settings)
    if dry_run:
        return
    if options.can_ask(no_input=no_input) and not _agreed():
        raise click.Abort
    replace_all(made.files)
    output.talk(f"\nnext: {_next(made)}")


def _agreed() -> bool:
    return click.confirm("write these?", default=True, err=True)


def _tell(made: Start, settings: Settings) -> None:
    """Say what is going to be written, and what was found on the way."""
    for path in sorted(made.files):
        there = "changed" if path.exists() else "new"
        output.data(visible(f"{there:<8}{settings.shown(path)}"))
    if made.adopted is not None:
        output.talk("")
        output.talk(visible(_adopted(made.adopted)))
        for each in made.adopted.unmanaged:
            output.talk(visible(f"    left alone: {each}: {each.reason}"))
    if made.advice:
        output.talk("")
        output.show(made.advice, output.texts(made.advice, settings.root), err=True)
        output.talk("change those lines, or have ours written: schemagen init --env")


def _adopted(adopted: Adopted) -> str:
    tables = counted(len(adopted.schema.tables), "table")
    begins = f"; the history begins with {adopted.head}" if adopted.head else ""
    return f"{tables} read from {adopted.read}{begins}"


def _next(made: Start) -> str:
    if made.adopted is None:
        return (
            "pip install alembic pydantic-settings 'psycopg[binary]'; "
            "edit schema/tables/items.yaml; schemagen generate; alembic upgrade head"
        )
    if made.adopted.head:
        return "schemagen check; then edit a file in schema/, and schemagen generate"
    return (
        "schemagen generate writes the first revision; "
        "alembic stamp head says to the databases there are that they have it"
    )
