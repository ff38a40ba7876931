"""The SQL of `alembic … --sql`, piped into a client, does what running it does, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support import clients, f2x
from support.rows import fill, read_rows
from support.sameness import same_catalog, same_rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.databases import Database
    from support.postgres import Server
    from support.project import Project, Result
    from support.rows import Rows

CLIENTS = (*clients.SQLITE, "psql")
IMPOSSIBLE = f2x.Edit("tables/processes.yaml", "process_number <= 8", "process_number <= -1")


@dataclass
class Pipe:
    """A database and the client that scripts for it are piped into.

    Args:
        project: where the scripts come from.
        database: the database.
        run: runs a script in the client; foreign keys are on.
        ran: another database of the same dialect, upgraded by running the revisions.

    """

    project: Project
    database: Database
    run: Callable[[str], Result]
    ran: Database

    def sql(self, *command: str) -> Result:
        """Pipe the SQL of an Alembic command."""
        script = self.project.alembic(*command, "--sql", url=self.database.url).ok().stdout
        return self.run(script)

    def rows(self) -> Rows:
        """Read every row."""
        with self.database.engine.connect() as connection:
            return read_rows(connection)

    def fill(self) -> None:
        """Put rows into every table."""
        with self.database.engine.begin() as connection:
            fill(connection, f2x.read(self.project).schema)

    def same(self) -> None:
        """Compare with the database on which the revisions were run."""
        same_catalog(self.ran.catalog(), self.database.catalog(), "run", "piped")


@pytest.fixture(params=CLIENTS)
def pipe(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    new_database: Callable[[str], Database],
    postgres_server: Server,
) -> Pipe:
    client: str = request.param
    dialect = "postgresql" if client == "psql" else "sqlite"
    database = new_database(dialect)

    def run(script: str) -> Result:
        if client == "psql":
            return clients.psql(postgres_server, database, script)
        return clients.sqlite(client, Path(database.engine.url.database or ""), script)

    return Pipe(f2x.copy(tmp_path / "project"), database, run, new_database(dialect))


def test_from_an_empty_database_it_builds_the_same_catalog(pipe: Pipe) -> None:
    pipe.project.upgrade(pipe.ran.url)
    pipe.sql("upgrade", "head").ok()
    pipe.same()
    version = "SELECT version_num FROM alembic_version"
    assert pipe.database.rows(version) == pipe.ran.rows(version)
    pipe.project.alembic("check", url=pipe.database.url).ok()
    pipe.sql("downgrade", "0002:base").ok()
    assert pipe.database.catalog().objects == {}


def test_revision_by_revision_no_row_is_lost_with_foreign_keys_on(pipe: Pipe) -> None:
    pipe.project.upgrade(pipe.ran.url, "head")
    pipe.sql("upgrade", "head").ok()
    pipe.fill()
    rows = pipe.rows()

    pipe.project.downgrade(pipe.ran.url, "0001")
    pipe.sql("downgrade", "0002:0001").ok()
    pipe.same()
    lost = {"auto_print_label", "label_template_type"}
    kept = {(t, c): (t, c) for t, found in rows.items() for c in found[0] if c not in lost}
    same_rows(rows, pipe.rows(), kept)

    pipe.project.upgrade(pipe.ran.url)
    pipe.sql("upgrade", "0001:head").ok()
    pipe.same()
    same_rows(rows, pipe.rows(), kept)


def test_a_script_that_fails_changes_nothing(pipe: Pipe) -> None:
    pipe.project.upgrade(pipe.database.url)
    pipe.fill()
    catalog, rows = pipe.database.catalog(), pipe.rows()
    IMPOSSIBLE.make(pipe.project)
    pipe.project.schemagen("generate").ok()

    done = pipe.sql("upgrade", "0002:head")

    assert done.code != 0
    assert "chk_processes_process_number" in done.stderr
    same_catalog(catalog, pipe.database.catalog(), "before", "after the failed script")
    assert pipe.rows() == rows
    assert pipe.database.rows("SELECT version_num FROM alembic_version") == [(f2x.HEAD,)]
