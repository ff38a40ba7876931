"""F2X's own schema, revisions and env.py: nothing is found that is not allowed with a reason."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from support import f2x

if TYPE_CHECKING:
    from pathlib import Path

    from support.project import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return f2x.copy(tmp_path / "f2x")


def test_nothing_is_found(project: Project) -> None:
    done = project.schemagen("lint", "--all").ok()
    assert not done.stdout


def test_every_allow_has_a_reason(project: Project) -> None:
    for file in (project.root / "schema" / "tables").glob("*.yaml"):
        _, _, allowed = file.read_text(encoding="utf-8").partition("\nallow:\n")
        for line in allowed.splitlines():
            assert re.fullmatch(r"  - [a-z-]+ # .+", line), f"{file.name}: {line}"


def test_every_allow_is_of_use(project: Project) -> None:
    for file in sorted((project.root / "schema" / "tables").glob("*.yaml")):
        text = file.read_text(encoding="utf-8")
        if "\nallow:\n" in text:
            file.write_text(text.partition("\nallow:\n")[0] + "\n", encoding="utf-8")
            done = project.schemagen("lint", "--format", "concise")
            for name in re.findall(r"^  - ([a-z-]+) #", text, re.MULTILINE):
                assert f"({name})" in done.stdout
