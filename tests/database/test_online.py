"""Changes that hold up no clients, when something is in the way: rows, readers, a lost client."""

from __future__ import annotations

import re
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from sqlalchemy import Engine, event
from support import cases, clients, road, texts
from support.journey import Journey
from support.plant import Plant
from support.postgres import plain
from support.project import Project
from support.rows import read_rows
from support.sameness import same_catalog, same_rows
from support.statements import at_statement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from support.databases import Database
    from support.postgres import Server
    from support.rows import Rows

CASES = Path(__file__).parents[1] / "cases"
LOTS = """\
table: lots
columns:
  id: bigint pk identity
  code: varchar(20)
  size: integer?
  owner: bigint?
"""
TWICE = "INSERT INTO lots (code, size, owner) VALUES ('a1', 1, NULL)"
ORPHAN = "INSERT INTO lots (code, size, owner) VALUES ('bad', 1, 99)"
NEGATIVE = "INSERT INTO lots (code, size, owner) VALUES ('bad', -1, NULL)"
REFUSED = {
    "unique index": (LOTS + "indexes: {code: {columns: [code], unique: true}}\n", TWICE),
    "unique": (LOTS + "unique: [[code]]\n", TWICE),
    "foreign key": (LOTS.replace("owner: bigint?", "owner: bigint? -> lots"), ORPHAN),
    "check": (LOTS + "checks: {size: size > 0}\n", NEGATIVE),
}
LEFT = """
    SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid
    UNION ALL SELECT conname FROM pg_constraint WHERE NOT convalidated
    UNION ALL SELECT tgname FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
"""


@pytest.fixture
def plant(tmp_path: Path, postgresql: Database) -> Plant:
    project = Project.create(tmp_path / "project", {"tables/lots.yaml": LOTS}, online=True)
    project.schemagen("generate").ok()
    made = Plant(project, postgresql)
    made.upgrade()
    made.insert(5)
    return made


@pytest.mark.parametrize("what", REFUSED)
def test_rows_that_break_it_are_named_and_what_was_being_proven_is_gone(
    what: str, plant: Plant
) -> None:
    text, row = REFUSED[what]
    before = plant.database.catalog()
    plant.database.execute(row)
    plant.change(text)
    said = plant.refused()
    assert plant.version == "0001"
    same_catalog(before, plant.database.catalog(), "before", "after the refused upgrade")

    assert "Mend them, and run the same command again." in said
    (query,) = re.findall(r"The rows: (SELECT .*)", said)
    assert any(value in ("bad", "a1") for row in plant.database.rows(query) for value in row)
    plant.database.execute("DELETE FROM lots WHERE code = 'bad' OR id > 5")
    plant.upgrade()
    assert plant.version == "0002"
    plant.project.downgrade(plant.database.url)
    same_catalog(before, plant.database.catalog(), "before", "after the downgrade")


def test_a_client_that_goes_on_writing_null_is_named_on_the_way_down(plant: Plant) -> None:
    """No value is there for the NULLs on the way down, so the proof fails on them."""
    plant.change(LOTS.replace("code: varchar(20)", "code: varchar(20)?"))
    plant.upgrade()
    after = plant.database.catalog()
    plant.database.execute("INSERT INTO lots (code) VALUES (NULL)")
    done = plant.project.alembic("downgrade", "-1", url=plant.database.url)
    assert done.code != 0
    (query,) = re.findall(r"The rows: (SELECT .*)", done.stdout + done.stderr)
    assert len(plant.database.rows(query)) == 1
    same_catalog(after, plant.database.catalog(), "before", "after the refused downgrade")
    plant.database.execute("DELETE FROM lots WHERE code IS NULL")
    plant.project.downgrade(plant.database.url)


COMPUTED = LOTS + "  half: {type: integer, backfill: 100 / (size + 1)}\n"
SHADOW = LOTS.replace(
    "code: varchar(20)",
    "code: {type: integer, using: 'cast(substr(code, 2) as integer)', strategy: shadow}",
)


@pytest.mark.parametrize(
    ("text", "row", "words"),
    [(COMPUTED, NEGATIVE, "division by zero"), (SHADOW, ORPHAN, "invalid input syntax")],
    ids=["a new column", "a shadow"],
)
def test_values_that_cannot_be_computed_leave_nothing_that_stops_the_clients(
    plant: Plant, text: str, row: str, words: str
) -> None:
    plant.database.execute(row)
    plant.change(text)
    said = plant.refused()
    assert words in said
    assert "Mend them, and run the same command again." in said
    assert plant.version == "0001"
    assert plant.database.rows(LEFT) == []
    plant.database.execute(row, "DELETE FROM lots WHERE code = 'bad'")
    plant.upgrade()
    assert plant.version == "0002"
    assert plant.database.rows(LEFT) == []


@pytest.mark.parametrize("bad", [0, 2500])
def test_the_batch_that_a_value_breaks_is_named(plant: Plant, bad: int) -> None:
    plant.database.execute("DELETE FROM lots")
    plant.insert(3000)
    plant.database.execute(f"UPDATE lots SET size = -1 WHERE code = 'a{bad or 1}'")
    plant.change(COMPUTED)
    (query,) = re.findall(r"The rows: (SELECT .*)", plant.refused())
    found = plant.database.rows(query.replace("SELECT *", "SELECT size"))
    assert (-1,) in found
    assert len(found) <= 2000


EVERYTHING = (
    LOTS.replace("size: integer?", "size: {type: integer, backfill: '0'}")
    + "  note: {type: varchar(60), backfill: \"code || ':'\"}\n"
    + "indexes: [[code]]\nunique: [[code, id]]\nchecks: {size: size >= 0}\n"
)


@pytest.mark.parametrize("words", ["VALIDATE", "CONCURRENTLY", "UPDATE lots", "UPDATE alembic"])
def test_a_lost_connection_is_said_and_the_next_run_completes(plant: Plant, words: str) -> None:
    def terminate() -> None:
        query = (
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        with psycopg.connect(plain(plant.database.url)) as connection:
            connection.execute(query)

    plant.change(EVERYTHING)
    with at_statement(words, terminate):
        said = plant.refused()
    assert "terminating connection due to administrator command" in said
    assert "The connection is lost." in said
    assert plant.version == "0001"
    plant.upgrade()
    assert plant.version == "0002"
    assert plant.database.rows(LEFT) == []


@contextmanager
def reader(plant: Plant, seconds: float) -> Iterator[None]:
    """Hold a transaction open that has read the table."""
    with plant.database.engine.connect() as other:
        other.exec_driver_sql("SELECT * FROM lots").all()
        thread = threading.Thread(target=lambda: (time.sleep(seconds), other.rollback()))
        thread.start()
        try:
            yield
        finally:
            thread.join()


def test_behind_a_reader_short_steps_are_tried_again_and_long_ones_wait(
    plant: Plant, caplog: pytest.LogCaptureFixture
) -> None:
    """It needs ACCESS EXCLUSIVE for the column, and waits for the reader before the index."""
    plant.change(EVERYTHING)
    with reader(plant, 1.5):
        plant.upgrade()
    assert "someone holds a lock: try 1 of 120" in caplog.text
    assert plant.version == "0002"
    assert plant.database.rows(LEFT) == []


def test_a_concurrent_build_waits_longer_than_the_limit_of_short_steps(
    plant: Plant, caplog: pytest.LogCaptureFixture
) -> None:
    plant.change(LOTS + "indexes: [[code]]\n")
    with plant.database.engine.connect() as other:
        other.exec_driver_sql("UPDATE lots SET size = 1 WHERE id = 1")
        thread = threading.Thread(target=lambda: (time.sleep(1), other.rollback()))
        thread.start()
        plant.upgrade()
        thread.join()
    assert "someone holds a lock" not in caplog.text
    assert plant.version == "0002"


def test_after_a_failure_the_session_has_its_limits_again(plant: Plant) -> None:
    """The build is made to fail with the code of a deadlock."""
    failures = [1]

    def look(connection: object, _cursor: object, statement: str, *_: object) -> None:
        if "CREATE INDEX CONCURRENTLY" in statement and failures:
            failures.pop()
            raw = connection.connection.dbapi_connection
            raw.execute("DO $$ BEGIN RAISE 'made up' USING ERRCODE = '40P01'; END $$")

    plant.change(LOTS + "indexes: [[code]]\n")
    revision = plant.project.revisions()[-1]
    body = revision.read_text()
    start = "def upgrade() -> None:\n"
    note = "    op.execute(\"INSERT INTO seen SELECT current_setting('lock_timeout')\")\n"
    revision.write_text(body.replace(start, start + note, 1))
    plant.database.execute("CREATE TABLE seen (value text)")
    event.listen(Engine, "before_cursor_execute", look)
    try:
        plant.upgrade()
    finally:
        event.remove(Engine, "before_cursor_execute", look)
    assert plant.version == "0002"
    assert {value for (value,) in plant.database.rows("SELECT value FROM seen")} == {"200ms"}


@dataclass
class Clients:
    """Clients of the old shape, which insert and update until they are told to stop."""

    url: str
    errors: list[str] = field(default_factory=list)
    written: int = 0
    done: threading.Event = field(default_factory=threading.Event)

    def write(self) -> None:
        with psycopg.connect(plain(self.url), autocommit=True) as connection:
            while not self.done.is_set():
                try:
                    self._write(connection)
                except psycopg.Error as error:
                    self.errors.append(str(error))
                self.written += 1

    def _write(self, connection: psycopg.Connection) -> None:
        n = self.written
        connection.execute(
            "INSERT INTO lots (code, size, owner) VALUES (%s, %s, 1)", (f"new {n}", n)
        )
        connection.execute("UPDATE lots SET owner = owner + 1 WHERE id = %s", (n % 3000 + 1,))
        time.sleep(0.002)


def test_clients_of_the_old_shape_write_on_and_their_rows_are_filled(
    plant: Plant,
) -> None:
    plant.insert(20000)
    plant.change(
        LOTS.replace("size: integer?", "size: {type: integer, backfill: '0'}")
        + "  note: {type: varchar(60), backfill: \"code || ':' || coalesce(size, 0)\"}\n"
        + "indexes: [[note]]\n"
    )
    writer = Clients(plant.database.url)
    thread = threading.Thread(target=writer.write)
    thread.start()
    time.sleep(0.2)
    try:
        plant.upgrade()
        there = writer.written
    finally:
        time.sleep(0.1)
        writer.done.set()
        thread.join()
    old_shape = [error for error in writer.errors if 'column "note"' not in error]
    assert old_shape == []
    assert there > 10
    wrong = "SELECT count(*) FROM lots WHERE note IS DISTINCT FROM code || ':' || size"
    assert plant.database.rows(wrong) == [(0,)]


def test_piped_into_psql_it_does_what_running_it_does(
    tmp_path: Path, new_database: Callable[[str], Database], postgres_server: Server
) -> None:
    (case,) = (c for c in cases.read(CASES) if c.title == "Everything at once")
    ran, piped = new_database("postgresql"), new_database("postgresql")
    project = Project.create(tmp_path / "project", online=True)
    journey = Journey(case, project.root, "postgresql")
    schema = journey.first(project)
    for database in (ran, piped):
        journey.fill(project, database, schema)
    journey.write(project, case.blocks["yaml new"])
    project.schemagen("generate", "--no-input", *case.words("sh flags", "postgresql")).ok()

    for command, target in (("upgrade", "0001:head"), ("downgrade", "0002:0001")):
        script = project.alembic(command, target, "--sql", url=piped.url).ok().stdout
        clients.psql(postgres_server, piped, script).ok()
        project.alembic(command, target.split(":")[1], url=ran.url).ok()
        same_catalog(ran.catalog(), piped.catalog(), "run", "piped")
        assert piped.rows(LEFT) == []
        one, two = _rows(ran), _rows(piped)
        places = {(t, n): (t, n) for t, rows in one.items() for n in rows[0] if n != "luck"}
        same_rows(one, two, places)


def _rows(database: Database) -> Rows:
    with database.engine.connect() as connection:
        return read_rows(connection)


def test_postgresql_18_proves_not_null_by_itself(
    plant: Plant, new_database: Callable[[str], Database]
) -> None:
    ((number,),) = plant.database.rows("SELECT current_setting('server_version_num')::int")
    if number < 180000:
        pytest.skip("the server is older")
    settings = plant.project.read("pyproject.toml")
    own = "[tool.schemagen.postgresql]\nmin_version = 18\n"
    plant.project.write("pyproject.toml", settings + own)
    before = plant.database.catalog()
    plant.change(EVERYTHING)
    assert "ADD CONSTRAINT _full_lots_size NOT NULL size NOT VALID" in (
        plant.project.revisions()[-1].read_text()
    )
    plant.upgrade()
    fresh = new_database("postgresql")
    road.create(texts.read(EVERYTHING).schema, fresh)
    same_catalog(fresh.catalog(), plant.database.catalog(), "a fresh database", "the upgraded one")
    assert plant.database.rows(LEFT) == []
    plant.project.downgrade(plant.database.url)
    same_catalog(before, plant.database.catalog(), "before", "after the downgrade")


def test_postgresql_18_keeps_the_name_of_a_not_null_whose_column_is_renamed(plant: Plant) -> None:
    """So the next column of that name has its NOT NULL under another one, and has it."""
    ((number,),) = plant.database.rows("SELECT current_setting('server_version_num')::int")
    if number < 180000:
        pytest.skip("the server is older")
    own = "[tool.schemagen.postgresql]\nmin_version = 18\n"
    plant.project.write("pyproject.toml", plant.project.read("pyproject.toml") + own)
    size = "  size: {type: integer, backfill: '0'}\n"
    plant.change(LOTS.replace("  size: integer?\n", size))
    text = LOTS.replace("size: integer?", "before: {type: integer, renamed_from: size}")
    plant.change(text)
    plant.change(text + size)
    plant.upgrade()
    nullable = (
        "SELECT attname FROM pg_attribute WHERE attrelid = 'lots'::regclass"
        " AND attname IN ('size', 'before') AND NOT attnotnull"
    )
    assert plant.database.rows(nullable) == []
