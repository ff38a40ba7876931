"""Replay goes on from where it ended, if nothing before that is another.

That it then says the same is asserted by each of the other tests: `Project.read`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from history_project import COLOURED, LOTS, NOTED, table

from schemagen.history import history
from schemagen.history import reading as reading_of_entries
from schemagen.schema import Schema

if TYPE_CHECKING:
    from collections.abc import Callable

    from history_project import Project

MORE = Schema([*NOTED, *table("boxes")])


def entries_read(project: Project, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Read a project from its checkpoint on; name the entries that were looked into."""
    read: list[str] = []
    real = reading_of_entries.read

    def reading(text: str, file: str) -> object:
        read.append(file.rpartition("/")[2])
        return real(text, file)

    with monkeypatch.context() as patched:
        patched.setattr(reading_of_entries, "read", reading)
        found = history.read(project.folder, project.root, project.begin)
        assert not found.diagnostics
        found.state()
        found.done()
    return read


def test_what_was_replayed_is_not_read(two_steps: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    assert entries_read(two_steps, monkeypatch) == []
    begin = two_steps.begin
    two_steps.generate("0003_boxes", "0002_notes", NOTED, MORE)
    two_steps.begin = begin
    assert entries_read(two_steps, monkeypatch) == ["0003_boxes.yaml"]


def test_a_history_of_one_more_ends_where_it_should(two_steps: Project) -> None:
    begin = two_steps.begin
    two_steps.generate("0003_boxes", "0002_notes", NOTED, MORE)
    two_steps.write("0004_by_hand", "0003_boxes")
    found = history.read(two_steps.folder, two_steps.root, begin)
    assert found.state() == MORE
    assert [revision.id for revision in found.heads] == ["0004_by_hand"]


def longer(project: Project) -> None:
    project.generate("0003_boxes", "0002_notes", NOTED, MORE)


def edited(project: Project) -> None:
    project.edit("0001_initial.yaml", "code", "kode")


def removed(project: Project) -> None:
    for ending in ("py", "yaml"):
        (project.folder / f"0002_notes.{ending}").unlink()


def forked(project: Project) -> None:
    project.generate("0002_colour", "0001_initial", LOTS, COLOURED)


def joined(project: Project) -> None:
    project.generate("0002_colour", "0001_initial", LOTS, COLOURED)
    project.write("0003_joined", ("0002_colour", "0002_notes"))


def begun_anew(project: Project) -> None:
    project.write("0000_before", None)


@pytest.mark.parametrize(
    ("change", "is_believed"),
    [(longer, True), *((c, False) for c in (edited, removed, forked, joined, begun_anew))],
)
def test_a_checkpoint_is_believed_if_all_goes_on_from_it(
    two_steps: Project, change: Callable[[Project], None], *, is_believed: bool
) -> None:
    begin = two_steps.begin
    assert begin is not None
    change(two_steps)
    found = history.read(two_steps.folder, two_steps.root)
    assert begin.fits(found._folder, found._graph) is is_believed


def test_an_entry_that_comes_later_is_taken(two_steps: Project) -> None:
    path = two_steps.folder / "0003_boxes.yaml"
    two_steps.generate("0003_boxes", "0002_notes", NOTED, MORE)
    said = path.read_text()
    path.unlink()
    two_steps.edit("0003_boxes.py", "\nEntry: 0003_boxes.yaml", "")
    two_steps.read()
    path.write_text(said)  # its body is the one that was sealed
    assert two_steps.read().state() == MORE


def test_an_entry_that_another_revision_takes_is_missed(two_steps: Project) -> None:
    (two_steps.folder / "0002_notes.py").rename(two_steps.folder / "0002_again.py")
    assert not two_steps.findings()
    two_steps.write("0002_notes", "0002_notes", rev="0003_late")
    assert [each.code for each in two_steps.findings()] == ["H001", "H004"]


@pytest.mark.parametrize("change", [edited, forked])
def test_there_is_none_where_anything_is_wrong(
    two_steps: Project, change: Callable[[Project], None]
) -> None:
    change(two_steps)
    assert history.read(two_steps.folder, two_steps.root).checkpoint is None
