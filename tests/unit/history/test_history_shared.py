"""`check --base REF`: what REF has is never edited."""

from __future__ import annotations

import subprocess

import pytest
from history_project import COLOURED, LOTS, NOTED, Project

from schemagen.diagnostics import Diagnostic, Severity
from schemagen.errors import SchemagenError
from schemagen.history import git
from schemagen.history.shared import check_base


def run(project: Project, *command: str) -> str:
    done = subprocess.run(
        ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *command],
        cwd=project.root,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


def commit(project: Project) -> None:
    run(project, "add", ".")
    run(project, "commit", "-q", "-m", "x")


@pytest.fixture
def shared(two_steps: Project) -> Project:
    """A project whose two revisions are on `main`, and a branch `mine`."""
    run(two_steps, "init", "-q", "-b", "main")
    commit(two_steps)
    run(two_steps, "checkout", "-q", "-b", "mine")
    return two_steps


def check(project: Project, ref: str = "main") -> tuple[Diagnostic, ...]:
    return check_base(project.read(), project.folder, project.root, ref)


def test_what_is_as_it_was_is_no_finding(shared: Project) -> None:
    shared.generate("0003_colour", "0002_notes", NOTED, COLOURED)
    shared.edit("0002_notes.py", "0002 notes", "A better title")
    assert check(shared) == ()


def test_h004_an_edited_body_is_an_error(shared: Project) -> None:
    shared.edit("0002_notes.py", "select 1", "select 7")
    (found,) = check(shared)
    assert (found.code, found.severity) == ("H004", Severity.ERROR)
    assert str(found.place) == "versions/0002_notes.py:17:1"
    assert "main" in found.message


def test_h004_an_edited_entry_is_an_error(shared: Project) -> None:
    shared.edit("0002_notes.yaml", "now: text", "now: text # more")
    (found,) = check(shared)
    assert (found.code, found.place.file) == ("H004", "versions/0002_notes.yaml")


def test_h004_another_parent_is_an_error(shared: Project) -> None:
    shared.edit("0002_notes.py", 'down_revision = "0001_initial"', "down_revision = None")
    (found,) = check(shared)
    assert "follows another revision" in found.message


def test_h004_a_deleted_revision_or_entry_is_an_error(shared: Project) -> None:
    (shared.folder / "0002_notes.yaml").unlink()
    assert [d.place.file for d in check(shared)] == ["versions/0002_notes.py"]
    (shared.folder / "0002_notes.py").unlink()
    (found,) = check(shared)
    assert "not here any more" in found.message


def test_what_main_has_got_since_is_not_missing(shared: Project) -> None:
    run(shared, "checkout", "-q", "main")
    shared.generate("0003_colour", "0002_notes", NOTED, COLOURED)
    commit(shared)
    run(shared, "checkout", "-q", "mine")
    assert [r.id for r in shared.read().revisions] == ["0001_initial", "0002_notes"]
    assert check(shared) == ()


def test_a_revision_by_hand_may_get_an_entry_later(shared: Project) -> None:
    shared.write("0003_by_hand", "0002_notes")
    commit(shared)
    shared.generate("0003_by_hand", "0002_notes", NOTED, LOTS)
    assert check(shared, "HEAD") == ()


def test_line_ends_and_the_name_of_the_file_do_not_count(shared: Project) -> None:
    for ending in ("py", "yaml"):
        path = shared.folder / f"0002_notes.{ending}"
        moved = shared.folder / f"0002_moved.{ending}"
        moved.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
        path.unlink()
    assert check(shared) == ()


@pytest.mark.parametrize(
    "ref", ["", "-x", "--upload-pack=touch x", "nowhere", "main:versions", "a b", "main\n", "\0"]
)
def test_a_ref_that_is_none_is_an_error(shared: Project, ref: str) -> None:
    with pytest.raises(SchemagenError, match="git"):
        check(shared, ref)


def test_outside_of_git_there_is_no_base(two_steps: Project) -> None:
    with pytest.raises(SchemagenError, match="not in a git repository"):
        check(two_steps)


def test_files_come_from_the_commit_by_their_path_in_the_folder(shared: Project) -> None:
    inner = shared.folder / "ünter" / "a b.txt"
    inner.parent.mkdir()
    inner.write_bytes(b"one\ntwo")
    commit(shared)
    inner.unlink()
    found = git.files(shared.root, shared.folder, git.commit(shared.root, "HEAD"))
    assert found["ünter/a b.txt"] == b"one\ntwo"
    assert "0001_initial.py" in found
    assert git.files(shared.root, shared.root / "nothing", git.commit(shared.root, "HEAD")) == {}


def test_git_is_asked_from_a_folder_below_its_top(shared: Project) -> None:
    found = git.files(shared.folder, shared.folder, git.commit(shared.folder, "main"))
    assert "0001_initial.py" in found
