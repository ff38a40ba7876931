"""Everything that `check` finds: in the YAML, in the history, and between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.changes import Add, Drop
from schemagen.diagnostics import Diagnostic, Severity
from schemagen.renames import collapse
from schemagen.workflow.questions import unanswered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from schemagen.changes import Change
    from schemagen.diff import Comparison
    from schemagen.workflow.project import Project


def findings(project: Project, *, ci: bool = False, base: str | None = None) -> list[Diagnostic]:
    """Give all findings.

    Args:
        project: as it was read, errors and all.
        ci: pending changes and stale files are findings, not notes.
        base: a commit whose revisions are shared.

    """
    settings = project.settings
    found = [*project.source.diagnostics, *project.history.diagnostics]
    if base:
        from schemagen.history.shared import check_base  # noqa: PLC0415 - it runs git

        shared = list(check_base(project.history, settings.versions, settings.root, base))
        said = {(d.code, d.place) for d in shared}  # an edit that is an error is no warning beside
        found = [*(d for d in found if (d.code, d.place) not in said), *shared]
    if not has_errors(found):
        found += _between(project, ci=ci)
    return found


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Say whether there is an error among the diagnostics."""
    return any(d.severity is Severity.ERROR for d in diagnostics)


def _between(project: Project, *, ci: bool) -> Iterator[Diagnostic]:
    """Compare the YAML with the history; with errors in either that would mean nothing."""
    comparison = project.pending()
    yield from comparison.diagnostics
    yield from unanswered(comparison.questions, project.source)
    if comparison.changes:
        yield from _pending_changes(comparison, project, Severity.ERROR if ci else Severity.NOTE)
    if ci:
        from schemagen.workflow import generated  # noqa: PLC0415 - it imports what writes models

        yield from generated.stale(project.source, project.settings)


def _pending_changes(
    comparison: Comparison, project: Project, severity: Severity
) -> Iterator[Diagnostic]:
    from schemagen.plan.describe import describe  # noqa: PLC0415 - it imports all planners

    for change in _worth_telling(collapse(comparison.changes)):
        yield _pending(change, describe(change), project, severity)


def _worth_telling(changes: list[Change]) -> list[Change]:
    """Leave out the parts of tables that come or go as a whole."""
    whole = {c.subject.name for c in changes if c.subject.kind == "table" and _comes_or_goes(c)}
    return [c for c in changes if c.subject.table not in whole or not _comes_or_goes(c)]


def _comes_or_goes(change: Change) -> bool:
    return isinstance(change, (Add, Drop))


def _pending(change: Change, said: str, project: Project, severity: Severity) -> Diagnostic:
    places, obj = project.source.places, change.subject
    home = obj.key._replace(kind="table", table="", name=obj.table)
    return Diagnostic(
        "G010",
        f"not in a revision yet: {said}",
        places.get(obj.key) or places.get(home),
        help="run: schemagen generate" if severity is Severity.ERROR else "",
        severity=severity,
    )
