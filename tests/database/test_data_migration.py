"""A data migration is generated, filled in by a person, and runs up and down."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support import f2x

if TYPE_CHECKING:
    from pathlib import Path

    from support.databases import Database
    from support.project import Project

UP = 'op.execute(users.update().where(users.c.role == "ADMIN").values(role="MANAGER"))'
DOWN = 'op.execute(users.update().where(users.c.role == "MANAGER").values(role="ADMIN"))'


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return f2x.copy(tmp_path / "project")


def roles(database: Database) -> list[object]:
    return [row[0] for row in database.rows("SELECT role FROM users ORDER BY username")]


def fill_in(text: str) -> str:
    """Write what a person would write in place of the two refusals."""
    lines = {"what happens to the data": UP, "the way back": DOWN}
    for said, statement in lines.items():
        refusal = f'raise NotImplementedError("write here {said}")'
        assert refusal in text
        text = text.replace(refusal, statement)
    return text


def test_it_runs_up_and_down_with_the_tables_at_hand(project: Project, database: Database) -> None:
    project.schemagen("generate", "--data", "-m", "migrate_user_roles").ok()
    file = project.revisions()[-1]
    assert file.name == "0003_migrate_user_roles.py"
    file.write_text(fill_in(file.read_text(encoding="utf-8")), encoding="utf-8")
    project.upgrade(database.url, "0002")
    database.execute(
        "INSERT INTO users (username, password_hash, full_name, role, is_active)"
        " VALUES ('a', '', '', 'ADMIN', true), ('b', '', '', 'OPERATOR', true)"
    )

    project.upgrade(database.url)
    assert roles(database) == ["MANAGER", "OPERATOR"]
    project.downgrade(database.url)
    assert roles(database) == ["ADMIN", "OPERATOR"]

    script = project.alembic("upgrade", "0002:head", "--sql", url=database.url).ok().stdout
    assert "UPDATE users SET role='MANAGER' WHERE users.role = 'ADMIN';" in script


def test_until_it_is_filled_in_it_refuses_to_run(project: Project, database: Database) -> None:
    project.schemagen("generate", "--data", "-m", "migrate_user_roles").ok()
    with pytest.raises(NotImplementedError, match="write here what happens to the data"):
        project.upgrade(database.url)


def test_every_table_of_the_state_can_be_queried(project: Project, database: Database) -> None:
    """The definitions are right: a select of each runs on both databases."""
    project.schemagen("generate", "--data", "-m", "look_around").ok()
    file = project.revisions()[-1]
    assert file.name == "0003_migrate_look_around.py"
    every = (
        "for table in [t for t in globals().values() if isinstance(t, sa.TableClause)]:\n"
        "        op.get_bind().execute(sa.select(table)).all()"
    )
    text = fill_in(file.read_text(encoding="utf-8")).replace(UP, every)
    file.write_text(text, encoding="utf-8")
    assert text.count(" = sa.table(") == f2x.TABLES
    project.upgrade(database.url)


def test_the_schema_stays_and_the_next_revision_follows(
    project: Project, database: Database
) -> None:
    project.schemagen("generate", "--data", "-m", "migrate_user_roles").ok()
    file = project.revisions()[-1]
    file.write_text(fill_in(file.read_text(encoding="utf-8")), encoding="utf-8")
    project.schemagen("check", "--ci").ok()
    f2x.Edit("tables/users.yaml", "columns:\n", "columns:\n  badge: text?\n").make(project)
    project.schemagen("generate").ok()
    assert project.revisions()[-1].name == "0004_add_badge_to_users.py"
    project.upgrade(database.url)
    project.alembic("check", url=database.url).ok()


def test_a_description_in_words_is_answered_with_the_name_to_use(project: Project) -> None:
    done = project.schemagen("generate", "--data", "-m", "migrate user roles")
    assert done.code == 2
    assert "for example: -m migrate_user_roles" in done.stderr
    assert len(project.revisions()) == 2
