"""What is there becomes YAML, and a database made of that is the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support import f2x
from support.databases import DIALECTS
from support.project import REPOSITORY, Project

from schemagen.source import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from support.databases import Database

    NewDatabase = Callable[[str], Database]

SQL = """
CREATE TABLE lots (
  id integer NOT NULL,
  "Code" varchar(10) NOT NULL,
  status varchar(8) DEFAULT 'NEW' NOT NULL,
  size numeric(10,2) DEFAULT 0,
  CONSTRAINT pk_lots PRIMARY KEY (id),
  CONSTRAINT uk_lots_code UNIQUE ("Code"),
  CONSTRAINT chk_lots_status CHECK (status IN ('NEW', 'DONE')),
  CONSTRAINT chk_lots_size CHECK (size > 0)
);
CREATE INDEX idx_lots_open ON lots (size) WHERE status = 'NEW';
CREATE VIEW open_lots AS SELECT id FROM lots WHERE status = 'NEW';
"""
MODELS = """
from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Lot(Base):
    __tablename__ = "lots"
    id = Column(Integer, primary_key=True)
    code = Column(String(10), unique=True)


class Item(Base):
    __tablename__ = "items"
    id = Column(Integer, primary_key=True)
    lot_id = Column(Integer, ForeignKey("lots.id", ondelete="CASCADE"), nullable=False)
"""


EVERYTHING = """
CREATE TYPE "lot State" AS ENUM ('NEW', 'DONE');
CREATE TABLE lots (
  id bigint GENERATED ALWAYS AS IDENTITY (MINVALUE 5 MAXVALUE 99999 CACHE 3 CYCLE),
  code text,
  state "lot State"[],
  CONSTRAINT lots_pkey PRIMARY KEY (id) INCLUDE (code),
  CONSTRAINT lots_code CHECK (code <> '') NO INHERIT
);
CREATE TABLE steps (id int, lot_id int, PRIMARY KEY (id) DEFERRABLE INITIALLY DEFERRED);
ALTER TABLE steps ADD CONSTRAINT lot FOREIGN KEY (lot_id) REFERENCES lots (id) NOT VALID;
ALTER TABLE steps ADD CONSTRAINT positive CHECK (lot_id > 0) NOT VALID;
CREATE TABLE nothing ();
CREATE INDEX code ON lots (code);
COMMENT ON INDEX code IS 'By code';
COMMENT ON CONSTRAINT lots_pkey ON lots IS 'The number';
CREATE MATERIALIZED VIEW counted AS SELECT code, count(*) AS many FROM lots GROUP BY code;
CREATE UNIQUE INDEX counted_code ON counted (code);
"""


def size(folder: Path) -> int:
    return sum(len(file.read_bytes()) for file in folder.rglob("*.yaml"))


@pytest.fixture(autouse=True)
def _server(monkeypatch: pytest.MonkeyPatch, new_database: NewDatabase) -> None:
    monkeypatch.setenv("SCHEMAGEN_VERIFY_URL", new_database("postgresql").url)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_own_schema_comes_back_as_a_person_wrote_it(
    dialect: str, new_database: NewDatabase, tmp_path: Path
) -> None:
    database = new_database(dialect)
    f2x.copy(tmp_path / "own").upgrade(database.url)
    project = Project.create(tmp_path / "new")
    project.schemagen("import", database.url, "--enums").ok()
    assert size(project.root / "schema") <= 1.15 * size(REPOSITORY / "schema")
    mine = read(project.root / "schema", project.root)
    assert mine.diagnostics == ()
    own = read(REPOSITORY / "schema", REPOSITORY)
    assert mine.schema.tables.keys() == own.schema.tables.keys()
    assert set(mine.mixins) >= {"created", "timestamps"}
    mixins = project.read("schema/mixins.yaml")
    assert "sequence_in_lot: " in mixins  # a unit of a lot
    assert "duration_seconds: " in mixins  # one try of a step


@pytest.mark.parametrize("dialect", DIALECTS)
def test_an_sql_file_becomes_yaml_and_what_has_no_word_is_named(
    dialect: str, tmp_path: Path
) -> None:
    project = Project.create(tmp_path)
    project.write("old.sql", SQL)
    done = project.schemagen("import", "old.sql", "--enums", "--dialect", dialect).ok()
    assert "not managed: view open_lots: there is no kind for it" in done.stderr
    assert "a database made of the YAML is the same" in done.stderr
    said = project.read("schema/tables/lots.yaml")
    assert "status: status = 'NEW'\n" in said
    assert "size: size > 0\n" in said
    assert "{columns: [size], where: status = 'NEW'}" in said.replace('"', "")
    assert "{kind: view, name: open_lots, on: [lots]" in project.read("schema/unmanaged.yaml")
    project.schemagen("check").ok()


def test_all_that_postgresql_says_of_constraints_is_said(tmp_path: Path) -> None:
    project = Project.create(tmp_path)
    project.write("old.sql", EVERYTHING)
    done = project.schemagen("import", "old.sql", "--dialect", "postgresql").ok()
    told = [line for line in done.stderr.splitlines() if line.startswith("not managed")]
    assert told == ["not managed: materialized view counted: there is no kind for it"]
    assert "columns: {}" in project.read("schema/tables/nothing.yaml")
    assert "not_valid: true" in project.read("schema/tables/steps.yaml")
    project.schemagen("check").ok()


def test_with_strict_what_is_not_managed_is_a_finding(tmp_path: Path) -> None:
    project = Project.create(tmp_path)
    project.write("old.sql", SQL)
    done = project.schemagen("import", "old.sql", "--dialect", "sqlite", "--strict")
    assert done.code == 1


def test_models_become_yaml(tmp_path: Path) -> None:
    project = Project.create(tmp_path)
    project.write("my_old_models.py", MODELS)
    project.schemagen("import", "my_old_models:Base").ok()
    assert "lot_id: integer -> lots on delete cascade\n" in project.read("schema/tables/items.yaml")


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("no_such_module:Base", "cannot import no_such_module:Base"),
        ("nothing", "is no source"),
        ("sqlite:///nothing.db", "there is no database"),
        ("broken.sql", "cannot read broken.sql"),
    ],
)
def test_a_source_that_cannot_be_read_is_told(source: str, says: str, tmp_path: Path) -> None:
    project = Project.create(tmp_path)
    project.write("broken.sql", "CREATE TABLE (")
    done = project.schemagen("import", source)
    assert done.code == 2
    assert says in done.stderr


def test_yaml_that_is_there_is_not_overwritten(tmp_path: Path) -> None:
    project = Project.create(tmp_path, {"tables/lots.yaml": "table: lots\ncolumns: {id: text}\n"})
    project.write("old.sql", SQL)
    done = project.schemagen("import", "old.sql", "--dialect", "sqlite")
    assert done.code == 2
    assert "schema/tables/lots.yaml is there already" in done.stderr


def test_an_update_keeps_comments_and_says_renames(tmp_path: Path) -> None:
    project = Project.create(tmp_path)
    project.write("old.sql", SQL)
    project.schemagen("import", "old.sql", "--dialect", "sqlite").ok()
    file = "schema/tables/lots.yaml"
    said = project.read(file)
    project.write(file, said.replace("  size:", "  # in square metres\n  size:", 1))
    project.write("new.sql", SQL.replace('"Code"', "number"))
    project.schemagen(
        "import", "new.sql", "--dialect", "sqlite", "--update", "--rename", "lots.Code=number"
    ).ok()
    said = project.read(file)
    assert "  # in square metres\n  size:" in said
    assert "number: {type: varchar(10), renamed_from: Code}" in said


def test_what_can_no_longer_be_managed_is_not_dropped_in_silence(
    tmp_path: Path,
) -> None:
    project = Project.create(tmp_path)
    project.write("old.sql", "CREATE TABLE logs (at date NOT NULL);")
    project.write("new.sql", "CREATE TABLE logs (at date NOT NULL) PARTITION BY RANGE (at);")
    project.schemagen("import", "old.sql", "--dialect", "postgresql").ok()
    done = project.schemagen("import", "new.sql", "--dialect", "postgresql", "--update")
    assert done.code == 2
    assert "partitioned table logs" in done.stderr
