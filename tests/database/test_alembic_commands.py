"""Every command of Alembic that the team works with, on the F2X revisions of the repository."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from support import f2x
from support.project import REPOSITORY, Project

if TYPE_CHECKING:
    from pathlib import Path

    from support.databases import Database

PYTHON_API = """
from alembic import command
from alembic.config import Config

alembic_cfg = Config("alembic.ini")
command.upgrade(alembic_cfg, "head")
command.current(alembic_cfg)
command.downgrade(alembic_cfg, "-1")
command.current(alembic_cfg)
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return f2x.copy(tmp_path / "project")


def stamps(database: Database) -> list[str]:
    return [str(row[0]) for row in database.rows("SELECT version_num FROM alembic_version")]


def test_up_to_the_head_down_to_the_base_and_up_again(project: Project, database: Database) -> None:
    project.upgrade(database.url)
    catalog = database.catalog()
    assert len(catalog.names("table")) == f2x.TABLES
    assert sum(key.kind == "column" for key in catalog.objects) == f2x.COLUMNS
    project.downgrade(database.url, "base")
    assert database.catalog().objects == {}
    project.upgrade(database.url)
    assert database.catalog() == catalog


def test_autogenerate_finds_nothing_and_writes_nothing(
    project: Project, database: Database
) -> None:
    project.upgrade(database.url)
    said = project.alembic("check", url=database.url).ok().stdout
    assert said == "No new upgrade operations detected.\n"
    files = set(project.versions.iterdir())
    done = project.alembic("revision", "--autogenerate", "-m", "anything", url=database.url).ok()
    assert done.stdout == "No difference between models and database: no revision written.\n"
    assert {file for file in project.versions.iterdir() if file.suffix} == {
        file for file in files if file.suffix
    }


def test_autogenerate_writes_what_a_revision_can_hold(tmp_path: Path, database: Database) -> None:
    """The models come first here, as where a team goes on with autogenerate."""
    enums = "enums: {grade: [A, B], colour: {values: [red, blue], storage: varchar(10)}}\n"
    lots = "table: lots\ncolumns: {id: bigint pk identity, grade: grade}\n"
    project = Project.create(tmp_path / "project", {"enums.yaml": enums, "tables/lots.yaml": lots})
    project.schemagen("generate").ok()
    project.upgrade(database.url)
    more = lots.replace("grade}", 'grade, other: grade?, colour: colour?, all: "grade[]?"}')
    project.write("schema/tables/lots.yaml", more)
    project.write("schema/tables/units.yaml", lots.replace("lots", "units"))
    project.schemagen("models").ok()

    project.alembic("revision", "--autogenerate", "-m", "grades", url=database.url).ok()

    text = project.read("backend/alembic/versions/0002_grades.py")
    assert "backend" not in text
    assert "create_type=False" in text
    project.upgrade(database.url)
    assert "No new upgrade operations" in project.alembic("check", url=database.url).ok().stdout
    project.downgrade(database.url)


def test_revisions_are_found_by_id_by_number_and_by_steps(
    project: Project, database: Database
) -> None:
    for command, revision, reached in (
        ("upgrade", "0001_initial", ["0001_initial"]),
        ("upgrade", "0002", [f2x.HEAD]),
        ("downgrade", "-1", ["0001_initial"]),
        ("upgrade", "+1", [f2x.HEAD]),
        ("downgrade", "0001_initial", ["0001_initial"]),
        ("stamp", "0002", [f2x.HEAD]),
        ("stamp", "0001_initial", ["0001_initial"]),
        ("downgrade", "base", []),
    ):
        project.alembic(command, revision, url=database.url).ok()
        assert stamps(database) == reached, f"{command} {revision}"


def test_current_and_history_show_the_revisions(project: Project, database: Database) -> None:
    assert project.alembic("current", url=database.url).ok().stdout == ""
    project.upgrade(database.url)
    assert project.alembic("current", url=database.url).ok().stdout == f"{f2x.HEAD} (head)\n"
    assert project.alembic("history", url=database.url).ok().stdout == (
        f"0001_initial -> {f2x.HEAD} (head), add_auto_print_label_to_processes\n"
        "<base> -> 0001_initial, initial\n"
    )


def test_a_revision_written_by_hand_follows_and_generated_ones_follow_it(
    project: Project, database: Database
) -> None:
    project.alembic("revision", "-m", "add custom things", url=database.url).ok()
    file = project.versions / "0003_add_custom_things.py"
    text = file.read_text(encoding="utf-8")
    assert 'revision = "0003_add_custom_things"' in text
    assert f'down_revision = "{f2x.HEAD}"' in text
    project.schemagen("check", "--ci").ok()
    f2x.Edit("tables/users.yaml", "columns:\n", "columns:\n  badge: text?\n").make(project)
    project.schemagen("generate").ok()
    assert project.revisions()[-1].name == "0004_add_badge_to_users.py"
    project.upgrade(database.url)
    project.downgrade(database.url, "-2")
    assert stamps(database) == [f2x.HEAD]


def test_the_id_of_a_long_name_fits_the_version_table(project: Project, database: Database) -> None:
    slug = "add_the_badge_that_everybody_wears_on_the_shop_floor_since_the_last_audit_to_users"
    f2x.Edit("tables/users.yaml", "columns:\n", "columns:\n  badge: text?\n").make(project)
    project.schemagen("generate", "-m", slug).ok()
    assert project.revisions()[-1].stem == f"0003_{slug}"
    project.upgrade(database.url)
    assert stamps(database) == ["0003_add_the_badge_that"]
    project.downgrade(database.url)
    assert stamps(database) == [f2x.HEAD]


def test_the_python_api_works_as_the_guide_shows_it(project: Project, database: Database) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PYTHON_API],
        cwd=project.root,
        env={"DATABASE_URL": database.url, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{f2x.HEAD} (head)\n0001_initial\n"
    assert stamps(database) == ["0001_initial"]
