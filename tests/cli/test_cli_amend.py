from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from support.cli import Edit
    from support.project import Project

NOTE = ("size: integer = 0", "size: integer = 0\n  note: text?")


def created(project: Project) -> str:
    found = re.search(r"Create Date: (.*)", project.revisions()[-1].read_text())
    assert found
    return found[1]


def test_amend_keeps_number_name_and_date(generated: Project, edit: Edit) -> None:
    edit(*NOTE)
    generated.schemagen("generate").ok()
    date = created(generated)
    edit("note: text?", "note: text?\n  more: text?")
    generated.schemagen("generate", "--amend").ok()
    assert [p.stem for p in generated.revisions()] == ["0001_initial", "0002_add_note_to_lots"]
    assert created(generated) == date
    assert '"more"' in generated.revisions()[-1].read_text()
    assert generated.schemagen("diff", "--exit-code").code == 0


def test_a_new_name_replaces_the_files(generated: Project, edit: Edit) -> None:
    edit(*NOTE)
    generated.schemagen("generate").ok()
    done = generated.schemagen("generate", "--amend", "-m", "tell_more").ok()
    assert "removed backend/alembic/versions/0002_add_note_to_lots.py" in done.stdout
    assert sorted(p.name for p in generated.versions.glob("0002*")) == [
        "0002_tell_more.py",
        "0002_tell_more.yaml",
    ]


def test_drops_and_renames_answered_before_are_not_asked_again(
    generated: Project, edit: Edit
) -> None:
    edit(*NOTE)
    generated.schemagen("generate").ok()
    edit(NOTE[1], "amount: {type: integer = 0, renamed_from: size}")
    generated.schemagen("generate", "--allow-drop", "lots.note").ok()
    generated.schemagen("check", "--fix").ok()
    assert "renamed_from" not in generated.read("schema/tables/lots.yaml")
    edit("amount: integer = 0", "amount: integer = 0\n  more: text?")
    generated.schemagen("generate", "--amend", "--no-input").ok()
    entry = generated.revisions()[-1].with_suffix(".yaml").read_text()
    assert "was: size\n    now: amount" in entry


def test_an_irreversible_revision_stays_irreversible(generated: Project, edit: Edit) -> None:
    edit(*NOTE)
    generated.schemagen("generate", "--irreversible").ok()
    edit("note: text?", "note: text?\n  more: text?")
    generated.schemagen("generate", "--amend").ok()
    assert "raise CommandError" in generated.revisions()[-1].read_text()


def test_the_first_revision_can_be_amended(generated: Project, edit: Edit) -> None:
    edit(*NOTE)
    generated.schemagen("generate", "--amend").ok()
    assert [p.stem for p in generated.revisions()] == ["0001_initial"]
    assert "note" in generated.revisions()[0].with_suffix(".yaml").read_text()


def test_a_revision_that_the_working_database_is_at_stays(
    generated: Project, edit: Edit, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path}/dev.db"
    edit(*NOTE)
    generated.schemagen("generate").ok()
    generated.upgrade(url)
    generated.write(".env", f"DATABASE_URL={url}\n")
    edit("note: text?", "note: text?\n  more: text?")
    done = generated.schemagen("generate", "--amend")
    assert done.code == 2
    assert "alembic downgrade 0001_initial" in done.stderr


def test_with_the_yaml_as_before_there_is_nothing_to_amend_it_to(
    generated: Project, edit: Edit
) -> None:
    edit(*NOTE)
    generated.schemagen("generate").ok()
    edit(NOTE[1], NOTE[0])
    done = generated.schemagen("generate", "--amend")
    assert done.code == 2
    assert "schemagen undo" in done.stderr


def test_a_hand_written_revision_is_amended_by_hand(generated: Project) -> None:
    generated.schemagen("generate", "--data", "-m", "lots").ok()
    done = generated.schemagen("generate", "--amend")
    assert done.code == 2
    assert "written by hand" in done.stderr


def test_without_a_revision_there_is_nothing_to_amend(project: Project) -> None:
    assert "no revision to amend" in project.schemagen("generate", "--amend").stderr
