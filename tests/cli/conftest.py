"""A small project, fresh for every test of the command line."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from support.project import Project

if TYPE_CHECKING:
    from pathlib import Path

    from support.cli import Edit, Git

CONVENTION = "schemagen: 1\n"
LOTS = """\
table: lots

columns:
  id: bigint pk identity
  code: varchar(20) unique   # as printed on the traveller
  size: integer = 0
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project with one table and no revision."""
    files = {"schema.yaml": CONVENTION, "tables/lots.yaml": LOTS}
    return Project.create(tmp_path / "project", files)


@pytest.fixture
def generated(project: Project) -> Project:
    """The same, its first revision written."""
    project.schemagen("generate").ok()
    return project


@pytest.fixture
def edit(project: Project) -> Edit:
    """Replace text in the table's file, as a person would."""

    def replace(old: str, new: str) -> None:
        text = project.read("schema/tables/lots.yaml")
        assert old in text
        project.write("schema/tables/lots.yaml", text.replace(old, new))

    return replace


@pytest.fixture
def git(project: Project) -> Git:
    """Run git in the project, a repository of its own."""

    def run(*arguments: str) -> str:
        identity = ["-c", "user.name=A", "-c", "user.email=a@example.com"]
        command = ["git", "-C", str(project.root), *identity, *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    run("init", "--quiet", "--initial-branch=main")
    return run
