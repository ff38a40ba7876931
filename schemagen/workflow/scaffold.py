"""What a new project begins with: the files that this repository itself runs on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from schemagen.render.environment import FOLDERS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OURS = "backend"  # what our files call the package that they are in
# What env.py needs, and the application may use, below the package's folder.
SUPPORT = ("config.py", "offline.py", "revisions.py")
_APPLICATION = ("database.py", "alembic/script.py.mako")
ENV = "alembic/env.py"
_ROOTS = tuple(
    folder.parent if folder.name == "templates" else folder / "project" for folder in FOLDERS
)
_PACKAGE = '"""The application: its configuration, its database and its migrations."""\n'
_SCHEMA = """\
# yaml-language-server: $schema=table.schema.json
schemagen: 1
"""
_EXAMPLE = """\
# yaml-language-server: $schema=../table.schema.json
table: items
comment: An example; take it out, or go on from here

columns:
  id:         bigint pk identity
  code:       varchar(50) unique
  name:       varchar(200)
  is_active:  boolean = true
  created_at: timestamptz = now()
"""


def text(name: str, package: str = OURS) -> str:
    """Give one of the files that a project is made of, for its own package.

    Args:
        name: the path in this repository: `backend/config.py`.
        package: what the project calls its package.

    """
    found = next(root / name for root in _ROOTS if (root / name).is_file())
    return re.sub(rf"\b{OURS}\b", package, found.read_text(encoding="utf-8"))


def sources() -> tuple[str, ...]:
    """Name the files of this repository that a project gets."""
    return ("alembic.ini", *(f"{OURS}/{name}" for name in (*SUPPORT, *_APPLICATION, ENV)))


def project(package: str) -> dict[str, str]:
    """Give the files of an empty project, by their path.

    Args:
        package: the package that holds the application.

    """
    return {
        "schema/schema.yaml": _SCHEMA,
        "schema/tables/items.yaml": _EXAMPLE,
        "alembic.ini": text("alembic.ini", package),
        f"{package}/__init__.py": _PACKAGE,
        **{
            f"{package}/{name}": text(f"{OURS}/{name}", package)
            for name in (*SUPPORT, *_APPLICATION, ENV)
        },
    }


def environment(package: str, env: str) -> dict[str, str]:
    """Give our env.py for a project that has one, and what it needs.

    Args:
        package: a package for what it needs.
        env: the path of its env.py.

    """
    support = {f"{package}/{name}": text(f"{OURS}/{name}", package) for name in SUPPORT}
    return {f"{package}/__init__.py": _PACKAGE, **support, env: text(f"{OURS}/{ENV}", package)}


def section(schema: str, versions: str, models: str) -> str:
    """Write [tool.schemagen]."""
    told = {"schema": schema, "versions": versions, "models": models}
    return "\n".join(("[tool.schemagen]", *_assigned(told), ""))


def _assigned(told: dict[str, str]) -> Iterator[str]:
    for name, value in told.items():
        if value:
            escaped = value.replace("\\", "\\\\").replace('"', '\\"')
            yield f'{name} = "{escaped}"'


def with_section(pyproject: Path, section: str) -> str:
    """Give the text of pyproject.toml with our section at its end."""
    there = pyproject.read_text(encoding="utf-8").rstrip() if pyproject.is_file() else ""
    return f"{there}\n\n{section}" if there else section
