"""Ask a live database, before a revision, for the rows that would stand in its way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.changes import apply, invert
from schemagen.diagnostics import Severity
from schemagen.errors import Findings
from schemagen.history.revision import BASE
from schemagen.lint.context import diff_views
from schemagen.lint.rule import every
from schemagen.records import record
from schemagen.workflow.questions import unanswered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from schemagen.diagnostics import Place
    from schemagen.history.revision import Revision
    from schemagen.lint.rule import Finding, Rule
    from schemagen.lint.views import DiffView
    from schemagen.workflow.project import Project


@record
class Answer:
    """What a database says to one finding.

    Args:
        rule: the rule that has it.
        message: what may go wrong.
        place: where the YAML says so.
        query: what was asked.
        rows: how many rows are in the way; None when it could not be asked.
        error: why it could not.

    """

    rule: Rule
    message: str
    place: Place | None
    query: str
    rows: int | None
    error: str = ""


@record
class Precheck:
    """All that was asked of one database.

    Args:
        database: its URL, without what is secret.
        what: what is to come: `pending`, or a revision.
        answers: what it said.
        notes: what is to be known of them.

    """

    database: str
    what: str
    answers: tuple[Answer, ...]
    notes: tuple[str, ...] = ()

    @property
    def is_clear(self) -> bool:
        """Say whether no row is in the way, and all could be asked."""
        return not any(answer.rows or answer.error for answer in self.answers)


@record
class Coming:
    """A change that a database is to get.

    Args:
        name: `pending`, or a revision's id.
        after: the revisions that the database has to be at.
        views: the change on each database.

    """

    name: str
    after: tuple[str, ...]
    views: tuple[DiffView, ...]


def coming(project: Project, revision: str | None = None) -> Coming:
    """Give what is pending, or else the newest revision; or the one that is named."""
    if revision is not None:
        return _of_revision(project, project.history.find(revision))
    source = project.source
    found = project.pending()
    questions = [*found.diagnostics, *unanswered(found.questions, source)]
    if any(d.severity is Severity.ERROR for d in questions):
        raise Findings(questions)
    if not found.changes:
        return _of_revision(project, project.history.find("head"))
    before = project.history.state()
    views = diff_views(before, source.schema, found.changes, source.directions)
    heads = tuple(head.id for head in project.history.heads)
    return Coming("pending", heads, tuple(views))


def _of_revision(project: Project, revision: Revision) -> Coming:
    changes = project.history.changes(revision.id) if revision is not BASE else ()
    after = project.history.state(revision.id)
    before = apply(after, invert(changes))
    views = diff_views(before, after, changes, project.source.directions)
    return Coming(revision.id, revision.down, tuple(views))


def precheck(project: Project, url: str, revision: str | None = None) -> Precheck:
    """Ask the database at `url`, which is only read. Raises SchemagenError when it is not there.

    Args:
        project: as it was read, sound.
        url: the database.
        revision: whose changes are to come; None is what is pending, or else the newest.

    """
    from schemagen.db import live, versions  # noqa: PLC0415 - a second to import
    from schemagen.db.counting import count  # noqa: PLC0415 - as above

    next_up = coming(project, revision)
    with live.look(url) as connection:
        found = _findings(next_up.views, connection.dialect.name)
        said = [(rule, one, query, count(connection, query)) for rule, one, query in found]
        stamps = versions.likely_stamps(connection)
    answers = (
        Answer(
            rule,
            one.message,
            project.source.places.get(one.key) if one.key else None,
            query,
            number if isinstance(number, int) else None,
            "" if isinstance(number, int) else number,
        )
        for rule, one, query, number in said
    )
    notes = _notes(stamps, next_up)
    return Precheck(live.shown(live.parsed(url)), next_up.name, tuple(answers), notes)


def _findings(views: Iterable[DiffView], dialect: str) -> Iterator[tuple[Rule, Finding, str]]:
    """Give what has a query, whether it is allowed or not."""
    for view in views:
        for rule in every() if view.dialect == dialect else ():
            for finding in rule.look("diff", view):
                if query := finding.queries.get(dialect):
                    yield rule, finding, query


def _notes(stamps: tuple[str, ...] | None, next_up: Coming) -> tuple[str, ...]:
    if set(stamps or ()) == set(next_up.after):
        return ()
    here, there = (" and ".join(sorted(names)) or "base" for names in (stamps or (), next_up.after))
    return (f"the database is at {here}; {next_up.name} comes after {there}",)
