"""What a new project is made of is what this repository runs on, here and in the wheel."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from schemagen.workflow import scaffold

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", scaffold.sources())
def test_the_file_is_the_repository_s_own(name: str) -> None:
    assert scaffold.text(name) == (ROOT / name).read_text("utf-8")


def test_the_wheel_carries_the_files() -> None:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    carried = told["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    for name in scaffold.sources():
        assert carried[name] == f"schemagen/_templates/project/{name}"


def test_nothing_of_it_needs_schemagen() -> None:
    for name in scaffold.sources():
        assert "import schemagen" not in scaffold.text(name)
        assert "from schemagen" not in scaffold.text(name)


def test_a_package_of_another_name_is_named_throughout() -> None:
    assert "from shop.config import Settings" in scaffold.text("backend/alembic/env.py", "shop")
    assert "%(here)s/shop/alembic" in scaffold.text("alembic.ini", "shop")
