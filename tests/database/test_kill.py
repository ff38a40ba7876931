"""The process is killed at every statement of a revision: nothing is lost, and it runs again.

Here a few revisions; `make faults` takes N=40 on each database, and the way down too. Of changes
that hold up no clients, here the revision that has them all is killed at some of its statements;
with `make faults` every case of `online.md` is killed at each.
"""

from __future__ import annotations

import itertools
import os
import shutil
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import make_url
from support import cases, strategies
from support.databases import DIALECTS, at
from support.journey import Journey
from support.mortal import mortals
from support.project import Project
from support.rows import in_order, read_rows
from support.sameness import same_catalog

import schemagen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from support.cases import Case
    from support.databases import Database
    from support.mortal import Mortals
    from support.postgres import Server
    from support.rows import Rows

COUNT = int(os.environ.get("SCHEMAGEN_FAULTS", "0"))
CASES = Path(__file__).parents[1] / "cases"
_FEW = 4
_STEP = 9  # of an online revision, which has many statements
LEFT = """
    SELECT 'index', indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid
    UNION ALL SELECT 'constraint', conname FROM pg_constraint WHERE NOT convalidated
    UNION ALL SELECT 'trigger', tgname FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT 'function', proname FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT 'name', relname FROM pg_class WHERE relname LIKE '\\_schemagen%%'
"""


def choose(dialect: str) -> list[Case]:
    """Choose cases from all over, those first that commit on their way."""
    able = [
        case
        for case in cases.read(CASES)
        if dialect in case.dialects and "yaml old" in case.blocks and not case.online
        if is_carried_out(case, dialect)
    ]
    commits = [c for c in able if "autocommit_block" in c.blocks.get("python upgrade", "")]
    count = COUNT or _FEW
    first = commits[: max(count // 4, 1)] if dialect == "postgresql" else []
    rest = [case for case in able if case not in first]
    count -= len(first)
    return first + rest[:: max(len(rest) // max(count, 1), 1)][:count]


def online() -> list[Case]:
    """Choose cases that hold up no clients."""
    found = [c for c in cases.read(CASES) if c.online and is_carried_out(c, "postgresql")]
    return found if COUNT else [case for case in found if case.title == "Everything at once"]


def is_carried_out(case: Case, dialect: str) -> bool:
    """Leave out what is refused, by schemagen or by the database."""
    refused = ("text error", "text refused up", "text refused down")
    return not any(case.get(words, dialect) for words in refused)


@dataclass
class Snapshots:
    """Copies of a database, and the way to put them back.

    Args:
        server: of PostgreSQL.
        folder: for the files of SQLite.
        known: what the schemas themselves have of what a run could leave.

    """

    server: Server | None
    folder: Path
    known: set[tuple[str, str]] = field(default_factory=set)

    def take(self, database: Database, name: str) -> None:
        url = make_url(database.url)
        if self.server is None:
            shutil.copy(url.database, self.folder / name)
        else:
            copy = f"{url.database}_{name}"
            self.server.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{url.database}"')

    def put_back(self, database: Database, name: str) -> None:
        url = make_url(database.url)
        if self.server is None:
            Path(f"{url.database}-journal").unlink(missing_ok=True)
            shutil.copy(self.folder / name, url.database)
        else:
            self.server.execute(f'DROP DATABASE "{url.database}" WITH (FORCE)')
            copy = f"{url.database}_{name}"
            self.server.execute(f'CREATE DATABASE "{url.database}" TEMPLATE "{copy}"')

    def drop(self, database: Database, *names: str) -> None:
        for name in names if self.server else ():
            self.server.execute(f'DROP DATABASE "{make_url(database.url).database}_{name}"')


@pytest.fixture
def snapshots(
    dialect: str, tmp_path: Path, postgres_server_if_needed: Callable[[], Server]
) -> Snapshots:
    server = postgres_server_if_needed() if dialect == "postgresql" else None
    return Snapshots(server, tmp_path)


@pytest.mark.parametrize(
    ("case", "dialect"),
    [pytest.param(case, d, id=f"{case}-{d}") for d in DIALECTS for case in choose(d)],
)
def test_a_run_killed_at_any_statement_is_as_if_it_had_not_begun_and_can_be_repeated(
    case: Case, tmp_path: Path, database: Database, snapshots: Snapshots
) -> None:
    project = generated(case, tmp_path / "project", database)
    snapshots.take(database, "old")
    snapshots.known = left(database) | unproven(project)
    with mortals(project.root) as run:
        killed = kill_everywhere(run, project, database, snapshots, "old")
        database.execute(*case.statements("sql after", database.dialect))
        snapshots.take(database, "new")
        if COUNT:
            killed += kill_everywhere(run, project, database, snapshots, "new")
    snapshots.drop(database, "old", "new")
    assert killed > 5


@pytest.mark.parametrize(
    ("case", "dialect"),
    [pytest.param(case, "postgresql", id=case.title) for case in online()],
)
def test_an_online_run_killed_at_any_statement_comes_to_its_end_when_repeated(
    case: Case, tmp_path: Path, database: Database, snapshots: Snapshots
) -> None:
    """It commits on its way; what it did is passed over, and nothing of the way is left."""
    project = generated(case, tmp_path / "project", database)
    snapshots.take(database, "old")
    snapshots.known = left(database) | unproven(project)
    with mortals(project.root) as run:
        killed = kill_everywhere(run, project, database, snapshots, "old")
        database.execute(*case.statements("sql after", database.dialect))
        snapshots.take(database, "new")
        killed += kill_everywhere(run, project, database, snapshots, "new")
    snapshots.drop(database, "old", "new")
    assert killed > 5


def generated(case: Case, root: Path, database: Database) -> Project:
    """Bring a database to the case's old schema, with rows, and write the revision to the new."""
    project = Project.create(root, online=case.online)
    journey = Journey(case, root, database.dialect)
    journey.fill(project, database, journey.first(project))
    journey.write(project, case.blocks["yaml new"])
    flags = case.words("sh flags", database.dialect)
    strategies.generate(project, *flags).ok()
    return project


def kill_everywhere(
    run: Mortals, project: Project, database: Database, snapshots: Snapshots, start: str
) -> int:
    """Kill the run at each of its statements in turn; the database ends where it leads."""
    move = ("upgrade", "head") if start == "old" else ("downgrade", "0001")
    began = Moment.of(database)
    run.run(database.url, *move).ok()
    ended = Moment.of(database)
    stays = left(database)
    assert stays <= snapshots.known, "left by a good run"
    snapshots.put_back(database, start)
    if database.dialect == "sqlite":
        time.sleep(1.1)  # whose clock has seconds: else a time would look like a value that stays
    run.run(database.url, *move).ok()
    ended = ended.without_what_differs(Moment.of(database))
    text = project.revisions()[-1].read_text()
    whole = "autocommit_block" not in text
    step = _STEP if "_missing" in text and not COUNT else 1
    for n in itertools.count(1, step):
        snapshots.put_back(database, start)
        outcome = run.run(database.url, *move, kill_at=n)
        if not outcome.killed:
            outcome.ok()
            return (n - 1) // step
        found = Moment.of(database)
        assert found.version in (began.version, ended.version), f"killed at {n}"
        if found.version == began.version and (whole or database.dialect == "sqlite"):
            began.same(found, f"killed at {n}")
        run.run(database.url, *move).ok()
        ended.same(Moment.of(database), f"killed at {n} and run again")
        assert left(database) == stays, f"killed at {n} and run again"
    raise AssertionError


def left(database: Database) -> set[tuple[str, str]]:
    """Give what an online run makes on its way, and what a schema may have of the same sort."""
    rows = database.rows(LEFT) if database.dialect == "postgresql" else []
    return {(kind, name) for kind, name in rows}


def unproven(project: Project) -> set[tuple[str, str]]:
    """Give the constraints that the new schema does not want to be proven."""
    schema = schemagen.load(project.root / "schema").schema
    return {("constraint", o.name) for o in schema if getattr(o, "not_valid", False)}


@dataclass
class Moment:
    """What a database holds."""

    version: object
    catalog: object
    rows: Rows
    fleeting: frozenset[tuple[str, str]] = frozenset()

    @classmethod
    def of(cls, database: Database) -> Moment:
        with at(database.url).engine.connect() as connection:
            rows = read_rows(connection)
        version = database.rows("SELECT version_num FROM alembic_version")
        return cls(version, database.catalog(), rows)

    def without_what_differs(self, other: Moment) -> Moment:
        """Leave out what two good runs make different: the time at which they ran, for example."""
        columns = {(t, name) for t, rows in self.rows.items() for row in rows for name in row}
        fleeting = frozenset(c for c in columns if self._values(c) != other._values(c))
        return Moment(self.version, self.catalog, self.rows, fleeting)

    def same(self, other: Moment, when: str) -> None:
        assert self.version == other.version, when
        same_catalog(self.catalog, other.catalog, "expected", when)
        assert list(self._stable(self.rows)) == list(self._stable(other.rows)), when

    def _values(self, column: tuple[str, str]) -> list[str]:
        return sorted(str(row[column[1]]) for row in self.rows[column[0]])

    def _stable(self, rows: Rows) -> Iterator[object]:
        for table in sorted(rows):
            kept = [
                {n: v for n, v in row.items() if (table, n) not in self.fleeting}
                for row in rows[table]
            ]
            yield table, in_order(kept)
