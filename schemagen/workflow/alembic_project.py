"""An Alembic project as its configuration has it: read, and nothing of it is run."""

from __future__ import annotations

import configparser
import re
import tomllib
from typing import TYPE_CHECKING

from schemagen.errors import SchemagenError
from schemagen.records import record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

INI, TOML = "alembic.ini", "pyproject.toml"
_SEPARATORS = {"space": r"\s+", "newline": r"\n", ";": ";", ":": ":", "os": r":", "none": r"\n"}


@record
class AlembicProject:
    """Where an Alembic project keeps its things.

    Args:
        file: the file that says so.
        scripts: the folder of env.py.
        versions: the folder of the revisions.

    """

    file: Path
    scripts: Path
    versions: Path

    @property
    def env(self) -> Path:
        """The file that Alembic runs for every command."""
        return self.scripts / "env.py"


def find(root: Path) -> AlembicProject | None:
    """Find the Alembic project of a folder; None when there is none. Raises SchemagenError.

    Args:
        root: where alembic.ini is, or the pyproject.toml that has [tool.alembic].

    """
    ini, toml = _ini(root), _toml(root)
    said = {**ini, **toml}
    if "script_location" not in said:
        if said:
            msg = f"{INI if ini else TOML} does not say script_location"
            raise SchemagenError(msg)
        return None
    file = root / (TOML if "script_location" in toml else INI)
    if "databases" in said:
        msg = f"{file.name} is about several databases; schemagen keeps the schema of one"
        raise SchemagenError(msg)
    scripts = _folder(said["script_location"], root, file.name)
    return AlembicProject(file, scripts, _versions(said, root, scripts, file.name))


def _ini(root: Path) -> Mapping[str, str]:
    parser = configparser.ConfigParser({"here": str(root)})
    try:
        parser.read(root / INI, encoding="utf-8")
        found = dict(parser.items("alembic")) if parser.has_section("alembic") else {}
    except (configparser.Error, UnicodeDecodeError) as error:
        msg = f"{INI} cannot be read: {str(error).splitlines()[0]}"
        raise SchemagenError(msg) from error
    found.pop("here", None)
    return found


def _toml(root: Path) -> Mapping[str, str]:
    """Read [tool.alembic]; `schemagen.config` has said by now what is wrong with the file."""
    if not (root / TOML).is_file():
        return {}
    with (root / TOML).open("rb") as stream:
        section = tomllib.load(stream).get("tool", {}).get("alembic", {})
    found = {}
    for name, value in section.items():
        joined = "\n".join(map(str, value)) if isinstance(value, list) else str(value)
        found[name] = joined.replace("%(here)s", str(root))
    return found


def _versions(said: Mapping[str, str], root: Path, scripts: Path, file: str) -> Path:
    text = said.get("version_locations", "").strip()
    if not text:
        return scripts / "versions"
    word = said.get("path_separator") or said.get("version_path_separator") or "space"
    split = rf"{_SEPARATORS.get(word, word)}|\n"
    folders = [part for part in re.split(split, text) if part.strip()]
    if len(folders) > 1:
        msg = f"{file} has the revisions in {len(folders)} folders; schemagen keeps them in one"
        raise SchemagenError(msg)
    return _folder(folders[0].strip(), root, file)


def _folder(text: str, root: Path, file: str) -> Path:
    """Find a folder, given as a path or as `package:folder`."""
    package, colon, inside = text.partition(":")
    path = root / package.replace(".", "/") / inside if colon else root / text
    if not path.is_dir():
        msg = f"{file} says {text}, and there is no such folder"
        raise SchemagenError(msg)
    return path.resolve()
