"""The F2X schema goes on from 0002 as the plant's did: one edit, one revision at a time, with rows.

After each step the catalog is that of a database made from the YAML at once, every row is there,
and the way back leads to where it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from support import f2x, road, tracks
from support.f2x_steps import STEPS
from support.rows import fill, read_rows
from support.sameness import same_catalog, same_rows

import schemagen
from schemagen import naming
from schemagen.diff import compare

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from support.databases import Database
    from support.f2x_steps import Step
    from support.project import Project
    from support.rows import Rows
    from support.tracks import Place

    from schemagen.db.catalog import Catalog

    NewDatabase = Callable[[str], Database]


@dataclass
class Plant:
    """A database that lives through the steps.

    Args:
        project: the project, a copy of the repository's.
        database: its database.
        new: gives an empty database of the same dialect.

    """

    project: Project
    database: Database
    new: Callable[[], Database]

    def start(self) -> None:
        """Bring the database to 0002, with rows in every table."""
        self.project.upgrade(self.database.url)
        self.fill()

    def fill(self) -> None:
        """Put rows into the tables that have none."""
        with self.database.engine.begin() as connection:
            fill(connection, f2x.read(self.project).schema)

    def rows(self) -> Rows:
        """Read every row."""
        with self.database.engine.connect() as connection:
            return read_rows(connection)

    def fresh(self) -> Catalog:
        """Read the catalog of a database made from the YAML at once."""
        database = self.new()
        metadata = schemagen.load(self.project.root / "schema").metadata()
        metadata.create_all(database.engine)
        return database.catalog()

    def take(self, step: Step) -> None:
        """Edit, generate, and go up, down and up again."""
        before = f2x.read(self.project)
        for edit in step.edits:
            edit.make(self.project)
        after = f2x.read(self.project)
        changes = compare(before.schema, after.schema, after.directions).changes
        self._generate(step)
        try:
            self._there_and_back(tracks.moved(before.schema, changes))
        except Exception as error:
            error.add_note(self.project.revisions()[-1].read_text(encoding="utf-8"))
            raise
        self.project.alembic("check", url=self.database.url).ok()
        self.fill()

    def _generate(self, step: Step) -> None:
        number = len(self.project.revisions()) + 1
        self.project.schemagen("generate", "--no-input").ok()
        revision = self.project.revisions()[-1]
        assert revision.name == f"{number:04d}_{step.slug}.py"
        identity = naming.revision_id(revision.stem)
        assert f'revision = "{identity}"\n' in revision.read_text(encoding="utf-8")
        assert len(identity) <= 32

    def _there_and_back(self, moved: dict[Place, Place]) -> None:
        url, fresh = self.database.url, self.fresh()
        before, rows = self.database.catalog(), self.rows()

        self.project.upgrade(url)
        same_catalog(fresh, self.database.catalog(), "a fresh database", "the upgraded one")
        same_rows(rows, self.rows(), moved)

        self.project.downgrade(url)
        same_catalog(before, self.database.catalog(), "before", "after the downgrade")
        assert self.rows() == rows

        self.project.upgrade(url)
        same_catalog(fresh, self.database.catalog(), "a fresh database", "upgraded again")
        same_rows(rows, self.rows(), moved)


@pytest.fixture
def plant(tmp_path: Path, dialect: str, new_database: NewDatabase) -> Plant:
    project = f2x.copy(tmp_path / "project")
    return Plant(project, new_database(dialect), lambda: new_database(dialect))


def test_every_step_runs_up_down_and_up_with_rows_in_every_table(plant: Plant) -> None:
    plant.start()
    for step in STEPS:
        files = relation_files(plant.database)
        plant.take(step)
        if step.only_renames:
            assert relation_files(plant.database) == files
    filled = "SELECT DISTINCT process_type, sort_order = process_number FROM processes"
    assert plant.database.rows(filled) == [("MANUFACTURING", True)]
    _the_first_revision_of_all_leads_there_too(plant)
    _all_steps_at_once(plant)


def _the_first_revision_of_all_leads_there_too(plant: Plant) -> None:
    database = plant.new()
    road.create(f2x.read(plant.project).schema, database)
    same_catalog(database.catalog(), plant.database.catalog(), "one revision", "the whole road")
    assert "nothing to do" in plant.project.schemagen("generate").ok().stderr


def _all_steps_at_once(plant: Plant) -> None:
    url, catalog, rows = plant.database.url, plant.database.catalog(), plant.rows()
    plant.project.downgrade(url, "0002")
    assert len(plant.rows()) == f2x.TABLES
    plant.project.upgrade(url)
    same_catalog(catalog, plant.database.catalog(), "step by step", "all at once")
    lost = {"refresh_tokens": []}  # it was dropped on the way
    assert plant.rows() == rows | lost


def relation_files(database: Database) -> set[object]:
    """Give the files of every table and index of PostgreSQL: who writes one anew gets another."""
    query = (
        "SELECT oid, pg_relation_filenode(oid) FROM pg_class"
        " WHERE relkind IN ('r', 'i') AND relnamespace = 'public'::regnamespace"
    )
    return set(database.rows(query)) if database.dialect == "postgresql" else set()
