"""The project of this repository, and what starting up costs."""

from __future__ import annotations

import shutil
import sys
from functools import partial
from typing import TYPE_CHECKING

from bench.scale import ours
from bench.scale.alembic import ALEMBIC
from bench.scale.folder import Folder
from bench.scale.measure import Case

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BARE = "python -c pass"


def copy(root: Path) -> Folder:
    """Copy what makes the project."""
    root.mkdir()
    for name in ("schema", "backend"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ours.REPOSITORY / name, root / name, ignore=ignored)
    for name in ("alembic.ini", "pyproject.toml"):
        shutil.copy2(ours.REPOSITORY / name, root / name)
    return Folder(root)


def tables(folder: Folder) -> int:
    """Count its tables."""
    return len(list((folder.root / "schema" / "tables").glob("*.yaml")))


def cases(folder: Folder, saved: Path, urls: dict[str, str]) -> Iterator[Case]:
    """Give the commands.

    Args:
        folder: the project.
        saved: the cache of our commands.
        urls: the databases, by what they are called; they are at the head.

    """
    env = ours.environment()
    first = partial(ours.cold, folder)
    yield from ours.reading(folder, saved)
    for database, url in urls.items():
        there = ours.environment(DATABASE_URL=url)
        yield Case(f"Alembic, {database}", "check", (*ALEMBIC, "check"), folder, there)
    yield Case(ours.OURS, "--help", (*ours.SCHEMAGEN, "--help"), folder, env, first)
    yield Case(BARE, "start", (sys.executable, "-c", "pass"), folder, env)
