"""Views and triggers of the user's own, when what they mention goes away."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

import pytest
from alembic.util import CommandError
from support.project import Project
from support.sameness import same_catalog

if TYPE_CHECKING:
    from pathlib import Path

    from support.databases import Database
    from support.project import Result

LOTS = """\
table: lots
columns:
  id: bigint pk identity
  code: varchar(20) unique
"""
GONE = f"{LOTS}  weight: integer\n"
UNITS = "table: units\ncolumns:\n  id: bigint pk identity\n  lot_id: bigint -> lots\n"
NARROW = GONE.replace("(20) unique", "(30)")  # a rebuild on SQLite


@pytest.fixture
def project(tmp_path: Path) -> Project:
    files = {"tables/lots.yaml": GONE, "tables/units.yaml": UNITS}
    made = Project.create(tmp_path / "project", files)
    made.schemagen("generate").ok()
    return made


def change(project: Project, text: str) -> None:
    project.write("schema/tables/lots.yaml", text)
    project.schemagen("generate", "--allow-drop", "all").ok()


def said(result: Result) -> str:
    assert result.code != 0
    return result.stdout + result.stderr


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("v", "CREATE VIEW v AS SELECT weight FROM lots"),
        ("v", "CREATE VIEW v AS SELECT w FROM (SELECT weight AS w FROM lots)"),
        ("t", "CREATE TRIGGER t AFTER INSERT ON lots BEGIN SELECT NEW.weight; END"),
        ("t", "CREATE TRIGGER t AFTER DELETE ON lots WHEN OLD.weight > 1 BEGIN SELECT 1; END"),
        ("t", "CREATE TRIGGER t AFTER INSERT ON units BEGIN UPDATE lots SET weight = 1; END"),
        (
            "t",
            """CREATE TRIGGER t AFTER UPDATE ON units
            BEGIN INSERT INTO lots (code, weight) VALUES ('a', 1); END""",
        ),
    ],
)
def test_sqlite_does_not_lose_a_column_that_a_view_or_trigger_mentions(
    project: Project, sqlite: Database, name: str, own: str
) -> None:
    """A rebuild would drop it without a word; the run stops and names who mentions it."""
    project.upgrade(sqlite.url)
    sqlite.execute(own)
    before = sqlite.catalog()
    change(project, LOTS.replace("(20) unique", "(20)"))

    done = project.alembic("upgrade", "head", url=sqlite.url)

    assert re.search(rf"{name}: .*no (such column|column named).*weight", said(done))
    same_catalog(before, sqlite.catalog(), "before", "after the refused upgrade")
    sqlite.execute(f"DROP {'VIEW' if name == 'v' else 'TRIGGER'} {name}")
    project.upgrade(sqlite.url)


def test_sqlite_does_not_lose_a_table_that_a_view_mentions(
    project: Project, sqlite: Database
) -> None:
    project.upgrade(sqlite.url)
    sqlite.execute("CREATE VIEW v AS SELECT * FROM units")
    (project.root / "schema" / "tables" / "units.yaml").unlink()
    project.schemagen("generate", "--allow-drop", "all").ok()
    with pytest.raises(CommandError, match=r"view v: no such table: main\.units"):
        project.upgrade(sqlite.url)


@pytest.mark.parametrize(
    "own",
    [
        "CREATE TRIGGER own AFTER UPDATE OF weight ON lots BEGIN SELECT 1; END",
        'CREATE VIEW own AS SELECT "weight" FROM lots',
    ],
)
def test_what_sqlite_cannot_know_is_a_warning(
    project: Project, sqlite: Database, own: str, caplog: pytest.LogCaptureFixture
) -> None:
    """It takes a name in double quotes that it does not know for a text."""
    project.upgrade(sqlite.url)
    sqlite.execute(own)
    change(project, LOTS.replace("(20) unique", "(20)"))
    with caplog.at_level(logging.WARNING):
        project.upgrade(sqlite.url)
    assert "own mentions lots.weight, which is gone" in caplog.text


def test_what_was_broken_before_does_not_stop_a_run(
    project: Project, sqlite: Database, caplog: pytest.LogCaptureFixture
) -> None:
    project.upgrade(sqlite.url)
    sqlite.execute(
        "CREATE VIEW broken AS SELECT absent FROM lots",
        "CREATE VIEW fine AS SELECT weight FROM lots",
        "CREATE TRIGGER fine AFTER UPDATE OF weight ON lots BEGIN DELETE FROM units; END",
    )
    change(project, NARROW)
    project.upgrade(sqlite.url)
    assert caplog.text.count("which is gone") == 0
    sqlite.execute(
        "INSERT INTO lots (id, code, weight) VALUES (1, 'a', 1)",
        "INSERT INTO units (id, lot_id) VALUES (1, 1)",
        "UPDATE lots SET weight = 2",
    )
    assert sqlite.rows("SELECT * FROM fine, (SELECT count(*) FROM units)") == [(2, 0)]


def test_postgresql_names_the_view_on_a_column_that_changes(
    project: Project, postgresql: Database
) -> None:
    project.upgrade(postgresql.url)
    postgresql.execute("CREATE VIEW heavy AS SELECT weight FROM lots")
    change(project, GONE.replace("integer", "bigint"))
    before = postgresql.catalog()

    done = project.alembic("upgrade", "head", url=postgresql.url)

    assert "Traceback" not in said(done)
    assert "cannot alter type of a column used by a view or rule" in said(done)
    assert 'view heavy depends on column "weight"' in said(done)
    same_catalog(before, postgresql.catalog(), "before", "after the refused upgrade")


def test_postgresql_names_the_view_on_a_column_that_goes(
    project: Project, postgresql: Database
) -> None:
    project.upgrade(postgresql.url)
    postgresql.execute("CREATE VIEW heavy AS SELECT weight FROM lots")
    change(project, LOTS)
    done = project.alembic("upgrade", "head", url=postgresql.url)
    assert "view heavy depends on column weight of table lots" in said(done)
