"""Revisions are read with `ast`, never executed, and sorted parents first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from schemagen.diagnostics import Diagnostic
from schemagen.history.revision import Revision, parse

if TYPE_CHECKING:
    from history_project import Project


def read(text: str) -> Revision | Diagnostic:
    return parse(text, Path("0001_a.py"), "versions/0001_a.py")


def test_a_revision_is_what_its_file_says() -> None:
    found = read(
        '"""Add lots\n\nRevision ID: 0001_a\nRevises: \nCreate Date: 2026-01-01 12:00:00\n'
        'Entry: 0001_a.yaml\n"""\nrevision: str = "0001_a"\ndown_revision: str | None = None\n'
    )
    assert isinstance(found, Revision)
    assert (found.id, found.down, found.title) == ("0001_a", (), "Add lots")
    assert (found.created, found.named_entry) == ("2026-01-01 12:00:00", "0001_a.yaml")
    assert found.is_ours
    assert found.place("Entry").line == 6
    assert found.place("down_revision").line == 9


@pytest.mark.parametrize(
    ("down", "expected"),
    [
        ("None", ()),
        ('"a"', ("a",)),
        ('("a", "b")', ("a", "b")),
        ('["b", "a"]', ("b", "a")),
        ("()", ()),
        ('"a" "b"', ("ab",)),
    ],
)
def test_a_parent_is_text_or_several_or_none(down: str, expected: tuple[str, ...]) -> None:
    found = read(f'revision = "x"\ndown_revision = {down}\n')
    assert isinstance(found, Revision)
    assert found.down == expected


def test_a_revision_of_another_hand_is_not_ours() -> None:
    found = read('revision = "x"\n')
    assert isinstance(found, Revision)
    assert not found.is_ours
    assert (found.title, found.created) == ("", "")


@pytest.mark.parametrize(
    "text",
    [
        "def upgrade(:\n",
        "",
        "x = 1\n",
        "revision = make()\n",
        "revision = None\n",
        "revision = 5\n",
        'revision = "a"\ndown_revision = other\n',
        'revision = "a"\ndown_revision = (1, 2)\n',
        'revision = "a"\ndepends_on = {"a": 1}\n',
        "revision = '\\d'\n\0",
        "(" * 5000,
    ],
    ids=range(11),
)
def test_a_broken_revision_is_a_finding(text: str) -> None:
    found = read(text)
    assert isinstance(found, Diagnostic)
    assert found.code == "H008"
    assert found.place.file == "versions/0001_a.py"


def test_nothing_in_a_revision_is_executed(project: Project) -> None:
    project.write("0001_a")
    project.edit("0001_a.py", "from alembic import op", "raise SystemExit('executed')")
    assert [r.id for r in project.read().revisions] == ["0001_a"]


def test_a_file_that_is_no_text_is_a_finding(project: Project) -> None:
    (project.folder / "0001_a.py").write_bytes(b"\xff\xfe")
    assert [(d.code, str(d.place)) for d in project.findings()] == [("H008", "versions/0001_a.py")]


def test_parents_come_first_and_ids_break_ties(project: Project) -> None:
    for name, down in (("c", "z"), ("b", "z"), ("z", None), ("a", ("b", "c")), ("m", "b")):
        project.write(name, down)
    assert [r.id for r in project.read().revisions] == ["z", "b", "c", "a", "m"]


def test_an_id_need_not_be_the_name_of_the_file(project: Project) -> None:
    project.write("0001_initial", rev="1975ea83b712")
    project.write("0002_more", "1975ea83b712")
    history = project.read()
    assert [r.id for r in history.revisions] == ["1975ea83b712", "0002_more"]
    assert history.find("0001_initial").id == "1975ea83b712"


def test_what_depends_on_another_branch_comes_after_it(project: Project) -> None:
    project.write("a", depends_on="z")
    project.write("z")
    history = project.read()
    assert [r.id for r in history.revisions] == ["z", "a"]
    assert [r.id for r in history.heads] == ["a", "z"]
    assert [r.id for r in history.children("z")] == ["a"]


def test_a_second_revision_with_one_id_is_a_finding(project: Project) -> None:
    project.write("0001_a")
    project.write("0002_copy", rev="0001_a")
    (found,) = project.findings()
    assert (found.code, found.place.file) == ("H009", "versions/0002_copy.py")
    assert "versions/0001_a.py" in found.message


def test_an_unknown_parent_is_a_finding_with_the_nearest_name(project: Project) -> None:
    project.write("0001_initial")
    project.write("0002_more", "0001_inital")
    unknown = next(d for d in project.findings() if d.code == "H009")
    assert unknown.label == "did you mean '0001_initial'?"
    assert str(unknown.place) == "versions/0002_more.py:11:1"


def test_a_circle_is_a_finding_that_names_it(project: Project) -> None:
    project.write("a", "c")
    project.write("b", "a")
    project.write("c", "b")
    project.write("d", "c")
    (found,) = project.findings()
    assert found.code == "H009"
    assert "a → c → b → a" in found.message
    assert project.read().revisions == ()


def test_a_revision_that_follows_itself_is_a_circle(project: Project) -> None:
    project.write("a", "a")
    assert "a → a" in project.findings()[0].message


def test_other_files_are_passed_over(project: Project) -> None:
    for name in ("__init__.py", ".#0001_a.py", "README.md", ".hidden.yaml", "notes.txt"):
        (project.folder / name).write_text("?!")
    (project.folder / "__pycache__").mkdir()
    assert project.findings() == []
