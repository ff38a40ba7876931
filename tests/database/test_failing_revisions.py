"""A revision that fails leaves the database as it was; once the rows are mended, it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import DBAPIError
from support import f2x
from support.f2x_steps import STEPS
from support.rows import fill, read_rows
from support.sameness import same_catalog

if TYPE_CHECKING:
    from pathlib import Path

    from support.databases import Database
    from support.project import Project
    from support.rows import Rows

SLOT = f2x.Edit("tables/process_headers.yaml", "columns:\n", "columns:\n  slot_id: integer?\n")
CHECK = f2x.Edit("tables/processes.yaml", "process_number >= 1 ", "process_number >= 2 ")


@pytest.fixture
def project(tmp_path: Path, database: Database) -> Project:
    """The project, its database at 0002 with rows in every table."""
    made = f2x.copy(tmp_path / "project")
    made.upgrade(database.url)
    with database.engine.begin() as connection:
        fill(connection, f2x.read(made).schema)
    return made


def rows(database: Database) -> Rows:
    with database.engine.connect() as connection:
        return read_rows(connection)


def stamps(database: Database) -> list[tuple[object, ...]]:
    return database.rows("SELECT version_num FROM alembic_version")


def test_rows_that_violate_a_new_check_stop_the_upgrade_and_nothing_is_changed(
    project: Project, database: Database
) -> None:
    """SQLite takes the whole run back; PostgreSQL keeps the revisions before the failing one."""
    for edit in (SLOT, CHECK):
        edit.make(project)
        project.schemagen("generate").ok()
    stays = "0003" if database.dialect == "postgresql" else "0002"
    project.upgrade(database.url, stays)
    catalog, before, stamp = database.catalog(), rows(database), stamps(database)
    project.downgrade(database.url, "0002")

    with pytest.raises(DBAPIError, match="chk_processes_process_number"):
        project.upgrade(database.url)

    same_catalog(catalog, database.catalog(), stays, "after the failed upgrade")
    assert rows(database) == before
    assert stamps(database) == stamp
    assert len(before["processes"]) > 1

    database.execute("UPDATE processes SET process_number = 8 WHERE process_number = 1")
    project.upgrade(database.url)
    project.alembic("check", url=database.url).ok()


def test_rows_written_since_stop_the_downgrade_that_they_do_not_fit(
    project: Project, database: Database
) -> None:
    """A step may be tried again once the unique constraint has gone; then it cannot come back."""
    step = next(s for s in STEPS if s.slug.startswith("remove_item_process_unique"))
    for edit in step.edits:
        edit.make(project)
    project.schemagen("generate").ok()
    project.upgrade(database.url)
    again = "wip_item_id, process_id, operator_id, result, started_at"
    database.execute(
        f"INSERT INTO wip_process_history ({again}) SELECT {again} FROM wip_process_history"
    )
    catalog, before, stamp = database.catalog(), rows(database), stamps(database)

    with pytest.raises(DBAPIError, match=r"(?i)unique"):
        project.downgrade(database.url)

    same_catalog(catalog, database.catalog(), "before", "after the failed downgrade")
    assert rows(database) == before
    assert stamps(database) == stamp
