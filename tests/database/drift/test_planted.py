"""Whatever is changed in a live database behind the history's back is found, named and mended."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from support import drifted, postgres
from support.drift_cases import ADDED, CASES, LEFT, TRIGGER

from schemagen.report.drift import as_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.databases import Database
    from support.drifted import Look
    from support.postgres import Server


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
