"""`schemagen verify`: prove revisions on scratch databases."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from schemagen.cli import options, output
from schemagen.cli.complete import Revision
from schemagen.diagnostics import in_order
from schemagen.history import history
from schemagen.report.machine import as_dict, dump
from schemagen.report.prechecks import data_of, in_the_way, rows_of, summary_of
from schemagen.report.summary import counted, counts
from schemagen.report.table import table
from schemagen.report.visible import visible
from schemagen.workflow import project
from schemagen.workflow.precheck import precheck
from schemagen.workflow.verify import DIALECTS, Tried, Where, chosen, is_proven
from schemagen.workflow.verify import verify as prove

if TYPE_CHECKING:
    from collections.abc import Callable

    from schemagen.config import Settings
    from schemagen.db.verdict import Verdict
    from schemagen.workflow.project import Project

_STEPS = ("up", "catalog", "down", "rows", "again")


@click.command(short_help="Prove the revisions on scratch databases, with rows in them.")
@options.project
@options.no_input
@options.data_format
@click.option("--all", "everything", is_flag=True, help="Every revision, not only the newest.")
@click.option(
    "--from", "since", metavar="REV", type=Revision(), help="This revision and what follows it."
)
@click.option("--on", type=click.Choice(DIALECTS), help="On this database alone.")
@click.option(
    "--url",
    envvar="SCHEMAGEN_VERIFY_URL",
    show_envvar=True,
    metavar="URL",
    help="A PostgreSQL server to make scratch databases on, instead of the embedded one.",
)
@click.option(
    "--precheck",
    "live",
    metavar="URL",
    help="Prove nothing; count the rows of this database that would be in the way.",
)
def verify(  # noqa: PLR0913 - one parameter per option
    *,
    settings: Settings,
    no_input: bool,
    style: str,
    everything: bool,
    since: str | None,
    on: str | None,
    url: str | None,
    live: str | None,
) -> None:
    """Prove revisions: run each on scratch databases, with rows in every table.

    Up: the catalog is that of a database made from the state's own model. Down: the catalog is the
    one before, and rows that no change touches are the same, bit for bit. And up again. No database
    of yours is touched. Exit 1 when something is not as it should be.

    With --precheck, a live database is asked, and only read: for rows that break what is pending,
    or the newest revision when nothing is, or the one of --from. Exit 1 when there are any.
    """
    del no_input  # it never asks
    if live is not None:
        _ask(project.sound(settings), live, since, style)
        return
    told = history.read(settings.versions, settings.root)
    project.insist(told.diagnostics)
    revisions = chosen(told, everything=everything, since=since)
    tried = prove(told, settings, revisions, Where((on,) if on else DIALECTS, url), _progress())
    _tell(tried, settings, style)
    if not is_proven(tried.findings):
        click.get_current_context().exit(1)


def _ask(found: Project, live: str, revision: str | None, style: str) -> None:
    """Count the rows of a live database that would be in the way, and tell."""
    done = precheck(found, live, revision)
    if style == "json":
        output.data(dump(data_of(done)))
    else:
        for note in done.notes:
            output.talk(visible(f"note: {note}"))
        if done.answers:
            output.data(table([("rows", "rule", "what"), *rows_of(done)]))
        if wrong := list(in_the_way(done)):
            output.data("")
            output.show(wrong, found.source.texts)
        output.talk(visible(summary_of(done)))
    if not done.is_clear:
        click.get_current_context().exit(1)


def _progress() -> Callable[[str], None]:
    """Say on a terminal what is being tried."""
    if not options.is_terminal(sys.stderr):
        return lambda _: None
    return lambda said: output.talk(visible(said))


def _tell(tried: Tried, settings: Settings, style: str) -> None:
    found = in_order(tried.findings)
    if style == "json":
        document = {
            "verdicts": [_data(verdict) for verdict in tried.verdicts],
            "diagnostics": [as_dict(d) for d in found],
            "summary": counts(found),
        }
        output.data(dump(document))
    elif tried.verdicts:
        heads = ["revision", "database", *_STEPS]
        rows = [[v.revision, v.dialect, *(v.cells[s] for s in _STEPS)] for v in tried.verdicts]
        output.data(table([heads, *rows]))
        if found:
            output.data("")
        output.show(found, output.texts(found, settings.root))
    _close(tried)


def _close(tried: Tried) -> None:
    if tried.untried:
        output.talk(tried.untried)
    if not tried.verdicts:
        output.talk("no revisions yet; next: schemagen generate")
    elif is_proven(tried.findings):
        number = len({verdict.revision for verdict in tried.verdicts})
        names = " and ".join(dict.fromkeys(verdict.dialect for verdict in tried.verdicts))
        output.talk(f"proven: {counted(number, 'revision')} on {names}")


def _data(verdict: Verdict) -> dict[str, Any]:
    steps = {step: verdict.cells[step] for step in _STEPS}
    return {
        "revision": verdict.revision,
        "database": verdict.dialect,
        **steps,
        "row_count": verdict.rows,
    }
