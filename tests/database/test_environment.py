"""Alembic's environment: how a run commits on each database, and how revisions get their names."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from alembic import command
from alembic.util import CommandError
from sqlalchemy.exc import DBAPIError
from support import clients
from support.project import Project

if TYPE_CHECKING:
    from support.databases import Database
    from support.postgres import Server

REVISION = '''"""A revision.

Revision ID: {id}
Revises: {down}
"""

import sqlalchemy as sa
from alembic import op

revision = "{id}"
down_revision = {down!r}
branch_labels = None
depends_on = None


def upgrade() -> None:
    for statement in {up!r}:
        op.execute(statement)


def downgrade() -> None:
    for statement in {back!r}:
        op.execute(statement)
'''
FIRST = (
    "CREATE TABLE lots (id INTEGER PRIMARY KEY, note VARCHAR(20) DEFAULT '100%')",
    "CREATE TABLE units (id INTEGER PRIMARY KEY, lot_id INTEGER REFERENCES lots ON DELETE CASCADE)",
    "INSERT INTO lots (id) VALUES (1), (2)",
    "INSERT INTO units (id, lot_id) VALUES (1, 1), (2, 2)",
)
ORPHAN = "INSERT INTO units (id, lot_id) VALUES (3, 9)"
REPLACE_LOTS = (
    "CREATE TABLE new_lots (id INTEGER PRIMARY KEY, note VARCHAR(20))",
    "INSERT INTO new_lots SELECT id, note FROM lots",
    "DROP TABLE lots",
    "ALTER TABLE new_lots RENAME TO lots",
)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project.create(tmp_path / "project")
    revise(made, "0001_initial", None, FIRST, ("DROP TABLE units", "DROP TABLE lots"))
    return made


def revise(
    project: Project, name: str, down: str | None, up: tuple[str, ...], back: tuple[str, ...] = ()
) -> None:
    text = REVISION.format(id=name, down=down, up=up, back=back)
    (project.versions / f"{name}.py").write_text(text)


def version(database: Database) -> list[tuple[object, ...]]:
    return database.rows("SELECT version_num FROM alembic_version")


def test_up_down_and_up_again(project: Project, database: Database) -> None:
    project.upgrade(database.url)
    assert "0001_initial (head)" in project.alembic("current", url=database.url).ok().stdout
    project.downgrade(database.url, "base")
    assert version(database) == []
    project.alembic("stamp", "0001", url=database.url).ok()
    assert version(database) == [("0001_initial",)]


def test_a_failed_run_on_sqlite_rolls_back_whole(project: Project, sqlite: Database) -> None:
    revise(project, "0002_second", "0001_initial", ("CREATE TABLE a (id INTEGER)", "SELECT nope"))
    with pytest.raises(DBAPIError, match="nope"):
        project.upgrade(sqlite.url)
    assert sqlite.rows("SELECT name FROM sqlite_master") == []


def test_a_failed_run_on_postgresql_keeps_the_revisions_before(
    project: Project, postgresql: Database
) -> None:
    revise(project, "0002_second", "0001_initial", ("CREATE TABLE a (id INTEGER)", "SELECT nope"))
    with pytest.raises(DBAPIError, match="nope"):
        project.upgrade(postgresql.url)
    assert version(postgresql) == [("0001_initial",)]
    assert postgresql.rows("SELECT to_regclass('a')") == [(None,)]


def test_replacing_a_table_on_sqlite_keeps_the_rows_that_refer_to_it(
    project: Project, sqlite: Database
) -> None:
    revise(project, "0002_replace", "0001_initial", REPLACE_LOTS)
    project.upgrade(sqlite.url)
    assert sqlite.rows("SELECT id FROM units ORDER BY id") == [(1,), (2,)]


def test_a_run_on_sqlite_that_orphans_rows_changes_nothing(
    project: Project, sqlite: Database
) -> None:
    project.upgrade(sqlite.url)
    revise(project, "0002_orphan", "0001_initial", (ORPHAN,))
    with pytest.raises(CommandError, match="1 of units to lots"):
        project.upgrade(sqlite.url)
    assert version(sqlite) == [("0001_initial",)]


def test_rows_orphaned_before_the_run_do_not_stop_it(project: Project, sqlite: Database) -> None:
    project.upgrade(sqlite.url)
    sqlite.execute(ORPHAN)
    revise(project, "0002_rename", "0001_initial", ("ALTER TABLE units RENAME TO pieces",))
    project.upgrade(sqlite.url)
    revise(project, "0003_more", "0002_rename", ("INSERT INTO pieces VALUES (4, 8)",))
    with pytest.raises(CommandError, match="1 of pieces to lots"):
        project.upgrade(sqlite.url)


def test_a_reader_does_not_wait_for_a_writer(project: Project, sqlite: Database) -> None:
    project.upgrade(sqlite.url)
    with sqlite.engine.connect() as connection:
        connection.exec_driver_sql("INSERT INTO lots (id) VALUES (5)")
        assert "0001" in project.alembic("current", url=sqlite.url).ok().stdout


def test_a_connection_can_be_passed_in(project: Project, database: Database) -> None:
    with project._here(), database.engine.connect() as connection:
        config = project.config("")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    assert version(database) == [("0001_initial",)]


def test_the_transaction_of_a_connection_passed_in_is_its_owners(
    project: Project, database: Database
) -> None:
    with project._here(), database.engine.connect() as connection:
        config = project.config("")
        config.attributes["connection"] = connection
        with connection.begin() as transaction:
            command.upgrade(config, "head")
            transaction.rollback()
    tables = {"sqlite": "sqlite_master", "postgresql": "pg_tables WHERE schemaname = 'public'"}
    assert database.rows(f"SELECT * FROM {tables[database.dialect]}") == []


@pytest.mark.parametrize("client", clients.SQLITE)
@pytest.mark.parametrize("fails", [False, True])
def test_offline_sql_runs_in_sqlite3_and_stops_at_the_first_error(
    project: Project, sqlite: Database, client: str, *, fails: bool
) -> None:
    more = ("INSERT INTO units SELECT nope",) if fails else ()
    revise(project, "0002_replace", "0001_initial", (*REPLACE_LOTS[:2], *more, *REPLACE_LOTS[2:]))
    first = project.alembic("upgrade", "0001", "--sql", url=sqlite.url).ok().stdout
    second = project.alembic("upgrade", "0001:head", "--sql", url=sqlite.url).ok().stdout
    file = Path(sqlite.url.removeprefix("sqlite:///"))
    clients.sqlite(client, file, first).ok()
    assert (clients.sqlite(client, file, second).code != 0) is fails
    rows = sqlite.rows("SELECT id, note FROM lots, alembic_version")
    assert rows == [(1, "100%"), (2, "100%")]


def test_offline_sql_runs_in_psql(
    project: Project, postgresql: Database, postgres_server: Server
) -> None:
    sql = project.alembic("upgrade", "head", "--sql", url=postgresql.url).ok().stdout
    clients.psql(postgres_server, postgresql, sql).ok()
    assert postgresql.rows("SELECT note FROM lots") == [("100%",), ("100%",)]
    assert version(postgresql) == [("0001_initial",)]


def test_a_new_revision_is_numbered_and_named_without_a_database(project: Project) -> None:
    nowhere = "postgresql://user:secret@localhost:1/nowhere"
    said = 'Add  an índex, for "quick" look-ups of a lot\'s units'
    project.alembic("revision", "-m", said, url=nowhere).ok()
    file = project.versions / "0002_add_an_index_for_quick_look_ups_of_a_lot_s_units.py"
    assert 'revision = "0002_add_an_index_for_quick_look"' in file.read_text()
    history = project.alembic("history", url=nowhere).ok().stdout
    assert "0001_initial -> 0002_add_an_index_for_quick_look (head)" in history


def test_a_chosen_id_is_kept(project: Project, sqlite: Database) -> None:
    project.alembic("revision", "-m", "mine", "--rev-id", "chosen", url=sqlite.url).ok()
    assert (project.versions / "chosen.py").is_file()


@pytest.mark.parametrize(
    "url", ["postgresql://user:s3cret@localhost:1/x", "postgresql://user:s3cret@h:port/x", "s3cret"]
)
def test_an_error_does_not_show_the_password(project: Project, url: str) -> None:
    done = project.alembic_process("current", url=url)
    assert done.code != 0
    assert "s3cret" not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_the_url_comes_from_the_environment_then_from_the_file(project: Project) -> None:
    project.write(".env", "DATABASE_URL=sqlite:///./file.db\n")
    project.alembic_process("upgrade", "head").ok()
    project.alembic_process("upgrade", "head", url="sqlite:///./environment.db").ok()
    project.alembic_process("-x", "url=sqlite:///./option.db", "upgrade", "head").ok()
    assert {p.name for p in project.root.glob("*.db")} == {
        *("file.db", "environment.db", "option.db")
    }
