"""Two projects that make the same change: one of ours, and one of stock Alembic."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
BACKEND = (
    *("__init__.py", "config.py", "database.py", "offline.py", "revisions.py"),
    *("alembic/env.py", "alembic/script.py.mako"),
)
SETTINGS = """\
[tool.schemagen]
schema = "schema"
versions = "backend/alembic/versions"
models = "backend/models"
"""
_STOCK = """\
import os

from backend.models import Base

config.set_main_option("sqlalchemy.url", os.environ["DATABASE_URL"].replace("%", "%%"))
target_metadata = Base.metadata"""
_COMMAND_NAME = "stall"  # by which the server knows the connection of a migration


@dataclass(frozen=True, slots=True)
class Project:
    """A folder in which `alembic upgrade head` makes the change."""

    root: Path

    def environment(self, url: str) -> dict[str, str]:
        """Give the variables for a command on the database at `url`."""
        path = os.pathsep.join((str(self.root), str(REPOSITORY)))
        ours = {"DATABASE_URL": url, "PYTHONPATH": path, "PGAPPNAME": _COMMAND_NAME}
        return {**os.environ, **ours}

    def upgrade(self, url: str) -> subprocess.Popen[str]:
        """Start the upgrade."""
        return subprocess.Popen(  # noqa: S603 - our own
            self._command("alembic", "upgrade", "head"),
            cwd=self.root,
            env=self.environment(url),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, module: str, *arguments: str, url: str = "") -> None:
        """Run a command; stop if it fails."""
        done = subprocess.run(  # noqa: S603 - our own
            self._command(module, *arguments),
            cwd=self.root,
            env=self.environment(url),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            sys.exit(f"{module} {' '.join(arguments)}: {done.stderr or done.stdout}")

    def write(self, file: str, text: str) -> None:
        """Write a file below the root."""
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    @staticmethod
    def _command(module: str, *arguments: str) -> list[str]:
        return [sys.executable, "-m", module, *arguments]


def ours(root: Path, tables: dict[str, str], url: str) -> Project:
    """Lay out a project with the environment of this repository, and bring a database to it.

    Args:
        root: a folder that is not there.
        tables: YAML by the name of the table.
        url: of a database that has nothing.

    """
    project = Project(root)
    for name in BACKEND:
        (root / "backend" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(REPOSITORY / "backend" / name, root / "backend" / name)
    (root / "backend" / "alembic" / "versions").mkdir()
    shutil.copy(REPOSITORY / "alembic.ini", root)
    project.write("pyproject.toml", SETTINGS)
    for name, text in tables.items():
        project.write(f"schema/tables/{name}.yaml", text)
    project.run("schemagen", "generate")
    project.run("alembic", "upgrade", "head", url=url)
    return project


def changed(project: Project, root: Path, tables: dict[str, str], *flags: str) -> Project:
    """Copy a project of ours, and write the revision to other tables."""
    shutil.copytree(project.root, root)
    copy = Project(root)
    for name, text in tables.items():
        copy.write(f"schema/tables/{name}.yaml", text)
    copy.run("schemagen", "generate", "--no-input", *flags)
    return copy


def stock(project: Project, root: Path, url: str, by_hand: tuple[tuple[str, str], ...]) -> Project:
    """Lay out what `alembic init` gives, for the models of a project of ours.

    Args:
        project: has the models of the goal.
        root: a folder that is not there.
        url: of a database at the start, without a version.
        by_hand: what one has to replace in the revision so that it runs.

    """
    root.mkdir()
    copy = Project(root)
    shutil.copytree(project.root / "backend" / "models", root / "backend" / "models")
    copy.write("backend/__init__.py", "")
    copy.run("alembic", "init", "migrations")
    _edit(root / "migrations" / "env.py", ("target_metadata = None", _STOCK))
    copy.run("alembic", "revision", "--autogenerate", "-m", "change", url=url)
    (revision,) = (root / "migrations" / "versions").glob("*.py")
    _edit(revision, *by_hand)
    return copy


def _edit(file: Path, *changes: tuple[str, str]) -> None:
    """Replace what regular expressions find, each once."""
    text = file.read_text(encoding="utf-8")
    for pattern, new in changes:
        text, count = re.subn(pattern, lambda _, new=new: new, text, count=1)
        if not count:
            sys.exit(f"{file} has no {pattern!r}:\n{text}")
    file.write_text(text, encoding="utf-8")
