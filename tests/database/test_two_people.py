"""Two people generate at once: either puts theirs on top of the other's, and both ways run."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from support import f2x
from support.rows import fill, read_rows
from support.sameness import same_catalog

import schemagen
from schemagen.history import history

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from support.databases import Database
    from support.project import Project
    from support.rows import Rows

# Both edit one table, so that on SQLite the way down of each is a rebuild of it.
REMARK = f2x.Edit("tables/processes.yaml", "columns:\n", "columns:\n  remark: varchar(50)?\n")
RETRIES = f2x.Edit(
    "tables/processes.yaml",
    "checks:\n",
    "  retries: integer = 0\n\nchecks:\n  retries: retries >= 0\n",
)


@dataclass(frozen=True, slots=True)
class Person:
    """Someone with an edit and the revision made of it.

    Args:
        edit: of the YAML.
        slug: of the revision.

    """

    edit: f2x.Edit
    slug: str

    @property
    def id(self) -> str:
        """The revision's id, made on 0002."""
        return f"0003_{self.slug}"


ADA = Person(REMARK, "add_remark_to_processes")
BEN = Person(RETRIES, "add_retries_to_processes")


@pytest.fixture
def merged(tmp_path: Path) -> Project:
    """What git merges of two branches, each with its own edit and revision; Ada's is ours."""
    mine, theirs = f2x.copy(tmp_path / "project"), f2x.copy(tmp_path / "theirs")
    for project, person in ((mine, ADA), (theirs, BEN)):
        person.edit.make(project)
        project.schemagen("generate").ok()
    BEN.edit.make(mine)
    for end in (".py", ".yaml"):
        shutil.copy((theirs.versions / BEN.id).with_suffix(end), mine.versions)
    return mine


def rows(database: Database) -> Rows:
    with database.engine.connect() as connection:
        return read_rows(connection)


@pytest.mark.parametrize("command", ["generate", "check", "diff"])
def test_two_heads_are_told_with_the_commands_that_join_them(merged: Project, command: str) -> None:
    done = merged.schemagen(command)
    assert done.code == 1
    told = done.stdout + done.stderr
    assert f"error[H005]: two heads: {ADA.id} and {BEN.id}" in told
    assert f"if {BEN.id} is yours: `schemagen undo {BEN.id}`, then `schemagen generate`" in told
    assert f"if {ADA.id} is, undo that one" in told


def test_alembic_does_not_choose_between_two_heads(merged: Project, sqlite: Database) -> None:
    done = merged.alembic("upgrade", "head", url=sqlite.url)
    assert "Multiple head revisions are present" in done.stdout
    assert sqlite.rows("SELECT name FROM sqlite_master") == []


@pytest.mark.parametrize(("first", "second"), [(ADA, BEN), (BEN, ADA)], ids=["Ben", "Ada"])
def test_either_puts_theirs_on_top(
    merged: Project,
    dialect: str,
    new_database: Callable[[str], Database],
    first: Person,
    second: Person,
) -> None:
    database, fresh = new_database(dialect), new_database(dialect)
    merged.upgrade(database.url, first.id)
    with database.engine.begin() as connection:
        fill(connection, history.read(merged.versions, merged.root).state(first.id))
    before = rows(database)

    merged.schemagen("undo", second.id).ok()
    merged.schemagen("generate").ok()

    again = f"0004_{second.slug}"
    assert [r.stem for r in merged.revisions()[2:]] == [first.id, again]
    assert f'down_revision = "{first.id}"' in merged.read(f"backend/alembic/versions/{again}.py")
    merged.schemagen("check", "--ci").ok()

    at_first = database.catalog()
    merged.upgrade(database.url)
    schemagen.load(merged.root / "schema").metadata().create_all(fresh.engine)
    same_catalog(fresh.catalog(), database.catalog(), "a fresh database", "both on top")
    merged.alembic("check", url=database.url).ok()
    merged.downgrade(database.url)
    same_catalog(at_first, database.catalog(), "the first alone", "after the downgrade")
    assert rows(database) == before
    merged.downgrade(database.url, "0002")
    merged.upgrade(database.url)
    same_catalog(fresh.catalog(), database.catalog(), "a fresh database", "both again")


def test_a_database_that_is_at_the_revision_goes_back_first(
    merged: Project, sqlite: Database
) -> None:
    merged.upgrade(sqlite.url, ADA.id)
    merged.write(".env", f"DATABASE_URL={sqlite.url}\n")

    refused = merged.schemagen("undo", ADA.id)
    assert refused.code != 0
    assert f"alembic downgrade {f2x.HEAD}" in refused.stderr
    assert (merged.versions / f"{ADA.id}.py").exists()

    merged.alembic("downgrade", f2x.HEAD, url=sqlite.url).ok()
    merged.schemagen("undo", ADA.id).ok()
    merged.schemagen("generate").ok()
    merged.upgrade(sqlite.url)
    merged.alembic("check", url=sqlite.url).ok()
