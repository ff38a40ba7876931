"""`schemagen lint` and `schemagen explain`, as a person meets them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from schemagen.workflow import linting

if TYPE_CHECKING:
    from support.cli import Edit
    from support.project import Project

QUIET = ("--select", "DL,PF,NM,SL,BC,DD,RV,AC105", "--format", "concise")
OTHER = """\
table: parts
columns:
  id: bigint pk identity
  lot_id: bigint -> lots
"""


def linted(project: Project, *more: str) -> list[str]:
    """Give the findings, each without its place and its words: `DL103 drop-column`."""
    said = project.schemagen("lint", *QUIET, *more).stdout.splitlines()
    found = [line.partition("[")[2] for line in said if "[" in line]
    return [f"{line[:5]} {line.rpartition('(')[2].rstrip(')')}" for line in found]


def test_a_project_that_is_as_it_should_be_has_no_findings(generated: Project) -> None:
    done = generated.schemagen("lint").ok()
    assert not done.stdout
    assert done.stderr.startswith("ok: nothing found by ")


def test_the_schema_is_looked_at(generated: Project) -> None:
    generated.write("schema/tables/parts.yaml", OTHER)
    done = generated.schemagen("lint", *QUIET)
    assert done.code == 1
    assert done.stdout.startswith("schema/tables/parts.yaml:4:18: warning[PF101]: ")
    assert "(fk-without-index)" in done.stdout


def test_what_is_pending_is_looked_at(generated: Project, edit: Edit) -> None:
    edit("  size: integer = 0\n", "")
    assert linted(generated) == ["DL103 drop-column"]


def test_the_newest_revision_is_looked_at(generated: Project, edit: Edit) -> None:
    edit("  size: integer = 0\n", "")
    generated.schemagen("generate", "--allow-drop", "size").ok()
    done = generated.schemagen("lint", *QUIET)
    revision = generated.revisions()[-1].name
    assert f"backend/alembic/versions/{revision}:" in done.stdout
    assert "error[DL103]" in done.stdout


def test_older_revisions_are_looked_at_when_asked_for(generated: Project, edit: Edit) -> None:
    edit("  size: integer = 0\n", "")
    generated.schemagen("generate", "--allow-drop", "size").ok()
    edit("varchar(20)", "text")
    generated.schemagen("generate").ok()
    assert "DL103 drop-column" not in linted(generated)
    assert "DL103 drop-column" in linted(generated, "--all")
    assert linted(generated, "0002") == ["DL103 drop-column"]


def test_an_allow_on_the_object_or_its_table_silences(generated: Project, edit: Edit) -> None:
    edit("  size: integer = 0\n", "  size: {type: integer?, default: 0, allow: drop-not-null}\n")
    assert "BC111 drop-not-null" not in linted(generated)
    edit(", allow: drop-not-null", "")
    assert "BC111 drop-not-null" in linted(generated)
    edit("table: lots\n", "table: lots\nallow: [drop-not-null]\n")
    assert "BC111 drop-not-null" not in linted(generated)


def test_an_allow_in_a_mixin_is_of_use_when_one_of_its_tables_needs_it(project: Project) -> None:
    project.write(
        "schema/mixins.yaml",
        "mixins: {owned: {columns: {owner: {type: bigint? -> lots, allow: fk-without-index}}}}\n",
    )
    for name, more in (("a", ""), ("b", "indexes: [[owner]]\n")):
        text = f"table: {name}\nmixins: [owned]\ncolumns: {{id: bigint pk identity}}\n{more}"
        project.write(f"schema/tables/{name}.yaml", text)
    assert linted(project) == []


def test_an_allow_that_nothing_needs_is_a_note_and_taken_out_by_fix(
    generated: Project, edit: Edit
) -> None:
    edit("table: lots\n", "table: lots\nallow: [drop-column, char-n]\n")
    edit("size: integer = 0", "size: {type: integer = 0, allow: int-pk}")
    assert linted(generated) == ["AC105 unused-allow"] * 3
    done = generated.schemagen("lint", *QUIET, "--fix").ok()
    assert done.stderr.startswith("mended schema/tables/lots.yaml\n")
    text = generated.read("schema/tables/lots.yaml")
    assert "allow" not in text
    assert "# as printed on the traveller" in text


def test_of_several_names_fix_takes_out_the_one(generated: Project, edit: Edit) -> None:
    edit("table: lots\n", "table: lots\nallow:\n  - char-n\n  - drop-column # it is archived\n")
    edit("  size: integer = 0\n", "")
    generated.schemagen("lint", *QUIET, "--fix").ok()
    assert "allow:\n  - drop-column # it is archived\n" in generated.read("schema/tables/lots.yaml")


def test_fix_takes_out_an_index_that_repeats_a_constraint(generated: Project, edit: Edit) -> None:
    edit("  size: integer = 0\n", "  size: integer = 0\nindexes:\n  code: [code]\n  size: [size]\n")
    assert "PF112 duplicate-index" in linted(generated)
    generated.schemagen("lint", *QUIET, "--fix")
    assert generated.read("schema/tables/lots.yaml").endswith("indexes:\n  size: [size]\n")


def test_fix_leaves_alone_what_a_mixin_has(project: Project) -> None:
    mixin = (
        "mixins:\n  named:\n    columns: {name: text unique}\n    indexes:\n      name: [name]\n"
    )
    project.write("schema/mixins.yaml", mixin)
    project.write(
        "schema/tables/a.yaml", "table: a\nmixins: [named]\ncolumns: {id: bigint pk identity}\n"
    )
    done = project.schemagen("lint", *QUIET, "--fix")
    assert "nothing to mend" in done.stderr
    assert project.read("schema/mixins.yaml") == mixin


def test_a_comment_in_the_revision_silences(generated: Project, edit: Edit) -> None:
    edit("  size: integer = 0\n", "")
    generated.schemagen("generate", "--allow-drop", "size").ok()
    revision = generated.revisions()[-1]
    head = '"""\n\n# schemagen: allow[drop-column] nobody asked for it in a year\n\nimport'
    revision.write_text(revision.read_text().replace('"""\n\nimport', head, 1))
    generated.schemagen("check", "--ci").ok()
    assert linted(generated) == []
    revision.write_text(revision.read_text().replace("drop-column", "drop-column, drop-table"))
    assert linted(generated) == ["AC105 unused-allow"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--select", "no-such"), "--select: there is no rule 'no-such'"),
        (("--ignore", "drop-colum"), "did you mean 'drop-column'?"),
    ],
)
def test_a_rule_that_is_not_there_is_refused(
    project: Project, arguments: tuple[str, str], message: str
) -> None:
    done = project.schemagen("lint", *arguments)
    assert done.code == 2
    assert message in done.stderr


def test_a_rule_that_is_not_there_is_found_in_an_allow(generated: Project, edit: Edit) -> None:
    edit("table: lots\n", "table: lots\nallow: [drop-colum]\n")
    done = generated.schemagen("lint", "--format", "concise")
    assert done.code == 1
    assert "schema/tables/lots.yaml:2:1: error[L001]: there is no rule 'drop-colum'" in done.stdout


def test_without_a_parser_of_sql_the_rest_is_looked_at(
    generated: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linting, "find_spec", lambda _: None)
    done = generated.schemagen("lint", "--format", "concise").ok()
    assert "note[L002]" in done.stdout


def test_the_configuration_chooses_the_rules(generated: Project) -> None:
    generated.write("schema/tables/parts.yaml", OTHER)
    pyproject = generated.read("pyproject.toml")
    ignoring = f'{pyproject}\n[tool.schemagen.lint]\nignore = ["PF"]\n'
    generated.write("pyproject.toml", ignoring)
    assert "PF101 fk-without-index" not in linted(generated)
    generated.write("pyproject.toml", ignoring.replace('ignore = ["PF"]', 'select = ["PF101"]'))
    said = generated.schemagen("lint", "--format", "concise").stdout
    assert "PF101" in said


def test_a_rule_of_taste_runs_when_it_is_named(generated: Project) -> None:
    def found(word: str) -> bool:
        said = generated.schemagen("lint", "--select", word, "--format", "concise").stdout
        return "PF105" in said

    assert [found(word) for word in ("PF", "PF105", "varchar-n", "all")] == [False] + 3 * [True]


@pytest.mark.parametrize("style", ["json", "github", "sarif"])
def test_it_speaks_to_programs(generated: Project, style: str) -> None:
    generated.write("schema/tables/parts.yaml", OTHER)
    done = generated.schemagen("lint", "--select", "PF101", "--format", style)
    assert done.code == 1
    assert "PF101" in done.stdout
    if style != "github":
        json.loads(done.stdout)


def test_open_questions_come_first(generated: Project, edit: Edit) -> None:
    edit("size: integer", "length: integer")
    done = generated.schemagen("lint")
    assert done.code == 1
    assert "error[R001]" in done.stderr


def test_explain_prints_the_page_of_a_rule_by_code_or_name(project: Project) -> None:
    one = project.schemagen("explain", "fk-without-index").ok().stdout
    assert project.schemagen("explain", "pf101").ok().stdout == one
    assert one.startswith("PF101 fk-without-index (warning)\n\nA foreign key without an index")
    assert "Good:" in one


def test_explain_knows_every_other_code(project: Project) -> None:
    said = project.schemagen("explain", "H005").ok().stdout
    assert said.startswith("H005\n\nTwo heads")
    assert "Way out: Undo yours, generate it again." in said


def test_explain_says_which_one_was_meant(project: Project) -> None:
    done = project.schemagen("explain", "fk-without-indx")
    assert done.code == 2
    assert "did you mean 'fk-without-index'?" in done.stderr


def test_explain_lists_the_rules(project: Project) -> None:
    said = project.schemagen("explain", "--list").ok().stdout
    assert "PF105  varchar-n" in said
    listed = json.loads(project.schemagen("explain", "--list", "--format", "json").ok().stdout)
    assert {"code", "name", "severity", "title"} == set(listed["rules"][0])
    assert project.schemagen("explain").code == 2
