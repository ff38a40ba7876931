"""A type that makes PostgreSQL write a table anew wants a decision, and the lines are there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from support.project import Project

if TYPE_CHECKING:
    from pathlib import Path

OLD = """\
table: lots
columns:
  id: bigint pk identity
  size: integer  # in mm
  "the count":
    type: integer
    default: 5
"""


@pytest.mark.parametrize("strategy", ["shadow", "rewrite"])
def test_each_of_the_lines_shown_is_an_answer(tmp_path: Path, strategy: str) -> None:
    project = Project.create(tmp_path, {"tables/lots.yaml": OLD}, online=True)
    project.schemagen("generate", "--no-input").ok()
    file = "schema/tables/lots.yaml"
    project.write(file, OLD.replace("integer", "bigint"))
    asked = project.schemagen("generate", "--no-input")
    assert asked.code == 1
    assert "let line 4 of schema/tables/lots.yaml be" in asked.stderr
    assert "put before line 6 of schema/tables/lots.yaml" in asked.stderr

    short, long = re.findall(rf"^ +(.*strategy: {strategy}.*)$", asked.stderr, re.MULTILINE)
    lines = project.read(file).splitlines()
    lines[3:4] = [f"  {short}"]
    lines.insert(5, f"    {long}")
    project.write(file, "\n".join(lines) + "\n")
    project.schemagen("generate", "--no-input").ok()


def test_a_column_that_is_not_written_out_gets_words(tmp_path: Path) -> None:
    mixin = "mixins:\n  sized:\n    columns:\n      size: {}\n"
    table = "table: {}\nmixins: [sized]\ncolumns:\n  id: bigint pk identity\n"
    files = {f"tables/{name}.yaml": table.format(name) for name in ("lots", "parts")}
    old = {**files, "mixins.yaml": mixin.format("integer")}
    project = Project.create(tmp_path, old, online=True)
    project.schemagen("generate", "--no-input").ok()
    project.write("schema/mixins.yaml", mixin.format("bigint"))
    asked = project.schemagen("generate", "--no-input")
    assert asked.code == 1
    assert "strategy: shadow" in asked.stderr


def test_a_shadow_that_cannot_be_is_not_offered(tmp_path: Path) -> None:
    table = "table: lots\ncolumns:\n  size: integer\n"
    project = Project.create(tmp_path, {"tables/lots.yaml": table}, online=True)
    project.schemagen("generate", "--no-input").ok()
    project.write("schema/tables/lots.yaml", table.replace("integer", "bigint"))
    asked = project.schemagen("generate", "--no-input")
    assert "error[G007]" in asked.stderr
    assert "strategy: shadow" not in asked.stderr
    assert "cannot have a shadow, as table lots has no primary key" in asked.stderr
    assert "strategy: rewrite" in asked.stderr
