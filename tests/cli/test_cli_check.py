from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from support.cli import Edit, Git
    from support.project import Project

MISTAKE = "size: intege = 0"


def test_a_sound_project_with_nothing_pending_says_so(generated: Project) -> None:
    done = generated.schemagen("check").ok()
    assert not done.stdout
    assert done.stderr == "ok: 1 table, 3 columns, 1 revision, nothing pending\n"


def test_what_is_pending_is_a_note_and_no_failure(project: Project) -> None:
    done = project.schemagen("check", "--format", "concise").ok()
    assert done.stdout.splitlines() == [
        "schema/tables/lots.yaml:1:8: note[G010]: not in a revision yet: add table lots",
        "Found 1 note in 1 file",
    ]
    assert done.stderr == "next: schemagen generate\n"


def test_in_ci_what_is_pending_is_a_finding(project: Project) -> None:
    done = project.schemagen("check", "--ci", "--format", "concise")
    assert done.code == 1
    assert "error[G010]" in done.stdout


def test_in_ci_stale_models_and_a_stale_editor_schema_are_findings(generated: Project) -> None:
    generated.schemagen("check", "--ci").ok()
    (generated.root / "backend/models/lots.py").write_text("# edited\n")
    (generated.root / "schema/table.schema.json").unlink()
    done = generated.schemagen("check", "--ci", "--format", "concise")
    assert done.code == 1
    assert re.findall(r"^(\S+): error\[(G01[12])]", done.stdout, re.MULTILINE) == [
        ("backend/models/lots.py", "G011"),
        ("schema/table.schema.json", "G012"),
    ]


def test_a_finding_in_the_history_shows_its_line(generated: Project) -> None:
    revision = generated.revisions()[0]
    revision.write_text(revision.read_text().replace("down_revision = None", "down_revision = 1"))
    said = generated.schemagen("check").stdout
    assert "| down_revision = 1" in said
    assert "| ^" in said


def test_all_errors_of_all_files_come_at_once(project: Project, edit: Edit) -> None:
    edit("size: integer = 0", MISTAKE)
    project.write("schema/tables/other.yaml", "table: other\ncolums:\n  id: bigint pk\n")
    done = project.schemagen("check", "--format", "json")
    found = json.loads(done.stdout)
    assert done.code == 1
    assert {d["place"]["file"] for d in found["diagnostics"]} == {
        "schema/tables/lots.yaml",
        "schema/tables/other.yaml",
    }
    assert found["summary"]["errors"] >= 2


def test_with_errors_nothing_is_compared(project: Project, edit: Edit) -> None:
    edit("size: integer = 0", MISTAKE)
    assert "G010" not in project.schemagen("check").stdout


def test_a_rename_that_nobody_told_is_an_error(generated: Project, edit: Edit) -> None:
    edit("size: integer", "amount: integer")
    done = generated.schemagen("check", "--format", "concise")
    assert done.code == 1
    assert "error[R001]" in done.stdout


def test_an_edited_revision_is_a_warning(generated: Project) -> None:
    (path,) = generated.revisions()
    path.write_text(path.read_text() + "\n# edited\n")
    done = generated.schemagen("check", "--format", "concise")
    assert done.code == 1
    assert "warning[H004]" in done.stdout


def test_an_edited_revision_that_the_base_has_is_an_error(generated: Project, git: Git) -> None:
    git("add", ".")
    git("commit", "--quiet", "-m", "shared")
    generated.schemagen("check", "--base", "main").ok()
    (path,) = generated.revisions()
    path.write_text(path.read_text() + "\n# edited\n")
    done = generated.schemagen("check", "--base", "main", "--format", "concise")
    assert done.code == 1
    assert "error[H004]" in done.stdout


def test_an_unknown_base_cannot_be_looked_at(generated: Project, git: Git) -> None:
    git("add", ".")
    git("commit", "--quiet", "-m", "shared")
    done = generated.schemagen("check", "--base", "nope")
    assert done.code == 2
    assert "nope" in done.stderr


def test_fix_takes_out_the_hint_that_the_history_has_carried_out(
    generated: Project, edit: Edit
) -> None:
    edit("size: integer = 0", "amount: {type: integer = 0, renamed_from: size}")
    pending = generated.read("schema/tables/lots.yaml")
    generated.schemagen("check", "--fix").ok()
    assert generated.read("schema/tables/lots.yaml") == pending
    generated.schemagen("generate").ok()
    done = generated.schemagen("check", "--fix").ok()
    assert "mended schema/tables/lots.yaml" in done.stderr
    text = generated.read("schema/tables/lots.yaml")
    assert "amount: integer = 0" in text
    assert "# as printed on the traveller" in text
    assert generated.schemagen("diff", "--exit-code").code == 0


def test_fix_takes_several_hints_out_of_one_line(project: Project) -> None:
    project.write("schema/enums.yaml", "enums:\n  colour: [red, blue]\n")
    project.schemagen("generate").ok()
    project.write(
        "schema/enums.yaml",
        "enums:\n  colour: [{name: rot, renamed_from: red}, {name: blau, renamed_from: blue}]\n",
    )
    project.schemagen("generate").ok()
    project.schemagen("check", "--fix").ok()
    assert "renamed_from" not in project.read("schema/enums.yaml")
    assert project.schemagen("diff", "--exit-code").code == 0


def test_fix_has_nothing_to_do_in_a_sound_project(generated: Project) -> None:
    assert "nothing to mend" in generated.schemagen("check", "--fix").ok().stderr
