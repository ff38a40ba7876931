"""Odd things that databases hold: each comes back, or is named, and costs nothing beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.project import Project
from support.sameness import same_catalog

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from support.databases import Database

POSTGRESQL = """
CREATE FUNCTION twice(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT $1 * 2';
CREATE TYPE "a.b" AS ENUM ('x');
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE DOMAIN moods AS mood[];
CREATE SEQUENCE "se.q";
CREATE TABLE lots (
  id int PRIMARY KEY DEFAULT nextval('"se.q"'),
  title varchar(20) DEFAULT NULL,
  words tsvector GENERATED ALWAYS AS (to_tsvector('simple', title)) STORED,
  doubled int GENERATED ALWAYS AS (twice(7)) STORED,
  plain bpchar NOT NULL,
  dotted "a.b",
  felt moods,
  "c.d" int UNIQUE,
  listed text[] COLLATE "C",
  size int CHECK (size > 0),
  during daterange,
  EXCLUDE USING gist (during WITH &&)
) WITH (toast.autovacuum_enabled = false);
CREATE TABLE parts (id int PRIMARY KEY, lot int REFERENCES lots, other int REFERENCES lots ("c.d"));
ALTER TABLE parts DISABLE TRIGGER ALL;
ALTER TABLE lots ALTER size SET STATISTICS 500;
CLUSTER lots USING lots_pkey;
CREATE CAST (text AS point) WITH INOUT;
CREATE ACCESS METHOD other TYPE TABLE HANDLER heap_tableam_handler;
CREATE TABLE elsewhere (id int) USING other;
"""
SAID = """\
  id: {type: 'integer pk = nextval(''"se.q"'')', sqlite: {default: null}}
  title: varchar(20)?
  words:
    type: tsvector?
    generated: {sql: "to_tsvector('simple', title)", stored: true}
    sqlite: {generated: null}
  doubled: {type: integer?, generated: {sql: twice(7), stored: true}, sqlite: {generated: null}}
  plain: {type: text, postgresql: {type: '"bpchar"'}}
  dotted: {type: text?, postgresql: {type: '"a.b"'}}
  felt: {type: text?, postgresql: {type: moods}}
  c.d: integer? unique
  listed: {type: 'text[]?', postgresql: {collation: C}}
  size: integer?
  during: daterange?

checks:
  size: size > 0

exclusions:
  during: [{column: during, with: '&&'}]
"""
NAMED = """\
not managed: access method elsewhere: there is no word for it
not managed: access method other: there is no kind for it
not managed: cast (text AS point): there is no kind for it
not managed: clustering lots.lots_pkey: there is no word for it
not managed: disabled triggers parts.parts_lot_fkey: there is no word for it
not managed: domain moods: there is no kind for it
not managed: enum a.b: a dot in a name parts it from its schema
not managed: foreign key parts.parts_other_fkey: it leads to 'c.d', whose dot SQLAlchemy takes \
for a table's
not managed: function twice(integer): there is no kind for it
not managed: sequence se.q: a dot in a name parts it from its schema
not managed: statistics target lots.size: there is no word for it
not managed: storage parameters of TOAST lots: there is no word for it
"""
SQLITE = """
CREATE TABLE lots (
  id integer PRIMARY KEY,
  of int REFERENCES lots (id),
  title text DEFAULT "two words",
  word text DEFAULT word,
  none text DEFAULT NULL,
  ünï text,
  again int, UNIQUE (again), UNIQUE (again), CHECK (again > 0), CHECK (again > 0)
);
CREATE INDEX idx_lots_uni ON lots (ünï COLLATE nocase);
CREATE TABLE kept (id int PRIMARY KEY, anything any) STRICT;
CREATE TABLE "a.b" (id int);
CREATE TABLE loose (lot REFERENCES lots (id), x text NOT NULL ON CONFLICT REPLACE DEFAULT 'x');
"""
SQLITE_SAID = """\
  id: bigint pk identity
  of: {type: integer? -> lots, sqlite: {type: '"INT"'}}
  title: text? = 'two words'
  word: text? = 'word'
  none: text?
  'ünï': text?
  again: {type: integer? unique, sqlite: {type: '"INT"'}}

checks:
  again: again > 0

indexes:
  uni: {columns: [{column: 'ünï', collate: nocase}], only: sqlite}
"""
SQLITE_NAMED = """\
not managed: conflict clause loose.x: there is no word for ON CONFLICT in a table
not managed: foreign key loose.fk_loose_lot: S015: 'lot' is bytea and lots.id is bigint
not managed: table a.b: a dot in a name parts it from its schema
"""
CONFLICTS = """
CREATE TABLE lots (id integer PRIMARY KEY, code text, size text, UNIQUE (code) ON CONFLICT IGNORE);
"""


@pytest.mark.parametrize(
    ("dialect", "text", "said", "named"),
    [
        ("postgresql", POSTGRESQL, SAID, NAMED),
        ("sqlite", SQLITE, SQLITE_SAID, SQLITE_NAMED),
    ],
)
def test_what_is_odd_comes_back_or_is_named(  # noqa: PLR0913, PLR0917 - what comes and what is said
    dialect: str,
    text: str,
    said: str,
    named: str,
    scratch_there: tuple[str, str],
    tmp_path: Path,
) -> None:
    project = Project.create(tmp_path)
    (project.root / "old.sql").write_text(text)
    there = scratch_there if dialect == "postgresql" else ()
    done = project.schemagen("import", "old.sql", "--dialect", dialect, *there).ok()
    told = done.stderr.rpartition("\n")[0].rpartition("\n")[0] + "\n"
    assert (project.root / "schema/tables/lots.yaml").read_text().partition("columns:\n")[2] == said
    assert told == named
    assert done.stderr.endswith("a database made of the YAML is the same\n")


def test_a_column_that_is_computed_on_postgresql_alone_takes_the_road(
    new_database: Callable[[str], Database], tmp_path: Path
) -> None:
    computed = "{type: tsvector?, generated: {sql: \"to_tsvector('simple', word)\", stored: true}"
    table = f"table: lots\ncolumns:\n  id: integer pk\n  word: text?\n  words: {computed}"
    plain = table + ", sqlite: {generated: null}}\n"
    both = table.replace("simple', word", "english', word") + (
        ", sqlite: {generated: {sql: lower(word)}}}\n"
    )
    project = Project.create(tmp_path, {"tables/lots.yaml": plain})
    project.schemagen("generate").ok()
    (project.root / "schema/tables/lots.yaml").write_text(both)
    project.schemagen("generate", "--offline").ok()
    for dialect in ("sqlite", "postgresql"):
        database = new_database(dialect)
        project.upgrade(database.url, "0001")
        before = database.catalog()
        project.upgrade(database.url)
        after = database.catalog()
        assert after != before
        project.downgrade(database.url)
        same_catalog(before, database.catalog(), "before", "after the downgrade")
        project.upgrade(database.url)
        same_catalog(after, database.catalog(), "the upgraded one", "the one upgraded again")


def test_what_goes_with_a_table_that_is_made_anew_is_not_lost_in_silence(tmp_path: Path) -> None:
    project = Project.create(tmp_path)
    (project.root / "old.sql").write_text(CONFLICTS)
    project.schemagen("import", "old.sql", "--dialect", "sqlite").ok()
    project.schemagen("generate").ok()
    file = project.root / "schema/tables/lots.yaml"
    file.write_text(file.read_text().replace("size: text?", "size: varchar(9)?"))
    refused = project.schemagen("generate", "--offline")
    assert refused.code == 1
    assert "error[G014]: unique lots.unique(code) on conflict ignore would go" in refused.stderr
    (project.root / "schema/unmanaged.yaml").unlink()
    project.schemagen("generate", "--offline").ok()


def test_an_update_keeps_each_comment_and_earlier_name(tmp_path: Path) -> None:
    project = Project.create(tmp_path)
    old = project.root / "old.sql"
    old.write_text("CREATE TABLE lots (id integer PRIMARY KEY, code text DEFAULT 'x', size int);\n"
                   "CREATE VIEW codes AS SELECT code FROM lots;")  # fmt: skip
    project.schemagen("import", "old.sql", "--dialect", "sqlite").ok()
    file, apart = project.root / "schema/tables/lots.yaml", project.root / "schema/unmanaged.yaml"
    file.write_text(file.read_text().replace("= 'x'", "= 'x'  # what is on the label") + "# end\n")
    apart.write_text(apart.read_text().replace("  - {kind", "  # for the office\n  - {kind"))
    before = apart.read_text()
    old.write_text(
        old.read_text().replace(" code text", " label text").replace("SELECT code", "SELECT label")
    )
    update = ("import", "old.sql", "--dialect", "sqlite", "--update")
    project.schemagen(*update, "--rename", "lots.code=label").ok()
    assert apart.read_text() == before
    said = "  label: {type: text? = 'x', renamed_from: code} # what is on the label\n"
    assert said in file.read_text()
    assert file.read_text().endswith("\n# end\n")
    old.write_text(old.read_text().replace("size int", "size int, more text"))
    project.schemagen(*update).ok()
    assert said in file.read_text()


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_alembics_own_table_is_none_of_the_schemas_whatever_its_name(
    dialect: str, scratch_there: tuple[str, str], tmp_path: Path
) -> None:
    project = Project.create(tmp_path)
    (project.root / "old.sql").write_text(
        "CREATE TABLE lots (id integer PRIMARY KEY, CONSTRAINT ck_lots_many CHECK (id > 3));\n"
        "CREATE TABLE ours (version_num varchar(32) NOT NULL, "
        "CONSTRAINT ours_pkc PRIMARY KEY (version_num));"
    )
    there = scratch_there if dialect == "postgresql" else ()
    project.schemagen("import", "old.sql", "--dialect", dialect, *there).ok()
    files = [file.name for file in (project.root / "schema/tables").iterdir()]
    assert files == ["lots.yaml"]
    assert "check: ck_{table}_{name}\n" in (project.root / "schema/schema.yaml").read_text()


def test_an_update_takes_enums_whatever_the_convention_calls_their_checks(
    scratch_there: tuple[str, str], tmp_path: Path
) -> None:
    naming = {"schema.yaml": "schemagen: 1\nnaming: {check: 'ours_{table}_{name}'}\n"}
    naming["tables/lots.yaml"] = "table: lots\ncolumns: {id: integer pk}"
    project = Project.create(tmp_path, naming)
    (project.root / "old.sql").write_text(
        "CREATE TYPE mood AS ENUM ('sad', 'ok');\n"
        "CREATE TABLE lots (id int PRIMARY KEY, felt mood, CONSTRAINT lots_id_check CHECK (id > 0))"
    )
    update = ("import", "old.sql", "--update", *scratch_there)
    project.schemagen(*update).ok()
    assert "  felt: mood?\n" in (project.root / "schema/tables/lots.yaml").read_text()
    again = project.schemagen(*update).ok()
    assert "lots.yaml" not in again.stdout


MODELS = """
import sqlalchemy as sa

made = sa.MetaData()
sa.Table("lots", made, sa.Column("id", sa.Integer, primary_key=True), schema="stock")
sa.Table("parts", made, sa.Column("lot", sa.ForeignKey("stock.lots.id"), primary_key=True))
"""


def test_models_say_themselves_in_which_schemas_their_tables_are(
    scratch_there: tuple[str, str], tmp_path: Path
) -> None:
    project = Project.create(tmp_path)
    (project.root / "stocked.py").write_text(MODELS)
    source = ("stocked:made", "--dialect", "postgresql")
    done = project.schemagen("import", *source, *scratch_there).ok()
    assert "not managed" not in done.stderr
    said = (project.root / "schema/tables/parts.yaml").read_text()
    assert "  lot: integer pk -> stock.lots\n" in said


def test_what_takes_the_place_of_other_tables_brings_its_own_convention(
    scratch_there: tuple[str, str], tmp_path: Path
) -> None:
    project = Project.create(tmp_path, {"tables/items.yaml": "table: items\ncolumns: {id: bigint}"})
    schema = project.root / "schema"
    (schema / "schema.yaml").write_text("# ours\nschemagen: 1\n")
    (project.root / "old.sql").write_text("CREATE TABLE lots (id serial PRIMARY KEY)")
    project.schemagen("import", "old.sql", "--update", *scratch_there).ok()
    assert [file.name for file in (schema / "tables").iterdir()] == ["lots.yaml"]
    assert "  id: serial pk\n" in (schema / "tables/lots.yaml").read_text()
    said = (schema / "schema.yaml").read_text()
    assert "\n# ours\nschemagen: 1\n" in said
    assert "  primary_key: '{table}_pkey'\n" in said
