"""`schemagen drift`: what it compares, what it says, and that it writes nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from sqlalchemy.engine import make_url
from support import drifted, f2x
from support.databases import at
from support.drift_cases import TRIGGER
from support.project import Project

from schemagen.cli import main
from schemagen.db import live
from schemagen.errors import SchemagenError
from schemagen.kinds import Key

if TYPE_CHECKING:
    from pathlib import Path

    from support.databases import Database
    from support.drifted import Look
    from support.postgres import Server


def test_a_database_as_it_should_be_has_no_drift(database: Database, look: Look) -> None:
    drifted.create(look.project, database)
    done = look(database).ok()
    assert done.stdout == ""
    assert done.stderr.endswith(" at 0001_initial: no drift\n")
    assert look(database, "--sql").ok().stdout == ""
    assert json.loads(look(database, "--format", "json").ok().stdout)["differences"] == []


# How a database that pg_dump has restored prints a check, a default and an index.
RESTORED = (
    "ALTER TABLE lots DROP CONSTRAINT chk_lots_grade",
    """ALTER TABLE lots ADD CONSTRAINT chk_lots_grade CHECK (((grade)::text = ANY
    ((ARRAY['A'::character varying, 'B'::character varying])::text[])))""",
)


def test_a_restored_database_that_prints_other_words_has_no_drift(
    postgresql: Database, look: Look
) -> None:
    drifted.create(look.project, postgresql)
    drifted.plant(postgresql, *RESTORED)
    key = Key("check", "lots", "chk_lots_grade")
    assert "('A'::character varying)::text" in str(postgresql.catalog().objects[key])
    assert look(postgresql).ok().stdout == ""


@pytest.mark.parametrize(
    ("stamps", "said"),
    [
        (None, "has no table alembic_version"),
        (("0001_initial", "0002_lost"), "is at 2 revisions at once: 0001_initial and 0002_lost"),
        (("0001_initail",), "is no revision in backend/alembic/versions: did you mean"),
    ],
)
def test_a_version_that_tells_nothing_is_said_plainly(
    stamps: tuple[str, ...] | None, said: str, database: Database, look: Look
) -> None:
    drifted.create(look.project, database)
    database.execute("DROP TABLE alembic_version")
    if stamps is not None:
        drifted.stamp(database, *stamps)
    done = look(database)
    assert (done.code, done.stdout) == (2, "")
    assert said in done.stderr
    assert look(database, "--head").code == 0  # the YAML needs no version


def test_alembics_table_may_have_another_name(database: Database, look: Look) -> None:
    drifted.create(look.project, database)
    database.execute("ALTER TABLE alembic_version RENAME TO my_versions")
    done = look(database)
    assert done.code == 2
    assert "it has my_versions, though: --version-table my_versions" in done.stderr
    done = look(database, "--version-table", "my_versions").ok()
    assert (done.stdout, " at 0001_initial: no drift" in done.stderr) == ("", True)


def test_what_managed_objects_rest_on_is_made_for_the_comparison(
    postgresql: Database, tmp_path: Path, look: Look
) -> None:
    postgresql.execute(
        "CREATE DOMAIN kilos AS numeric CHECK (VALUE > 0)",
        "CREATE FUNCTION one() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        "CREATE TABLE crates (id bigint PRIMARY KEY, weight kilos, parts integer DEFAULT one())",
    )
    look.project = Project.create(tmp_path / "adopted")
    look.project.schemagen("import", postgresql.url).ok()
    done = look(postgresql, "--head").ok()
    assert "domain kilos" in done.stdout
    assert "function one()" in done.stdout
    assert done.stderr.endswith("no drift\n")
    database = "ALTER DOMAIN kilos DROP CONSTRAINT kilos_check"
    postgresql.execute(database, "ALTER TABLE crates ALTER weight SET NOT NULL")
    assert "column weight is different" in look(postgresql, "--head").stdout


def test_a_constraint_without_a_name_is_no_drift_on_sqlite(sqlite: Database, look: Look) -> None:
    drifted.create(look.project, sqlite)
    drifted.plant(
        sqlite,
        "parts: CONSTRAINT pk_parts PRIMARY KEY => PRIMARY KEY",
        "lots: CONSTRAINT chk_lots_size CHECK => CHECK",
    )
    assert look(sqlite).ok().stdout == ""


def test_a_database_at_base_should_be_empty(database: Database, look: Look) -> None:
    drifted.stamp(database)
    assert " at base: no drift" in look(database).ok().stderr
    database.execute("CREATE TABLE left_over (id integer)")
    assert "+ table left_over is not expected" in look(database).stdout


def test_head_compares_with_the_yaml(database: Database, look: Look, tmp_path: Path) -> None:
    drifted.create(look.project, database)
    project = drifted.project(tmp_path / "project")
    text = project.read("schema/tables/parts.yaml")
    project.write("schema/tables/parts.yaml", text.replace("batch: bigint?", "batch: text?"))
    look.project = project
    look(database).ok()
    done = look(database, "--head")
    assert done.code == 1
    assert "type expected: text" in done.stdout
    assert "0001_initial, against the YAML: 1 difference: 1 different" in done.stderr


def test_what_is_not_managed_is_told_apart_and_is_no_drift(database: Database, look: Look) -> None:
    drifted.create(look.project, database)
    database.execute("CREATE VIEW open_lots AS SELECT id FROM lots", *TRIGGER[database.dialect])
    told = look(database).ok().stdout
    assert told.startswith("not managed by schemagen:\n")
    assert "    view open_lots\n" in told
    assert "    trigger lots.stamp" in told
    assert ("(disabled)" in told) is (database.dialect == "postgresql")


def test_a_program_gets_everything_as_data(postgresql: Database, look: Look) -> None:
    drifted.create(look.project, postgresql)
    drifted.plant(postgresql, "ALTER TABLE lots ALTER size SET DEFAULT 1")
    told = json.loads(look(postgresql, "--format", "json").stdout)
    assert told["version"] == 1
    assert (told["dialect"], told["revision"]) == ("postgresql", "0001_initial")
    assert told["differences"] == [
        {
            "code": "D003",
            "what": "different",
            "kind": "column",
            "table": "lots",
            "name": "size",
            "called": None,
            "fields": [{"name": "default", "expected": "0", "found": "1"}],
        }
    ]
    assert "ALTER COLUMN size SET DEFAULT 0" in told["sql"]
    assert told["summary"] == {"different": 1}


def test_a_role_that_may_only_connect_can_look(
    postgresql: Database, look: Look, postgres_server: Server
) -> None:
    drifted.create(look.project, postgresql)
    postgresql.execute("GRANT SELECT ON alembic_version TO PUBLIC")
    postgres_server.execute("DROP ROLE IF EXISTS reader")
    postgres_server.execute("CREATE ROLE reader LOGIN")
    url = make_url(postgresql.url).set(username="reader").render_as_string(hide_password=False)
    look(at(url)).ok()


def test_nothing_can_be_written_through_a_look(database: Database) -> None:
    database.execute("CREATE TABLE t (a integer)")
    with (
        pytest.raises(SchemagenError, match=r"read-?only"),
        live.look(database.url) as connection,
    ):
        connection.exec_driver_sql("INSERT INTO t VALUES (1)")
    assert database.rows("SELECT * FROM t") == []


def test_the_project_s_own_database_is_looked_at_from_wherever_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = drifted.project(tmp_path / "project")
    drifted.create(project, at(f"sqlite:///{project.root}/own.db"))
    monkeypatch.setenv("DATABASE_URL", "sqlite:///own.db")
    monkeypatch.chdir(project.root / "schema")
    done = CliRunner().invoke(main, ["drift"])
    assert done.exit_code == 0, done.stderr
    assert "own.db at 0001_initial: no drift" in done.stderr


def test_without_any_url_it_asks_for_one(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "")
    monkeypatch.chdir(project.root)
    done = CliRunner().invoke(main, ["drift"])
    assert done.exit_code == 2
    assert "which database? give its URL, or set DATABASE_URL" in done.stderr


def test_a_sqlite_file_that_is_not_there_is_not_made(look: Look, tmp_path: Path) -> None:
    done = look(at(f"sqlite:///{tmp_path}/none.db"))
    assert done.code == 2
    assert f"there is no database at sqlite:///{tmp_path}/none.db" in done.stderr
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://user:hunter2@127.0.0.1:1/none",
        "postgresql+asyncpg://user:hunter2@127.0.0.1:1/none?password=hunter2",
        "postgres://user:hunter2@127.0.0.1:1/none",
        "postgresql://user:hunter2@[/none",
        "mysql://user:hunter2@127.0.0.1:1/none",
    ],
)
def test_no_password_is_ever_shown(url: str, look: Look) -> None:
    for style in ("text", "json"):
        done = look.project.schemagen("drift", url, "--format", style)
        assert done.code == 2
        assert "hunter2" not in done.stdout + done.stderr


def test_the_repositorys_own_database_has_no_drift(
    database: Database, look: Look, tmp_path: Path
) -> None:
    look.project = f2x.copy(tmp_path / "project")
    for revision in ("0001_initial", "head"):
        look.project.upgrade(database.url, revision)
        assert look(database).ok().stdout == ""
