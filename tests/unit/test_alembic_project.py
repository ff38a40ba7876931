"""Where an Alembic project keeps its things, in each of the ways in which it may say so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from schemagen.errors import SchemagenError
from schemagen.workflow.alembic_project import find

if TYPE_CHECKING:
    from pathlib import Path

SAID = {
    "a path": ("alembic.ini", "[alembic]\nscript_location = db\n", "db/versions"),
    "a path from here": (
        "alembic.ini",
        "[alembic]\nscript_location = %(here)s/db\n",
        "db/versions",
    ),
    "a package": (
        "alembic.ini",
        "[alembic]\nscript_location = shop.db:scripts\n",
        "shop/db/scripts",
    ),
    "another folder": (
        "alembic.ini",
        "[alembic]\nscript_location = db\nversion_locations = %(here)s/revisions\n",
        "revisions",
    ),
    "in pyproject.toml": (
        "pyproject.toml",
        '[tool.alembic]\nscript_location = "%(here)s/db"\n',
        "db/versions",
    ),
    "in pyproject.toml, another folder": (
        "pyproject.toml",
        '[tool.alembic]\nscript_location = "db"\nversion_locations = ["%(here)s/revisions"]\n',
        "revisions",
    ),
}


@pytest.mark.parametrize(("file", "text", "versions"), SAID.values(), ids=SAID)
def test_the_folders_are_found(file: str, text: str, versions: str, tmp_path: Path) -> None:
    for folder in ("db/versions", "revisions", "shop/db/scripts/versions"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / file).write_text(text)
    found = find(tmp_path)
    assert found is not None
    assert found.file == tmp_path / file
    assert found.versions.relative_to(tmp_path.resolve()).as_posix().startswith(versions)


@pytest.mark.parametrize("text", ["", "[logging]\nlevel = 1\n"])
def test_no_alembic_project_is_none(text: str, tmp_path: Path) -> None:
    assert find(tmp_path) is None
    (tmp_path / "alembic.ini").write_text(text)
    assert find(tmp_path) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[alembic]\nx = 1\n", "alembic.ini does not say script_location"),
        ("[alembic]\nscript_location = gone\n", "says gone, and there is no such folder"),
        ("[alembic]\nscript_location = .\ndatabases = a, b\n", "several databases"),
        (
            "[alembic]\nscript_location = .\npath_separator = space\nversion_locations = a b\n",
            "in 2 folders",
        ),
        ("script_location = .\n", "alembic.ini cannot be read: File contains no section headers."),
    ],
)
def test_what_cannot_be_adopted_is_said(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "alembic.ini").write_text(text)
    with pytest.raises(SchemagenError) as error:
        find(tmp_path)
    assert said in str(error.value)
