"""What a rebuild of an SQLite table keeps, beyond what the cases show: numbers, options, keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from alembic import command
from alembic.util import CommandError
from sqlalchemy import Engine, event
from sqlalchemy.exc import DBAPIError
from support.project import Project
from support.sameness import same_catalog

if TYPE_CHECKING:
    from pathlib import Path

    from support.databases import Database

COUNTED = """\
table: lots
options: {autoincrement: true}
columns:
  id: bigint pk identity
  code: varchar(20)
"""
UNNUMBERED = "table: lots\ncolumns:\n  code: varchar(20) pk\n  size: integer\n"


def project_with(root: Path, **tables: str) -> Project:
    files = {f"tables/{name}.yaml": text for name, text in tables.items()}
    made = Project.create(root / "project", files)
    made.schemagen("generate").ok()
    return made


def change(project: Project, text: str, table: str = "lots") -> str:
    project.write(f"schema/tables/{table}.yaml", text)
    project.schemagen("generate", "--allow-drop", "all").ok()
    return project.revisions()[-1].read_text()


def test_autoincrement_counts_on_where_it_was(tmp_path: Path, sqlite: Database) -> None:
    project = project_with(tmp_path, lots=COUNTED)
    project.upgrade(sqlite.url)
    sqlite.execute("INSERT INTO lots VALUES (41, 'a')", "DELETE FROM lots")
    change(project, COUNTED.replace("20", "30"))
    for move in (project.upgrade, project.downgrade, project.upgrade):
        move(sqlite.url)
        assert sqlite.rows("SELECT name, seq FROM sqlite_sequence") == [("lots", 41)]
    sqlite.execute("INSERT INTO lots (code) VALUES ('b')")
    assert sqlite.rows("SELECT id FROM lots") == [(42,)]


def test_autoincrement_comes_and_goes(tmp_path: Path, sqlite: Database) -> None:
    project = project_with(tmp_path, lots=COUNTED.replace("options: {autoincrement: true}\n", ""))
    project.upgrade(sqlite.url)
    sqlite.execute("INSERT INTO lots VALUES (41, 'a')")
    before = sqlite.catalog()
    change(project, COUNTED)
    project.upgrade(sqlite.url)
    assert sqlite.rows("SELECT name, seq FROM sqlite_sequence") == [("lots", 41)]
    project.downgrade(sqlite.url)
    same_catalog(before, sqlite.catalog(), "before", "after the downgrade")
    assert sqlite.rows("SELECT * FROM sqlite_sequence") == []


@pytest.mark.parametrize("option", ["strict", "without_rowid"])
def test_strict_and_without_rowid_come_and_go_with_the_rows(
    tmp_path: Path, sqlite: Database, option: str
) -> None:
    project = project_with(tmp_path, lots=UNNUMBERED)
    project.upgrade(sqlite.url)
    sqlite.execute("INSERT INTO lots VALUES ('b', 2), ('a', 1)")
    before = sqlite.catalog()
    change(project, UNNUMBERED.replace("columns:", f"options: {{{option}: true}}\ncolumns:"))

    project.upgrade(sqlite.url)

    (text,) = sqlite.rows("SELECT sql FROM sqlite_master WHERE name = 'lots'")[0]
    assert text.strip().endswith({"strict": "STRICT", "without_rowid": "WITHOUT ROWID"}[option])
    assert sqlite.rows("SELECT * FROM lots ORDER BY code") == [("a", 1), ("b", 2)]
    project.downgrade(sqlite.url)
    same_catalog(before, sqlite.catalog(), "before", "after the downgrade")
    assert sqlite.rows("SELECT * FROM lots ORDER BY code") == [("a", 1), ("b", 2)]


@pytest.mark.parametrize("taken", ["", "  rowid: integer?\n", "  RowID: integer?\n  oid: text?\n"])
def test_rowids_stay_where_no_key_holds_them(tmp_path: Path, sqlite: Database, taken: str) -> None:
    """The number has three names; the first that no column has taken is copied."""
    project = project_with(tmp_path, lots=UNNUMBERED + taken)
    project.upgrade(sqlite.url)
    sqlite.execute(
        *(f"INSERT INTO lots (code, size) VALUES ('{code}', 1)" for code in "abc"),
        "DELETE FROM lots WHERE code = 'b'",
    )
    change(project, UNNUMBERED.replace("20", "30") + taken)
    for move in (project.upgrade, project.downgrade):
        move(sqlite.url)
        assert sqlite.rows("SELECT _rowid_, code FROM lots") == [(1, "a"), (3, "c")]


def test_a_table_whose_columns_took_every_name_of_the_rowid_is_rebuilt(
    tmp_path: Path, sqlite: Database
) -> None:
    taken = "  rowid: integer?\n  oid: integer?\n  _rowid_: integer?\n"
    project = project_with(tmp_path, lots=UNNUMBERED + taken)
    project.upgrade(sqlite.url)
    sqlite.execute("INSERT INTO lots VALUES ('a', 1, 7, 8, 9)")
    change(project, UNNUMBERED.replace("20", "30") + taken)
    project.upgrade(sqlite.url)
    assert sqlite.rows("SELECT * FROM lots") == [("a", 1, 7, 8, 9)]


def test_a_key_that_becomes_the_rowid_is_the_rowid(tmp_path: Path, sqlite: Database) -> None:
    """SQLite takes an INTEGER PRIMARY KEY for the rowid, so a copied one would be another value."""
    text = "table: lots\ncolumns:\n  id: bigint pk\n  size: integer\n"
    project = project_with(tmp_path, lots=text)
    project.upgrade(sqlite.url)
    sqlite.execute("INSERT INTO lots VALUES (70, 1), (50, 1)")
    change(project, text.replace("bigint pk", "integer pk"))
    project.upgrade(sqlite.url)
    assert sqlite.rows("SELECT rowid, id FROM lots") == [(50, 50), (70, 70)]
    project.downgrade(sqlite.url)
    assert sqlite.rows("SELECT id FROM lots ORDER BY id") == [(50,), (70,)]


UNITS = """\
table: units
columns:
  id: bigint pk identity
  lot_code: varchar(20) -> lots.code on delete cascade
"""


def with_units(root: Path, sqlite: Database) -> Project:
    lots = UNNUMBERED.replace("columns:\n", "columns:\n  id: bigint pk identity\n")
    lots = lots.replace("varchar(20) pk", "varchar(20) unique")
    project = project_with(root, lots=lots, units=UNITS)
    project.upgrade(sqlite.url)
    sqlite.execute(
        "INSERT INTO lots VALUES (1, 'a', 1)", "INSERT INTO units VALUES (1, 'a'), (2, 'a')"
    )
    change(project, lots.replace("size: integer", "size: bigint?"))
    return project


def test_children_stay_with_foreign_keys_on_before_and_after(
    tmp_path: Path, sqlite: Database
) -> None:
    project = with_units(tmp_path, sqlite)
    with project._here(), sqlite.engine.connect() as connection:
        connection.connection.dbapi_connection.execute("PRAGMA foreign_keys = ON")
        config = project.config("")
        config.attributes["connection"] = connection
        for move in (command.upgrade, command.downgrade):
            move(config, "0002" if move is command.upgrade else "0001")
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
            assert connection.exec_driver_sql("SELECT count(*) FROM units").scalar() == 2
            connection.rollback()
        connection.exec_driver_sql("DELETE FROM lots")
        assert connection.exec_driver_sql("SELECT count(*) FROM units").scalar() == 0


def test_a_rebuild_with_foreign_keys_on_is_refused(tmp_path: Path, sqlite: Database) -> None:
    """Someone else's transaction cannot turn them off, and then the rows of units would go."""
    project = with_units(tmp_path, sqlite)
    with project._here(), sqlite.engine.connect() as connection:
        connection.connection.dbapi_connection.execute("PRAGMA foreign_keys = ON")
        config = project.config("")
        config.attributes["connection"] = connection
        with pytest.raises(CommandError, match="foreign keys on"), connection.begin():
            command.upgrade(config, "head")
    assert sqlite.rows("SELECT count(*) FROM units") == [(2,)]


def test_a_column_that_the_revision_does_not_know_is_not_lost(
    tmp_path: Path, sqlite: Database
) -> None:
    project = with_units(tmp_path, sqlite)
    sqlite.execute("ALTER TABLE lots ADD COLUMN colleague TEXT")
    before = sqlite.catalog()
    with pytest.raises(CommandError, match="look at colleague; nothing has been changed"):
        project.upgrade(sqlite.url)
    same_catalog(before, sqlite.catalog(), "before", "after the refused upgrade")


def test_rows_that_are_not_copied_are_not_lost(tmp_path: Path, sqlite: Database) -> None:
    """The copy is spoilt by hand here."""
    project = with_units(tmp_path, sqlite)
    file = project.revisions()[-1]
    file.write_text(file.read_text().replace('FROM lots"', 'FROM lots WHERE id > 1"'))
    with pytest.raises(CommandError, match="0 of 1 rows of lots were copied"):
        project.upgrade(sqlite.url)
    assert sqlite.rows("SELECT * FROM lots") == [(1, "a", 1)]


def test_many_changes_of_a_table_are_one_copy(tmp_path: Path, sqlite: Database) -> None:
    """So 1 million rows of 10 columns, six of them changed, take 2 s (bench/rebuild.py)."""
    project = project_with(tmp_path, lots=COUNTED + "  a: integer\n  b: integer?\n  c: text?\n")
    project.upgrade(sqlite.url)
    sqlite.execute("INSERT INTO lots VALUES (1, 'a', 1, 2, 'c')")
    new = "  a: bigint\n  b: text?\n  c: varchar(9) = 'x'\nchecks: {a: a > 0}\n"
    change(project, COUNTED.replace("20", "30") + new)

    copies = []

    def count(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if "INTO _lots_new" in statement:
            copies.append(statement)

    event.listen(Engine, "before_cursor_execute", count)
    try:
        project.upgrade(sqlite.url)
    finally:
        event.remove(Engine, "before_cursor_execute", count)
    assert len(copies) == 1
    assert sqlite.rows("SELECT * FROM lots") == [(1, "a", 1, "2", "c")]


def test_an_index_made_by_hand_is_kept(tmp_path: Path, sqlite: Database) -> None:
    text = UNNUMBERED + "indexes: {old: [size], stays: [code, size]}\n"
    project = project_with(tmp_path, lots=text)
    project.upgrade(sqlite.url)
    sqlite.execute('CREATE INDEX "by hand" ON lots (size) WHERE size > 7')
    before = sqlite.catalog()
    new = text.replace("size: integer", "size: bigint").replace("old: [size], ", "")
    revision = change(project, new)
    assert '_begin_rebuild("lots", ["code", "size"], "idx_lots_old")' in revision

    project.upgrade(sqlite.url)

    query = "SELECT name FROM sqlite_master WHERE type = 'index' AND sql NOTNULL ORDER BY name"
    assert sqlite.rows(query) == [("by hand",), ("idx_lots_stays",)]
    project.downgrade(sqlite.url)
    same_catalog(before, sqlite.catalog(), "before", "after the downgrade")


def test_an_index_made_by_hand_on_a_column_that_goes_is_named(
    tmp_path: Path, sqlite: Database
) -> None:
    project = project_with(tmp_path, lots=UNNUMBERED)
    project.upgrade(sqlite.url)
    sqlite.execute("CREATE INDEX by_hand ON lots (size)")
    before = sqlite.catalog()
    change(project, "table: lots\ncolumns:\n  code: varchar(30) pk\n")
    with pytest.raises(DBAPIError, match="by_hand"):
        project.upgrade(sqlite.url)
    same_catalog(before, sqlite.catalog(), "before", "after the refused upgrade")
