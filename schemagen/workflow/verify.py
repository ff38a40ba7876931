"""Prove revisions: run each on scratch databases, with rows in every table."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from schemagen.changes import apply, invert
from schemagen.diagnostics import Diagnostic, Severity
from schemagen.errors import Findings, SchemagenError
from schemagen.records import record, replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from schemagen.changes import Change
    from schemagen.config import Settings
    from schemagen.db.migrating import Migrator
    from schemagen.db.proof import Prover, Subject
    from schemagen.db.scratch import Database
    from schemagen.db.verdict import Verdict
    from schemagen.history.history import History
    from schemagen.history.revision import Revision
    from schemagen.schema import Schema

DIALECTS = ("sqlite", "postgresql")
NO_SERVER = "postgresql was not tried: give --url, or pip install 'schemagen[verify]'"


@record
class Where:
    """Where to prove.

    Args:
        dialects: on which databases.
        url: a PostgreSQL server, to make scratch databases on; else the embedded one serves.

    """

    dialects: tuple[str, ...] = DIALECTS
    url: str | None = None


@record
class Tried:
    """What was tried, and what came of it.

    Args:
        verdicts: one for each revision and database.
        untried: what to say of a database that was not tried; empty when both were.

    """

    verdicts: tuple[Verdict, ...]
    untried: str = ""

    @property
    def findings(self) -> list[Diagnostic]:
        """Everything that was found."""
        return [finding for verdict in self.verdicts for finding in verdict.findings]


def chosen(history: History, *, everything: bool, since: str | None) -> list[Revision]:
    """Choose revisions: all of them, one and what follows it, or the newest.

    What comes before the one where the history begins is not among them.

    Args:
        history: the history.
        everything: all of them.
        since: the first one, as `History.find` takes it.

    """
    told = [r for r in history.revisions if r.id not in history.untold]
    if everything or since == "base":
        return told
    first = history.find(since or "head")
    if not since:
        return [first] if history.revisions else []
    history.insist_on_told(first)
    return [r for r in told if r == first or first in history.ancestors(r)]


def verify(
    history: History,
    settings: Settings,
    revisions: Sequence[Revision],
    where: Where,
    progress: Callable[[str], None] = lambda _: None,
) -> Tried:
    """Prove revisions, each on both databases.

    Args:
        history: the history.
        settings: the project's.
        revisions: some of the history's, parents first.
        where: on which databases.
        progress: is told what is about to be tried.

    """
    dialects, untried = where.dialects, ""
    if "postgresql" in dialects and not _can_try(where.url):
        dialects, untried = tuple(d for d in dialects if d != "postgresql"), NO_SERVER
    if not dialects:
        raise SchemagenError(untried)
    with ExitStack() as stack:
        roads = [stack.enter_context(_road(history, settings, d, where.url)) for d in dialects]
        verdicts: list[Verdict] = []
        for number, revision in enumerate(revisions, 1):
            progress(f"{number} of {len(revisions)}: {revision.id}")
            proof = subject(history, revision)
            verdicts += [road.prove(revision, proof) for road in roads]
    return Tried(tuple(verdicts), untried)


def _can_try(url: str | None) -> bool:
    from schemagen.db import embedded  # noqa: PLC0415 - only verify pays for it

    return bool(url) or embedded.is_installed()


def insist_on_proof(
    history: History, settings: Settings, revision: Revision, subject: Subject
) -> None:
    """Prove one revision on SQLite, for what `subject` says of it. Raises Findings."""
    with _road(history, settings, "sqlite", None) as road:
        found = road.prove(revision, subject).findings
    if not is_proven(found):
        raise Findings(found)


def subject(history: History, revision: Revision) -> Subject:
    """Say what is to be proven of a revision, by its entry."""
    changes = history.changes(revision.id)
    after = history.state(revision.id)
    if len(revision.parents) > 1:
        before = apply(after, invert(changes))
    else:
        before = history.state(next(iter(revision.parents), "base"))
    adopted = any(r.is_baseline and not r.is_ours for r in (revision, *history.ancestors(revision)))
    told = revision.entry is not None
    return replace(described(revision, before, after, changes, told=told), adopted=adopted)


def described(
    revision: Revision,
    before: Schema,
    after: Schema,
    changes: Sequence[Change],
    *,
    told: bool,
) -> Subject:
    """Describe what a revision is said to do."""
    from schemagen.db.proof import Subject  # noqa: PLC0415 - as above

    text = revision.path.read_text(encoding="utf-8")
    return Subject(
        revision.id,
        next(iter(revision.down), "base"),
        before,
        after,
        tuple(changes),
        told=told,
        irreversible="--irreversible" in text,
        whole="autocommit_block" not in text,
        places={way: revision.place(way) for way in ("upgrade", "downgrade")},
    )


class _Road:
    """One database that goes through the history without rows; revisions are tried on copies.

    Args:
        prover: proves them.
        history: the history.

    """

    def __init__(self, prover: Prover, history: History) -> None:
        self._prover, self._history = prover, history
        self._database: Database = prover.scratch.new()
        self._there: frozenset[str] = frozenset()

    def prove(self, revision: Revision, subject: Subject) -> Verdict:
        from schemagen.db.migrating import MoveError  # noqa: PLC0415 - as above
        from schemagen.db.verdict import FAILED, Verdict  # noqa: PLC0415 - as above

        try:
            self._reach(revision)
        except MoveError as error:
            verdict = Verdict(revision.id, self._prover.scratch.dialect)
            verdict.settle("up", FAILED)
            verdict.findings.append(_unreachable(revision, verdict.dialect, error))
            return verdict
        return self._prover.prove(subject, self._database)

    def _reach(self, revision: Revision) -> None:
        """Bring the database to what a revision finds: its ancestors, and nothing else."""
        ancestors = frozenset(r.id for r in self._history.ancestors(revision))
        if not self._there <= ancestors:
            self._prover.scratch.drop(self._database)
            self._database = self._prover.scratch.new()
        self._there = ancestors
        for parent in revision.parents:
            self._prover.migrator.upgrade(self._database, parent)


def _unreachable(revision: Revision, dialect: str, error: Exception) -> Diagnostic:
    said = str(error).strip().split("\n")[0]
    return Diagnostic(
        "V013",
        f"{revision.id} on {dialect}: not tried, since one before it fails: {said}",
        revision.place("revision"),
    )


@contextmanager
def _road(history: History, settings: Settings, dialect: str, url: str | None) -> Iterator[_Road]:
    from schemagen.db import embedded, scratch  # noqa: PLC0415 - as above
    from schemagen.db.migrating import migrator  # noqa: PLC0415 - as above
    from schemagen.db.proof import Prover  # noqa: PLC0415 - as above

    with ExitStack() as stack:
        moving = stack.enter_context(migrator(settings.root))
        _insist_on_files(history, settings, moving)
        if dialect == "sqlite":
            databases = stack.enter_context(scratch.files())
        else:
            databases = stack.enter_context(
                scratch.server(url or stack.enter_context(embedded.server()))
            )
        yield _Road(Prover(databases, moving), history)


def _insist_on_files(history: History, settings: Settings, moving: Migrator) -> None:
    """Raise when Alembic looks elsewhere than schemagen."""
    found = moving.revisions()
    for revision in history.revisions:
        if revision.id not in found:
            where = settings.shown(settings.versions)
            msg = f"Alembic does not find {revision.id}, which is in {where}: see alembic.ini"
            raise SchemagenError(msg)


def is_proven(findings: Sequence[Diagnostic]) -> bool:
    """Say whether nothing but notes was found."""
    return all(finding.severity is Severity.NOTE for finding in findings)
