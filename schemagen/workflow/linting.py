"""Lint a project: the schema, what is pending, and revisions."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from schemagen.changes import apply, invert
from schemagen.diagnostics import Diagnostic, Severity, did_you_mean
from schemagen.errors import Findings
from schemagen.lint.allowed import Unused
from schemagen.lint.comments import allowances
from schemagen.lint.context import diff_views
from schemagen.lint.engine import Engine
from schemagen.lint.revisionview import RevisionView
from schemagen.lint.rule import named, titles
from schemagen.lint.views import SchemaView
from schemagen.records import record
from schemagen.workflow.questions import unanswered
from schemagen.workflow.revision_sql import look_at_env, look_at_sql
from schemagen.workflow.rules import ALL_RULES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from schemagen.diagnostics import Place
    from schemagen.history.revision import Revision
    from schemagen.lint.comments import Allowance
    from schemagen.lint.rule import Rule
    from schemagen.workflow.project import Project


@record
class Scope:
    """What to look at.

    Args:
        files: whether to look at the YAML and at what is pending.
        revisions: the revisions to look at.

    """

    files: bool
    revisions: tuple[Revision, ...]


def scope(project: Project, names: Sequence[str], *, everything: bool) -> Scope:
    """Give what to look at: the YAML and the newest revision, or what was named.

    Args:
        project: as it was read.
        names: revisions.
        everything: every revision as well.

    """
    if names:
        found = {each.id: each for each in map(project.history.find, names)}
        return Scope(files=False, revisions=tuple(r for r in found.values() if r.file))
    newest = project.history.heads
    return Scope(files=True, revisions=project.history.revisions if everything else newest)


def lint(project: Project, rules: Sequence[Rule], wanted: Scope) -> Engine:
    """Look at all that is wanted. Raises Findings when the YAML or the history has errors.

    Args:
        project: as it was read, sound.
        rules: those that run.
        wanted: what to look at.

    """
    source = project.source
    comments = [a for revision in wanted.revisions for a in _comments(revision)]
    engine = Engine(rules, source.directions, source.places, comments)
    if wanted.files:
        engine.look("schema", SchemaView(source.schema, source.directions, source.places))
        _look_at_pending(engine, project)
        look_at_env(engine, project)
    for revision in wanted.revisions:
        _look_at_revision(engine, project, revision)
    if not _is_blind(wanted):
        look_at_sql(engine, project, wanted.revisions)
    engine.look("allowed", Unused(engine, files=wanted.files))
    return engine


def _is_blind(wanted: Scope) -> bool:
    """Say whether SQL cannot be read, and nobody named a revision to read it in."""
    return wanted.files and bool(wanted.revisions) and find_spec("pglast") is None


def remarks(project: Project, wanted: Scope) -> Iterator[Diagnostic]:
    """Give L001 for each `allow` that names no rule, and L002 when SQL cannot be read."""
    if _is_blind(wanted):
        message = "the SQL of revisions was not looked at, as pglast is not installed"
        way_out = "pip install 'schemagen[lint]'"
        yield Diagnostic("L002", message, help=way_out, severity=Severity.NOTE)
    if wanted.files:
        for direction in project.source.directions.values():
            place = direction.places.get("allow")
            yield from (_stranger(name, place) for name in direction.allow if not named(name))
    for revision in wanted.revisions:
        yield from (_stranger(a.name, a.place) for a in _comments(revision) if not named(a.name))


def _look_at_pending(engine: Engine, project: Project) -> None:
    source = project.source
    found = project.pending()
    open_questions = [*found.diagnostics, *unanswered(found.questions, source)]
    if any(d.severity is Severity.ERROR for d in open_questions):
        raise Findings(open_questions)
    if not found.changes:
        return
    before = project.history.state()
    online = project.settings.postgresql.online
    views = diff_views(before, source.schema, found.changes, source.directions, online=online)
    for view in views:
        engine.look("diff", view)
        engine.look("pending", view)


def _look_at_revision(engine: Engine, project: Project, revision: Revision) -> None:
    engine.look("revision", RevisionView(revision.file, _text(revision)))
    changes = project.history.changes(revision.id)
    if changes:
        after = project.history.state(revision.id)
        before = apply(after, invert(changes))
        home = revision.place("upgrade")
        for view in diff_views(before, after, changes, engine.directions):
            engine.look("diff", view, home)


def _comments(revision: Revision) -> list[Allowance]:
    return allowances(_text(revision), revision.file)


def _text(revision: Revision) -> str:
    return revision.path.read_text(encoding="utf-8")


def _stranger(name: str, place: Place | None) -> Diagnostic:
    names = [name for _, name in titles()]
    return Diagnostic(
        "L001",
        f"there is no rule {name!r} to allow",
        place,
        label=did_you_mean(name, names),
        help=ALL_RULES,
    )
