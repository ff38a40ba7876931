"""Begin: an empty project, or one that has Alembic revisions already."""

from __future__ import annotations

import keyword
from pathlib import Path
from typing import TYPE_CHECKING

from schemagen import config
from schemagen.contents import YAML
from schemagen.errors import SchemagenError
from schemagen.history import history
from schemagen.records import record
from schemagen.workflow import adopt, alembic_project, scaffold
from schemagen.workflow.adopt import Wish

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schemagen.config import Settings
    from schemagen.diagnostics import Diagnostic
    from schemagen.workflow.adopt import Adopted

__all__ = ["Start", "Wish", "start"]


@record
class Start:
    """What would be written.

    Args:
        files: the texts by path.
        adopted: what is taken over; None for an empty project.
        advice: what in env.py is not safe.

    """

    files: Mapping[Path, str | None]
    adopted: Adopted | None = None
    advice: tuple[Diagnostic, ...] = ()


def start(settings: Settings, wish: Wish) -> Start:
    """Say what would be written. Raises SchemagenError when something is in the way.

    Args:
        settings: the project's, as far as there is one.
        wish: what the command line asks for.

    """
    if not wish.package.isidentifier() or keyword.iskeyword(wish.package):
        msg = f"{wish.package!r} is no name that a Python package can have"
        raise SchemagenError(msg)
    _insist_on_no_schema(settings)
    _insist_on_the_root(settings)
    there = alembic_project.find(settings.root)
    if there is None:
        if wish.url:
            msg = (
                "there is no Alembic project to adopt here; for a database without one: "
                "schemagen init, and then schemagen import URL --update"
            )
            raise SchemagenError(msg)
        return Start(_empty(settings, wish))
    if _has_section(settings) and settings.versions.resolve() != there.versions:
        said, real = map(settings.shown, (settings.versions, there.versions))
        msg = f"{config.FILE} has the revisions in {said}, and Alembic in {real}"
        raise SchemagenError(msg)
    told = history.read(there.versions, settings.root)
    files = dict(_environment(settings, wish, there)) if wish.env else {}
    adopted = adopt.adopt(settings, there, told, wish)
    files |= adopted.files
    if not _has_section(settings):
        files |= _section(settings, there)
    advice = () if wish.env else adopt.advice(settings, there)
    return Start(files, adopted, advice)


def _insist_on_no_schema(settings: Settings) -> None:
    folder = settings.schema
    if folder.is_dir() and any(path.suffix in YAML for path in folder.rglob("*")):
        shown = settings.shown(folder)
        msg = f"{shown} holds a schema already, so there is nothing to begin: schemagen check"
        raise SchemagenError(msg)


def _insist_on_the_root(settings: Settings) -> None:
    """Raise where alembic.ini is here, and the pyproject.toml that counts is further up."""
    here = Path.cwd().resolve()
    if here != settings.root and (here / alembic_project.INI).is_file():
        msg = (
            f"{alembic_project.INI} is here, and {config.FILE} in {settings.root}: "
            "schemagen wants them in one folder\nan empty pyproject.toml here will do"
        )
        raise SchemagenError(msg)


def _has_section(settings: Settings) -> bool:
    file = settings.root / config.FILE
    return file.is_file() and f"[{config.SECTION}]" in file.read_text(encoding="utf-8")


def _empty(settings: Settings, wish: Wish) -> dict[Path, str | None]:
    """Give the files of an empty project; none of them may be there."""
    root, package = settings.root, wish.package
    if _has_section(settings):
        msg = f"{config.FILE} has [{config.SECTION}] already; schemagen check says what is missing"
        raise SchemagenError(msg)
    files = {root / name: text for name, text in scaffold.project(package).items()}
    return {
        root / config.FILE: _with_section(
            root, "schema", f"{package}/alembic/versions", f"{package}/models"
        ),
        **_free(files, settings),
    }


def _with_section(root: Path, schema: str, versions: str, models: str = "") -> str:
    return scaffold.with_section(root / config.FILE, scaffold.section(schema, versions, models))


def _section(settings: Settings, there: alembic_project.AlembicProject) -> dict[Path, str | None]:
    schema, versions = map(settings.shown, (settings.schema, there.versions))
    return {settings.root / config.FILE: _with_section(settings.root, schema, versions)}


def _free(files: Mapping[Path, str], settings: Settings) -> dict[Path, str | None]:
    """Keep the files that are not there as they would be. Raises when one is there otherwise."""
    taken = [
        settings.shown(path)
        for path, text in files.items()
        if path.exists() and path.name != "__init__.py" and _text(path) != text
    ]
    if taken:
        msg = (
            f"there already: {', '.join(taken)}; nothing was written\n"
            "move them away, or give --package another name"
        )
        raise SchemagenError(msg)
    return {path: text for path, text in files.items() if not path.exists()}


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""


def _environment(
    settings: Settings, wish: Wish, there: alembic_project.AlembicProject
) -> dict[Path, str | None]:
    """Give our env.py in place of theirs, and what it needs beside it."""
    env = settings.shown(there.env)
    texts = {settings.root / n: t for n, t in scaffold.environment(wish.package, env).items()}
    ours = texts.pop(settings.root / env)
    return {**_free(texts, settings), there.env: ours}
