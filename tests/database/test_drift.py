"""Whatever is changed in a live database behind the history's back is found, named and mended."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from sqlalchemy.engine import make_url
from support import drifted, f2x, postgres
from support.databases import at

from schemagen import config
from schemagen.cli import main
from schemagen.db import live
from schemagen.errors import SchemagenError
from schemagen.kinds import Key
from schemagen.report.drift import as_text
from schemagen.workflow.drift import Compared, drift

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from support.databases import Database
    from support.postgres import Server
    from support.project import Project, Result

ADDED = "ALTER TABLE lots ADD COLUMN"

# What was done to the database, and what `schemagen drift` has to say of it.
ON_BOTH: dict[str, tuple[str, str]] = {
    "an index dropped": ("DROP INDEX idx_lots_open", "- index idx_lots_open is missing [D001]"),
    "an index added": (
        "CREATE INDEX idx_quick ON lots (note)",
        "+ index idx_quick is not expected [D002]",
    ),
    "a column added": (f"{ADDED} extra text", "+ column extra is not expected [D002]"),
    "a NOT NULL column added": (
        f"{ADDED} extra integer DEFAULT 3 NOT NULL",
        "+ column extra is not expected [D002]",
    ),
    "a column dropped": ("ALTER TABLE parts DROP COLUMN batch", "- column batch is missing [D001]"),
    "a column renamed": (
        "ALTER TABLE lots RENAME COLUMN grade TO class",
        "- column grade is missing [D001]",
    ),
    "a table added": ("CREATE TABLE backup (id integer)", "+ table backup is not expected [D002]"),
    "a table dropped": ("DROP TABLE parts", "- table parts is missing [D001]"),
    "a table renamed": (
        "ALTER TABLE parts RENAME TO pieces",
        "→ table parts is called pieces [D004]",
    ),
}
ON_SQLITE: dict[str, tuple[str, str]] = {
    "a default changed": ("lots: DEFAULT 0 => DEFAULT 1", "default expected: 0"),
    "a default dropped": ("lots: DEFAULT 0 => ", "default found:    not set"),
    "a default added": ("lots: note TEXT => note TEXT DEFAULT ''", "default found:    ''"),
    "NOT NULL off": (
        "lots: code VARCHAR(20) NOT NULL => code VARCHAR(20)",
        "nullable found:    yes",
    ),
    "NOT NULL on": ("lots: note TEXT => note TEXT NOT NULL", "nullable expected: yes"),
    "a wrong type": ("lots: size INTEGER => size VARCHAR(9)", "type found:    varchar(9)"),
    "a shorter text": ("lots: VARCHAR(20) => VARCHAR(10)", "type found:    varchar(10)"),
    "a collation": ("lots: note TEXT => note TEXT COLLATE NOCASE", "collation found:    nocase"),
    "a generated column changed": ("lots: size * 2 => size * 3", "generated found:    size * 3"),
    "a generated column not stored": ("lots: STORED => VIRTUAL", "stored expected: yes"),
    "a generated column made plain": (
        "lots: GENERATED ALWAYS AS (size * 2) STORED => DEFAULT 0",
        "generated expected: size * 2",
    ),
    "a check changed": ("lots: size >= 0 => size > 0", "found:    check(size > 0)"),
    "a check dropped": (
        "lots: , CONSTRAINT chk_lots_size CHECK (size >= 0) => ",
        "- check chk_lots_size is missing [D001]",
    ),
    "a check added": (
        "lots: CHECK (size >= 0) => CHECK (size >= 0), CONSTRAINT small CHECK (size < 9)",
        "+ check small is not expected [D002]",
    ),
    "a check without a name": (
        "lots: note TEXT => note TEXT CHECK (note <> '')",
        "+ check check(note <> '') is not expected [D002]",
    ),
    "a check renamed": (
        "lots: chk_lots_size => lots_size",
        "→ check chk_lots_size is called lots_size [D004]",
    ),
    "an enum's value added": (
        "lots: ('OPEN', 'DONE') => ('OPEN', 'DONE', 'LOST')",
        "found:    check(status in('OPEN', 'DONE', 'LOST'))",
    ),
    "a foreign key dropped": (
        (
            "parts: , CONSTRAINT fk_parts_lot_id FOREIGN KEY(lot_id) REFERENCES lots (id)"
            " ON DELETE CASCADE => "
        ),
        "- foreign key fk_parts_lot_id is missing [D001]",
    ),
    "a foreign key that cascades no more": (
        "parts:  ON DELETE CASCADE => ",
        "found:    foreign key(lot_id) references lots(id)",
    ),
    "a foreign key renamed": (
        "parts: fk_parts_lot_id => parts_lot",
        "→ foreign key fk_parts_lot_id is called parts_lot [D004]",
    ),
    "a unique constraint dropped": (
        "parts: , CONSTRAINT uk_parts_lot_id_name UNIQUE (lot_id, name) => ",
        "- unique uk_parts_lot_id_name is missing [D001]",
    ),
    "a unique constraint changed": (
        "parts: UNIQUE (lot_id, name) => UNIQUE (name, lot_id)",
        "~ unique uk_parts_lot_id_name is different [D003]",
    ),
    "a primary key dropped": (
        "parts: CONSTRAINT pk_parts PRIMARY KEY (id),  => ",
        "- primary key pk_parts is missing [D001]",
    ),
    "a table made strict": (
        "parts: UNIQUE (lot_id, name) ) => UNIQUE (lot_id, name) ) WITHOUT ROWID",
        "options found:    without rowid",
    ),
}
ON_POSTGRESQL: dict[str, tuple[str, str]] = {
    "a default changed": ("ALTER TABLE lots ALTER size SET DEFAULT 1", "default found:    1"),
    "a default dropped": ("ALTER TABLE lots ALTER size DROP DEFAULT", "default expected: 0"),
    "NOT NULL off": ("ALTER TABLE lots ALTER code DROP NOT NULL", "nullable found:    yes"),
    "NOT NULL on": ("ALTER TABLE lots ALTER note SET NOT NULL", "nullable expected: yes"),
    "a wrong type": (
        "ALTER TABLE parts ALTER name TYPE text",
        "type expected: character varying(40)",
    ),
    "a narrower number": ("ALTER TABLE parts ALTER batch TYPE integer", "type found:    integer"),
    "a collation": (
        'ALTER TABLE lots ALTER note TYPE text COLLATE "C"',
        "collation found:    C",
    ),
    "a check changed": (
        (
            "ALTER TABLE lots DROP CONSTRAINT chk_lots_size,"
            " ADD CONSTRAINT chk_lots_size CHECK (size > 0)"
        ),
        "found:    CHECK ((size > 0))",
    ),
    "a check dropped": (
        "ALTER TABLE lots DROP CONSTRAINT chk_lots_size",
        "- check chk_lots_size is missing [D001]",
    ),
    "a check added": (
        "ALTER TABLE lots ADD CONSTRAINT small CHECK (size < 9)",
        "+ check small is not expected [D002]",
    ),
    "a check renamed": (
        "ALTER TABLE lots RENAME CONSTRAINT chk_lots_size TO lots_size",
        "→ check chk_lots_size is called lots_size [D004]",
    ),
    "a check not proven": (
        (
            "ALTER TABLE lots DROP CONSTRAINT chk_lots_size,"
            " ADD CONSTRAINT chk_lots_size CHECK (size >= 0) NOT VALID"
        ),
        "! check chk_lots_size is NOT VALID: rows that were there before it may break it [D005]",
    ),
    "a foreign key dropped": (
        "ALTER TABLE parts DROP CONSTRAINT fk_parts_lot_id",
        "- foreign key fk_parts_lot_id is missing [D001]",
    ),
    "a foreign key that cascades no more": (
        (
            "ALTER TABLE parts DROP CONSTRAINT fk_parts_lot_id,"
            " ADD CONSTRAINT fk_parts_lot_id FOREIGN KEY (lot_id) REFERENCES lots (id)"
        ),
        "found:    FOREIGN KEY (lot_id) REFERENCES lots(id)",
    ),
    "a foreign key not proven": (
        (
            "ALTER TABLE parts DROP CONSTRAINT fk_parts_lot_id, ADD CONSTRAINT fk_parts_lot_id"
            " FOREIGN KEY (lot_id) REFERENCES lots (id) ON DELETE CASCADE NOT VALID"
        ),
        "! foreign key fk_parts_lot_id is NOT VALID",
    ),
    "a foreign key disabled": (
        "ALTER TABLE parts DISABLE TRIGGER ALL",
        "! foreign key fk_parts_lot_id is disabled",
    ),
    "a foreign key not enforced": (
        "ALTER TABLE parts ALTER CONSTRAINT fk_parts_lot_id NOT ENFORCED",
        "! foreign key fk_parts_lot_id is NOT ENFORCED",
    ),
    "a unique constraint dropped": (
        "ALTER TABLE parts DROP CONSTRAINT uk_parts_lot_id_name",
        "- unique uk_parts_lot_id_name is missing [D001]",
    ),
    "a unique constraint renamed": (
        "ALTER TABLE parts RENAME CONSTRAINT uk_parts_lot_id_name TO parts_once",
        "→ unique uk_parts_lot_id_name is called parts_once [D004]",
    ),
    "a primary key renamed": (
        "ALTER TABLE lots RENAME CONSTRAINT pk_lots TO lots_pkey",
        "→ primary key pk_lots is called lots_pkey [D004]",
    ),
    "a primary key dropped": (
        "ALTER TABLE parts DROP CONSTRAINT pk_parts",
        "- primary key pk_parts is missing [D001]",
    ),
    "an index renamed": (
        "ALTER INDEX idx_lots_open RENAME TO lots_open",
        "→ index idx_lots_open is called lots_open [D004]",
    ),
    "a comment on a table dropped": (
        "COMMENT ON TABLE lots IS NULL",
        "comment expected: What is made at once",
    ),
    "a comment on a column changed": (
        "COMMENT ON COLUMN lots.note IS 'Trash'",
        "comment found:    Trash",
    ),
    "an enum's value added": (
        "ALTER TYPE status ADD VALUE 'LOST'",
        "values found:    OPEN, DONE, LOST",
    ),
    "an enum's value renamed": (
        "ALTER TYPE status RENAME VALUE 'DONE' TO 'CLOSED'",
        "values found:    OPEN, CLOSED",
    ),
    "an enum renamed": (
        "ALTER TYPE status RENAME TO lot_status",
        "→ enum status is called lot_status [D004]",
    ),
    "an identity dropped": (
        "ALTER TABLE lots ALTER id DROP IDENTITY",
        "identity expected: by default",
    ),
    "an identity that lets nothing in": (
        "ALTER TABLE lots ALTER id SET GENERATED ALWAYS",
        "identity found:    always",
    ),
    "a generated column made plain": (
        "ALTER TABLE lots ALTER total DROP EXPRESSION",
        "generated found:    not set",
    ),
}
# Several statements, where one cannot plant it.
MORE_ON_POSTGRESQL: dict[str, tuple[tuple[str, ...], str]] = {
    "an index not built to its end": (
        (
            "INSERT INTO lots (code, note) VALUES ('a', 'x'), ('b', 'x')",
            "CREATE UNIQUE INDEX CONCURRENTLY idx_note ON lots (note)",
        ),
        "+ index idx_note is not expected [D002]",
    ),
    "an expected index not built to its end": (
        ("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'idx_lots_open'::regclass",),
        "! index idx_lots_open is INVALID",
    ),
    "an index over other columns": (
        ("DROP INDEX idx_lots_open", "CREATE INDEX idx_lots_open ON lots (size)"),
        "found:    CREATE INDEX idx_lots_open ON public.lots USING btree (size)",
    ),
    "an index of another method": (
        ("DROP INDEX idx_lots_open", "CREATE INDEX idx_lots_open ON lots USING hash (size)"),
        "USING hash (size)",
    ),
}
CASES = [
    *(("sqlite", name, (done,), said) for name, (done, said) in {**ON_BOTH, **ON_SQLITE}.items()),
    *(
        ("postgresql", name, (done,), said)
        for name, (done, said) in {**ON_BOTH, **ON_POSTGRESQL}.items()
    ),
    *(("postgresql", name, done, said) for name, (done, said) in MORE_ON_POSTGRESQL.items()),
    (
        "sqlite",
        "an index over other columns",
        ("DROP INDEX idx_lots_open", "CREATE INDEX idx_lots_open ON lots (size)"),
        "found:    create index idx_lots_open on lots(size)",
    ),
]
# What no script mends: an enum keeps its values, and a plain column is not made a generated one.
LEFT = {
    ("postgresql", "an enum's value added"),
    ("postgresql", "an enum's value renamed"),
    ("postgresql", "a generated column made plain"),
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return drifted.project(tmp_path_factory.mktemp("drift") / "project")


class Look:
    """Runs `schemagen drift` on a database, its scratch database on the tests' own server."""

    def __init__(self, project: Project, scratch: Callable[[], str]) -> None:
        self.project, self._scratch = project, scratch

    def __call__(self, database: Database, *options: str) -> Result:
        more = ["--scratch-url", self._scratch()] if database.dialect == "postgresql" else []
        return self.project.schemagen("drift", database.url, *more, *options)

    def compare(self, database: Database) -> Compared:
        """Compare without the command line around it."""
        scratch = self._scratch() if database.dialect == "postgresql" else None
        return drift(config.load(self.project.root), database.url, head=False, scratch=scratch)


@pytest.fixture
def look(project: Project, postgres_server_if_needed: Callable[[], Server]) -> Look:
    return Look(
        project, lambda: postgres_server_if_needed().url.render_as_string(hide_password=False)
    )


@pytest.mark.parametrize(
    ("dialect", "name", "planted", "said"), CASES, ids=[f"{c[0]}: {c[1]}" for c in CASES]
)
def test_a_planted_difference_is_found_and_mended(  # noqa: PLR0913, PLR0917 - fixtures
    dialect: str,
    name: str,
    planted: tuple[str, ...],
    said: str,
    new_database: Callable[[str], Database],
    look: Look,
    psql: Callable[[Database, str], None],
) -> None:
    database = new_database(dialect)
    drifted.create(look.project, database)
    drifted.plant(database, *planted)

    done = look.compare(database)
    assert said in as_text(done.drift)
    psql(database, uncommented(done.sql))
    left = as_text(look.compare(database).drift)
    assert bool(left) is ((dialect, name) in LEFT), left + done.sql


def uncommented(script: str) -> str:
    """Take what loses values as meant."""
    words = ("-- ALTER", "-- DROP", "-- CREATE", "-- INSERT", "-- \t", "-- )")
    return "\n".join(
        line.removeprefix("-- ") if line.startswith(words) else line for line in script.split("\n")
    )


@pytest.fixture
def psql(postgres_server_if_needed: Callable[[], Server]) -> Callable[[Database, str], None]:
    """Run a script as a person would, with the database's own client or what is like it."""

    def run(database: Database, script: str) -> None:
        if database.dialect == "sqlite":
            raw = database.engine.raw_connection()
            raw.executescript(script.replace(".bail on\n", ""))
            raw.close()
            return
        command = [postgres_server_if_needed().psql, "-X", "-q", "-v", "ON_ERROR_STOP=1"]
        command += ["-d", postgres.plain(database.url)]
        done = subprocess.run(command, input=script, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr + script

    return run


def test_mending_keeps_the_rows_and_what_hangs_on_the_table(
    database: Database, look: Look, psql: Callable[[Database, str], None]
) -> None:
    drifted.create(look.project, database)
    drifted.plant(database, *WORN[database.dialect])
    database.execute(
        "INSERT INTO lots (code, size) VALUES ('a', 1), ('b', 2)",
        "INSERT INTO parts (lot_id, name) SELECT id, 'p' FROM lots",
        "CREATE VIEW codes AS SELECT code FROM lots",
        *TRIGGER[database.dialect],
    )
    held = [database.rows(f"SELECT * FROM {table} ORDER BY id") for table in ("lots", "parts")]
    psql(database, look.compare(database).sql)
    now = [database.rows(f"SELECT * FROM {table} ORDER BY id") for table in ("lots", "parts")]
    assert now == held
    told = look(database).ok().stdout
    assert "view codes" in told
    assert "trigger lots.stamp" in told


WORN = {
    "sqlite": ["lots: CHECK (size >= 0) => CHECK (size >= -1)", "lots: DEFAULT 0 => DEFAULT 1"],
    "postgresql": [
        "ALTER TABLE lots DROP CONSTRAINT chk_lots_size, ALTER size SET DEFAULT 1",
        "ALTER TABLE parts ALTER name TYPE text",
    ],
}


def test_what_loses_values_is_only_a_comment(
    database: Database, look: Look, psql: Callable[[Database, str], None]
) -> None:
    drifted.create(look.project, database)
    database.execute(f"{ADDED} extra text", "CREATE TABLE backup (id integer)")
    before = database.catalog()
    script = look(database, "--sql").stdout
    assert "its rows would be lost" in script
    assert "extra" in script
    psql(database, script)
    assert database.catalog() == before


def test_thirty_differences_are_planted_on_each_database() -> None:
    for dialect in ("sqlite", "postgresql"):
        assert len([case for case in CASES if case[0] == dialect]) >= 30


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


TRIGGER = {
    "sqlite": ["CREATE TRIGGER stamp AFTER INSERT ON lots BEGIN DELETE FROM parts; END"],
    "postgresql": [
        "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        "CREATE TRIGGER stamp BEFORE INSERT ON lots FOR EACH ROW EXECUTE FUNCTION f()",
        "ALTER TABLE lots DISABLE TRIGGER stamp",
    ],
}


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
