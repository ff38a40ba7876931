"""`schemagen lint` over revisions: it runs them in a process of its own, without a database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.project import Project

if TYPE_CHECKING:
    from pathlib import Path

LOTS = "table: lots\ncolumns:\n  id: bigint pk identity\n  code: varchar(50)\n"
HEAD = '''\
"""{name}

Revision ID: {name}
Revises: {after}
"""

import os
import sqlalchemy as sa
from alembic import op

revision = "{name}"
down_revision = "{after}"


def upgrade() -> None:
'''


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project.create(tmp_path / "p", {"tables/lots.yaml": LOTS})
    made.schemagen("generate", "--no-input").ok()
    return made


def write(project: Project, body: str, back: str = "pass") -> None:
    text = HEAD.format(name="0002_by_hand", after="0001_initial")
    text += "".join(f"    {line}\n" for line in body.splitlines())
    text += f"\n\ndef downgrade() -> None:\n    {back}\n"
    project.write("backend/alembic/versions/0002_by_hand.py", text)


def lint(project: Project, *more: str) -> str:
    done = project.schemagen("lint", "head", "--format", "concise", *more)
    return done.stdout + done.stderr


def test_a_revision_by_hand_is_linted_at_its_lines(project: Project) -> None:
    write(project, 'op.create_index("idx_lots_code", "lots", ["code"])')
    said = lint(project)
    place = "backend/alembic/versions/0002_by_hand.py:16:1"
    assert f"{place}: error[LK103]: building idx_lots_code blocks all writers of lots" in said


def test_a_comment_in_the_revision_allows_a_finding(project: Project) -> None:
    write(
        project,
        "# schemagen: allow[index-not-concurrent] the table is small\n"
        'op.create_index("idx_lots_code", "lots", ["code"])',
    )
    assert "LK103" not in lint(project)


def test_the_history_tells_what_the_types_were(project: Project) -> None:
    write(project, 'op.alter_column("lots", "code", type_=sa.String(80))')
    assert "RW101" not in lint(project)
    write(project, 'op.alter_column("lots", "code", type_=sa.String(20))')
    assert "lots.code goes from varchar(50) to varchar(20)" in lint(project)


def test_a_downgrade_is_looked_at_for_what_postgresql_refuses(project: Project) -> None:
    write(project, "pass", 'op.drop_index("i", postgresql_concurrently=True)')
    assert "error[TX101]: PostgreSQL refuses DROP INDEX CONCURRENTLY" in lint(project)
    write(project, "pass", 'op.drop_table("lots")')
    assert "LK" not in lint(project)


def test_a_first_revision_of_ours_has_nothing_to_say(project: Project) -> None:
    said = project.schemagen("lint", "0001", "--format", "concise")
    assert said.code == 0
    assert said.stdout == ""


def test_a_revision_that_reads_the_database_is_named(project: Project) -> None:
    write(project, 'op.get_bind().execute(sa.text("SELECT 1")).scalar()')
    said = lint(project)
    assert "0002_by_hand.py:16:1: warning[AC104]: lint cannot read this" in said


@pytest.mark.parametrize("body", ["raise SystemExit(0)", "raise KeyboardInterrupt", "print('{}')"])
def test_a_revision_can_do_no_harm_to_lint(project: Project, body: str) -> None:
    write(project, body)
    said = project.schemagen("lint", "head", "--format", "concise")
    assert said.code in (0, 1)
    assert "Traceback" not in said.stdout + said.stderr


def test_a_revision_that_ends_the_process_is_an_error(project: Project) -> None:
    write(project, "os._exit(7)")
    said = project.schemagen_process("lint", "head")
    assert said.code == 2
    assert "could not be run offline" in said.stderr


def test_no_revision_finds_a_database(project: Project) -> None:
    write(project, 'op.execute(f"COMMENT ON TABLE lots IS \'{os.environ["DATABASE_URL"]}\'")')
    said = project.schemagen_process("lint", "head", DATABASE_URL="postgresql://u:secret@h/d")
    assert "secret" not in said.stdout + said.stderr


def test_our_own_env_is_clean(project: Project) -> None:
    said = project.schemagen("lint", "--format", "concise", "--select", "TX,SL,AC,LK").stdout
    assert "env.py" not in said


def test_the_env_that_alembic_writes_is_not(project: Project) -> None:
    project.write(
        "backend/alembic/env.py",
        "from alembic import context\n"
        "with engine.connect() as connection:\n"
        "    context.configure(connection=connection, target_metadata=None)\n"
        "    with context.begin_transaction():\n"
        "        context.run_migrations()\n",
    )
    said = project.schemagen("lint", "--format", "concise").stdout
    for code in ("LK101", "TX105", "TX109", "SL102", "SL114"):
        assert f"backend/alembic/env.py:3:1: error[{code}]" in said.replace("warning[", "error[")


def test_without_pglast_lint_says_how_to_install_it(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("schemagen.workflow.revision_sql.find_spec", lambda _: None)
    said = project.schemagen("lint", "head")
    assert said.code == 2
    assert "pip install 'schemagen[lint]'" in said.stderr


def test_max_lock_limits_what_a_revision_takes(project: Project) -> None:
    write(project, 'op.add_column("lots", sa.Column("note", sa.Text()))')
    assert "LK123" not in lint(project)
    settings = project.read("pyproject.toml") + '[tool.schemagen.lint]\nmax_lock = "share"\n'
    project.write("pyproject.toml", settings)
    assert "error[LK123]: this takes ACCESS EXCLUSIVE on lots" in lint(project)
