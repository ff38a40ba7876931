"""The repository's own project, F2X NeuroHub at 0002, copied so that a test may go on with it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from schemagen import source
from support.project import REPOSITORY, Project

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "0002_add_auto_print_label_to"
TABLES, COLUMNS = 17, 208


def copy(root: Path) -> Project:
    """Copy schema, revisions and models."""
    project = Project.create(root)
    shutil.rmtree(root / "schema")
    for folder in ("schema", "backend/models", "backend/alembic/versions"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(REPOSITORY / folder, root / folder, ignore=ignored, dirs_exist_ok=True)
    return project


@dataclass(frozen=True, slots=True)
class Edit:
    """Text of a file that another text replaces.

    Args:
        file: its path below `schema/`.
        old: what goes; nothing, for a new file.
        new: what comes.

    """

    file: str
    old: str
    new: str

    def make(self, project: Project) -> None:
        """Make the edit; the text has to be there, once."""
        path = f"schema/{self.file}"
        text = project.read(path) if self.old else ""
        assert not self.old or text.count(self.old) == 1, f"{path} does not say {self.old!r} once"
        project.write(path, text.replace(self.old, self.new, 1))


def read(project: Project) -> source.Source:
    """Read the YAML; what is wrong with it fails the test."""
    found = source.read(project.root / "schema", project.root)
    assert not found.diagnostics, "\n".join(map(str, found.diagnostics))
    return found
