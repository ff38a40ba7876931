"""What goes wrong around a run: locks, a full disk, a lost connection, two runs at once."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError
from support.mortal import mortals
from support.postgres import plain
from support.project import REPOSITORY, Project
from support.sameness import same_catalog
from support.statements import at_statement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from support.databases import Database
    from support.project import Result

REVISION = '''"""A revision.

Revision ID: {id}
Revises: {down}
"""

from alembic import op

revision = "{id}"
down_revision = {down!r}
branch_labels = None
depends_on = None


def upgrade() -> None:
{up}


def downgrade() -> None:
    pass
'''
LOTS = "table: lots\ncolumns:\n  id: bigint pk identity\n  code: varchar(20)\n  size: integer\n"
LOT = "INSERT INTO lots (id, code, size) VALUES (1, 'a', 1)"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Two revisions; the second changes the type of a column that has a row."""
    made = Project.create(tmp_path / "project", {"tables/lots.yaml": LOTS})
    made.schemagen("generate").ok()
    made.write("schema/tables/lots.yaml", LOTS.replace("integer", "bigint"))
    made.schemagen("generate").ok()
    return made


@pytest.fixture
def half(project: Project, database: Database) -> Database:
    """A database at the first revision, with a row."""
    project.upgrade(database.url, "0001")
    database.execute(LOT)
    return database


def revise(project: Project, name: str, down: str | None, *lines: str) -> None:
    up = "\n".join(f"    {line}" for line in lines)
    project.write(f"backend/alembic/versions/{name}.py", REVISION.format(id=name, down=down, up=up))


def version(database: Database) -> str:
    ((found,),) = database.rows("SELECT version_num FROM alembic_version")
    return found[:4]


def said(result: Result) -> str:
    assert result.code != 0
    assert "Traceback" not in result.stdout + result.stderr
    return result.stdout + result.stderr


def dialect_is(name: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("dialect", [name])


@dialect_is("sqlite")
def test_a_locked_file_is_said(project: Project, half: Database) -> None:
    """The lock is waited for as long as sqlite3 says, five seconds if the URL says nothing."""
    before = half.catalog()
    with half.engine.connect() as other:
        other.exec_driver_sql("UPDATE lots SET size = 2")
        text = said(project.alembic("upgrade", "head", url=f"{half.url}?timeout=0.1"))
    assert "database is locked" in text
    assert "Another process writes to the file. Nothing was changed" in text
    same_catalog(before, half.catalog(), "before", "after")
    project.upgrade(half.url)


@dialect_is("sqlite")
def test_a_reader_that_stays_is_said(project: Project, half: Database) -> None:
    """It stops the commit, not the statements before it."""
    with half.engine.connect() as other:
        other.exec_driver_sql("SELECT * FROM lots").all()
        text = said(project.alembic("upgrade", "head", url=f"{half.url}?timeout=0.1"))
    assert "database is locked" in text
    assert version(half) == "0001"
    project.upgrade(half.url)
    assert version(half) == "0002"


@dialect_is("sqlite")
def test_a_full_disk_changes_nothing(project: Project, half: Database) -> None:
    half.execute(
        "INSERT INTO lots (code, size) WITH RECURSIVE n(i) AS"
        " (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) SELECT i, i FROM n"
    )
    ((pages,),) = half.rows("PRAGMA page_count")
    before = half.catalog()
    with mortals(project.root) as run:
        outcome = run.run(half.url, "upgrade", "head", pages=pages + 2)
    assert outcome.code != 0
    assert "database or disk is full" in outcome.said
    assert "Nothing was changed. Make room on the disk" in outcome.said
    assert "Traceback" not in outcome.said
    same_catalog(before, half.catalog(), "before", "after")
    assert half.rows("SELECT count(*), sum(size) FROM lots") == [(5001, 12502501)]
    project.upgrade(half.url)


def terminate_others(url: str) -> None:
    query = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    with psycopg.connect(plain(url)) as connection:
        connection.execute(query)


@dialect_is("postgresql")
@pytest.mark.parametrize("words", ["ALTER TABLE lots", "UPDATE alembic_version", "advisory_unlock"])
def test_a_lost_connection_is_said_and_what_was_not_committed_is_undone(
    project: Project, half: Database, words: str
) -> None:
    before = half.catalog()
    with at_statement(words, lambda: terminate_others(half.url)):
        text = said(project.alembic("upgrade", "head", url=half.url))
    assert "terminating connection due to administrator command" in text
    assert "The connection is lost. What was not committed is undone" in text
    if words == "advisory_unlock":
        assert version(half) == "0002"
        return
    assert version(half) == "0001"
    same_catalog(before, half.catalog(), "before", "after")
    project.upgrade(half.url)


@dialect_is("postgresql")
def test_of_two_runs_one_waits_says_so_and_finds_nothing_to_do(
    project: Project, database: Database
) -> None:
    revise(project, "0003_slow", "0002_change_size_of_lots", 'op.execute("SELECT pg_sleep(2)")')
    runs: list[Result] = []

    def run() -> None:
        runs.append(project.alembic_process("upgrade", "head", url=database.url))

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    waited = [r.ok() for r in runs if "waiting for the migration of postgres" in r.stderr]
    assert len(waited) == 1
    assert sorted(r.ok().stderr.count("Running upgrade") for r in runs) == [0, 3]
    assert version(database) == "0003"


@dialect_is("postgresql")
def test_what_does_not_move_the_version_does_not_wait(project: Project, half: Database) -> None:
    with half.engine.connect() as other:
        other.exec_driver_sql("SELECT pg_advisory_lock(1450932731)")
        assert "0001" in project.alembic("current", url=half.url).ok().stdout
        with _started(project, half.url) as process:
            time.sleep(3)
            assert process.poll() is None
    project.upgrade(half.url)


@dialect_is("postgresql")
def test_a_lock_is_waited_for_in_short_tries(
    project: Project, half: Database, caplog: pytest.LogCaptureFixture
) -> None:
    """Statements of the application do not queue up behind the migration meanwhile."""
    with half.engine.connect() as other:
        other.exec_driver_sql("SELECT * FROM lots").all()
        thread = threading.Thread(target=lambda: (time.sleep(1.5), other.rollback()))
        thread.start()
        project.upgrade(half.url)
        thread.join()
    assert "someone holds a lock: try 1 of 120" in caplog.text
    assert version(half) == "0002"
    assert half.rows("SELECT * FROM lots") == [(1, "a", 1)]


@dialect_is("postgresql")
def test_a_relative_target_does_not_go_too_far(project: Project, half: Database) -> None:
    """After one of two revisions, `+2` would mean another one more."""
    revise(project, "0003_lock", "0002_change_size_of_lots", 'op.execute("LOCK TABLE other")')
    revise(project, "0004_more", "0003_lock", 'op.execute("SELECT 1")')
    half.execute("CREATE TABLE other (id int)")
    with half.engine.connect() as other:
        other.exec_driver_sql("LOCK TABLE other")
        text = said(project.alembic("upgrade", "+2", url=half.url))
    assert re.search(r"the version is 0002_\w+ now, so \+2 would go too far: name", text)
    assert version(half) == "0002"
    project.upgrade(half.url, "0003")


@dialect_is("postgresql")
def test_a_lock_that_stays_is_said(
    project: Project, half: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time, "sleep", lambda _: None)
    env = project.read("backend/alembic/env.py")
    project.write("backend/alembic/env.py", env.replace("TRIES = 120", "TRIES = 3"))
    with half.engine.connect() as other:
        other.exec_driver_sql("SELECT * FROM lots").all()
        text = said(project.alembic("upgrade", "head", url=half.url))
    assert "canceling statement due to lock timeout" in text
    assert "Someone held a lock during 3 tries" in text


@dialect_is("postgresql")
def test_the_options_of_the_url_win(project: Project, half: Database) -> None:
    url = make_url(half.url).update_query_dict({"options": "-c lock_timeout=77"})
    said = "current_setting('lock_timeout') || current_setting('client_connection_check_interval')"
    insert = f'op.execute("INSERT INTO lots (id, code, size) SELECT 2, {said}, 1")'
    revise(project, "0003_note", "0002_change_size_of_lots", insert)
    project.upgrade(url.render_as_string(hide_password=False))
    assert half.rows("SELECT code FROM lots WHERE id = 2") == [("77ms1s",)]


@dialect_is("postgresql")
def test_the_server_stops_soon_when_its_client_dies(project: Project, half: Database) -> None:
    """A statement of a minute: the next run has the lock after a second or two."""
    slow = 'op.execute("SELECT pg_sleep(60)")'
    revise(project, "0003_slow", "0002_change_size_of_lots", slow)
    sleeping = "SELECT 1 FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(60)'"
    with _started(project, half.url):
        _until(lambda: half.rows(sleeping))
    assert version(half) == "0002"
    revise(project, "0003_slow", "0002_change_size_of_lots", "pass")
    start = time.monotonic()
    project.upgrade(half.url)
    assert time.monotonic() - start < 10
    assert version(half) == "0003"


@contextmanager
def _started(project: Project, url: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run the upgrade in a process of its own; it is killed at the end, if it still runs."""
    process = subprocess.Popen(
        [sys.executable, "-m", "alembic", "upgrade", "head"],
        cwd=project.root,
        env={**os.environ, "DATABASE_URL": url, "PYTHONPATH": str(REPOSITORY)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _until(holds: Callable[[], object]) -> None:
    end = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.1)


@dialect_is("sqlite")
def test_a_copy_of_many_rows_killed_at_any_moment_is_undone(
    project: Project, half: Database
) -> None:
    half.execute(
        "INSERT INTO lots (code, size) WITH RECURSIVE n(i) AS"
        " (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) SELECT i, i FROM n"
    )
    before, (sizes,) = half.catalog(), half.rows("SELECT count(*), sum(size) FROM lots")
    journal = Path(f"{make_url(half.url).database}-journal")
    killed = 0
    for wait in (0, 0.05, 0.1, 0.2, 0.4, 0.8):
        with _started(project, half.url) as process:
            while not journal.exists() and process.poll() is None:
                time.sleep(0.001)
            time.sleep(wait)
        killed += process.returncode == -signal.SIGKILL
        assert half.rows("SELECT count(*), sum(size) FROM lots") == [sizes]
        if version(half) == "0002":
            break
        same_catalog(before, half.catalog(), "before", "after")
    assert killed
    project.upgrade(half.url)
    assert half.rows("SELECT count(*), sum(size) FROM lots") == [sizes]
    with pytest.raises(DBAPIError):
        half.rows("SELECT * FROM _lots_new")
