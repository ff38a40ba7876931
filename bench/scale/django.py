"""Django's makemigrations, in an environment that only the benchmark has."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bench.scale import as_django
from bench.scale.folder import Folder
from bench.scale.measure import Case, set_up
from bench.scale.ours import run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.scale.tables import Tables

_WANTED = "Django>=5.1,<7"
_WHO = "Django"
_SITE = "config"
_FIRST = Path(__file__).with_name("django_first.py")
_MAKE = ("-m", "django", "makemigrations", "--no-input")


def install(folder: Path) -> str:
    """Give the interpreter of an environment with Django; it is made if it is not there."""
    python = folder / "bin" / "python"
    if not python.exists():
        run(Path.cwd(), sys.executable, "-m", "venv", str(folder))
        pip = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        run(Path.cwd(), str(python), *pip, _WANTED)
    return str(python)


def project(root: Path, schema: Tables, python: str, limit: float) -> Folder:
    """Write a project, as `startproject` lays one out, and its first migration.

    Args:
        root: a folder that is not there.
        schema: what its models are of.
        python: the interpreter that has Django.
        limit: for the first migration, in seconds.

    """
    root.mkdir()
    run(root, python, "-m", "django", "startproject", _SITE, ".")
    with (root / _SITE / "settings.py").open("a", encoding="utf-8") as settings:
        settings.write(as_django.SETTINGS)
    for name, text in as_django.files(schema).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    (root / "shop" / "migrations").mkdir()
    (root / "shop" / "migrations" / "__init__.py").touch()
    names = root / "names.txt"
    names.write_text("\n".join(map(as_django.model, schema.tables)), encoding="utf-8")
    set_up((python, "-P", str(_FIRST), str(names)), root, _environment(root), limit)
    return Folder(root)


def with_field(base: Folder, root: Path, schema: Tables) -> Folder:
    """Copy a project and add a field to one of its models."""
    shutil.copytree(base.root, root)
    file = root / as_django.path(schema.changed)
    file.write_text(as_django.text(schema.changed, remark=True), encoding="utf-8")
    return Folder(root)


def cases(base: Folder, added: Folder, python: str) -> Iterator[Case]:
    """Give the commands.

    Args:
        base: a project with nothing pending.
        added: one with one field more.
        python: the interpreter that has Django.

    """
    check = (python, *_MAKE, "--check", "--dry-run")
    yield Case(_WHO, "check", check, base, _environment(base.root))
    yield Case(_WHO, "write", (python, *_MAKE), added, _environment(added.root), writes=True)


def _environment(root: Path) -> dict[str, str]:
    rest = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return {**rest, "PYTHONPATH": str(root), "DJANGO_SETTINGS_MODULE": f"{_SITE}.settings"}
