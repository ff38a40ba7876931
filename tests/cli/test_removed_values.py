"""An enum value that goes: its rows need a place, or a yes that there are none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from support.project import Project

if TYPE_CHECKING:
    from pathlib import Path

ENUMS = "enums:\n  colour: [red, pink, blue]\n"
TABLE = "table: lots\ncolumns:\n  id: bigint pk identity\n  colour: colour\n"


def with_pink_gone(folder: Path, enums: str) -> Project:
    project = Project.create(folder, {"enums.yaml": ENUMS, "tables/lots.yaml": TABLE})
    project.schemagen("generate").ok()
    project.write("schema/enums.yaml", enums)
    return project


def test_it_is_refused_with_the_line_to_write(tmp_path: Path) -> None:
    project = with_pink_gone(tmp_path, "enums:\n  colour: [red, blue]\n")
    refused = project.schemagen("generate")
    assert refused.code == 1
    assert "error[G004]" in refused.stderr
    assert "removed: {pink: VALUE}" in refused.stderr
    assert len(project.revisions()) == 1


def test_its_rows_go_where_the_yaml_says(tmp_path: Path) -> None:
    project = with_pink_gone(
        tmp_path, "enums:\n  colour: {values: [red, blue], removed: {pink: red}}\n"
    )
    project.schemagen("generate").ok()
    text = project.revisions()[1].read_text()
    assert len(re.findall("WHEN 'pink' THEN 'red'", text)) == 2


def test_it_may_go_where_no_row_has_it(tmp_path: Path) -> None:
    project = with_pink_gone(tmp_path, "enums:\n  colour: [red, blue]\n")
    project.schemagen("generate", "--allow-drop", "colour.pink").ok()
    assert len(project.revisions()) == 2
    project.schemagen("generate", "--amend").ok()  # the answer is remembered
