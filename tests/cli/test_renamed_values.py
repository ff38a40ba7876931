"""Hints of enum values that cannot be carried out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.project import Project

if TYPE_CHECKING:
    from pathlib import Path

ENUMS = "enums:\n  mood: [happy, sad]\n"
TABLE = "table: lots\ncolumns:\n  id: bigint pk identity\n  mood: mood\n"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ("[{name: glad, renamed_from: happy}, sad, happy]", "R004"),
        ("[{name: glad, renamed_from: happy}, {name: merry, renamed_from: happy}, sad]", "R003"),
        ("[{name: glad, renamed_from: hapy}, sad]", "R002"),
        ("[{name: sad, renamed_from: happy}]", "R004"),
    ],
)
def test_they_are_refused_in_their_place(values: str, code: str, tmp_path: Path) -> None:
    project = Project.create(tmp_path, {"enums.yaml": ENUMS, "tables/lots.yaml": TABLE})
    project.schemagen("generate").ok()
    project.write("schema/enums.yaml", f"enums:\n  mood: {values}\n")
    refused = project.schemagen("generate")
    assert refused.code == 1
    assert f"error[{code}]" in refused.stderr
    assert "schema/enums.yaml:2:" in refused.stderr


def test_two_values_may_change_places(tmp_path: Path) -> None:
    project = Project.create(tmp_path, {"enums.yaml": ENUMS, "tables/lots.yaml": TABLE})
    project.schemagen("generate").ok()
    swapped = "[{name: sad, renamed_from: happy}, {name: happy, renamed_from: sad}]"
    project.write("schema/enums.yaml", f"enums:\n  mood: {swapped}\n")
    project.schemagen("generate").ok()
    revision = project.revisions()[-1].read_text(encoding="utf-8")
    assert revision.count("RENAME VALUE") == 6  # through a name of its own, up and down
