"""What the tests of the history share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from history_project import COLOURED, EMPTY, LOTS, NOTED, Project

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """An empty project."""
    return Project(tmp_path)


@pytest.fixture
def two_steps(project: Project) -> Project:
    """A project with 0001_initial and 0002_notes."""
    project.generate("0001_initial", None, EMPTY, LOTS)
    project.generate("0002_notes", "0001_initial", LOTS, NOTED)
    project.read()
    return project


@pytest.fixture
def fork(two_steps: Project) -> Project:
    """The same, and a colleague's 0002_colour beside 0002_notes."""
    two_steps.generate("0002_colour", "0001_initial", LOTS, COLOURED, created="2026-01-02 09:00:00")
    return two_steps
