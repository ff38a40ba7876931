"""`schemagen drift`: a live database against the state that it should be in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from schemagen.cli import options, output
from schemagen.report.drift import as_data, as_text, summary
from schemagen.report.machine import dump
from schemagen.report.visible import visible
from schemagen.workflow.drift import VERSION_TABLE
from schemagen.workflow.drift import drift as compare

if TYPE_CHECKING:
    from schemagen.config import Settings
    from schemagen.workflow.drift import Compared


@click.command(short_help="Compare a live database with what it should be.")
@click.argument("url", required=False)
@options.project
@options.no_input
@options.data_format
@click.option("--head", is_flag=True, help="Compare with the YAML, not with its own revision.")
@click.option("--sql", is_flag=True, help="Print the SQL that would mend it.")
@click.option(
    "--scratch-url",
    envvar="SCHEMAGEN_VERIFY_URL",
    show_envvar=True,
    metavar="URL",
    help="A PostgreSQL server to make a database for comparison on, instead of the embedded one.",
)
@click.option(
    "--version-table",
    default=VERSION_TABLE,
    metavar="NAME",
    help="Alembic's own table, where it has another name: NAME, or SCHEMA.NAME.",
)
def drift(  # noqa: PLR0913 - one parameter per option
    *,
    url: str | None,
    settings: Settings,
    no_input: bool,
    style: str,
    head: bool,
    sql: bool,
    scratch_url: str | None,
    version_table: str,
) -> None:
    """Compare a live database with what it should be: the state at its own revision.

    Without URL it is the one that DATABASE_URL names. It is only read, in a transaction that
    cannot write. What is expected and what is found are said in the database's own words. Exit 1
    on differences, 2 when the comparison could not be made.
    """
    del no_input  # it never asks
    done = compare(settings, url, head=head, scratch=scratch_url, versions=version_table)
    _tell(done, style, sql=sql)
    if done.drift.differences:
        click.get_current_context().exit(1)


def _tell(done: Compared, style: str, *, sql: bool) -> None:
    if style == "json":
        output.data(dump({**_head(done), **as_data(done.drift), "sql": done.sql or None}))
        return
    for note in done.notes:
        output.talk(visible(f"note: {note}"))
    text = done.sql if sql else as_text(done.drift)
    if text:
        output.data(text)
    against = "" if done.against == done.revision else f", against {done.against}"
    output.talk(visible(f"{done.database} at {done.revision}{against}: {summary(done.drift)}"))


def _head(done: Compared) -> dict[str, object]:
    return {
        "database": done.database,
        "dialect": done.dialect,
        "revision": done.revision,
        "against": done.against,
        "notes": list(done.notes),
    }
