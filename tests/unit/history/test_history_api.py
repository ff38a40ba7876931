"""What others ask a history: the state, names, numbers, and renames that were carried out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from history_project import EMPTY, LOTS, NOTED, Project

from schemagen import kinds as k
from schemagen.changes import apply, carry
from schemagen.diff import compare
from schemagen.directions import Direction
from schemagen.errors import SchemagenError, SourceError
from schemagen.history import history

if TYPE_CHECKING:
    from pathlib import Path


def test_no_folder_is_no_history(tmp_path: Path) -> None:
    found = history.read(tmp_path / "versions", tmp_path)
    assert (found.revisions, found.heads, found.diagnostics) == ((), (), ())
    assert found.state() == EMPTY
    assert found.next_number() == "0001"
    assert found.find("head").id == "base"


def test_a_folder_that_cannot_be_read_is_an_error(project: Project) -> None:
    (project.folder / "0001_a.py").mkdir()
    with pytest.raises(SourceError, match="cannot read"):
        project.read()


def test_the_state_is_that_of_the_head_or_of_any_revision(two_steps: Project) -> None:
    found = two_steps.read()
    assert found.state() == found.state("head") == found.state("0002") == NOTED
    assert found.state("0001_initial") == LOTS
    assert found.state("base") == EMPTY


def test_columns_stand_in_the_order_in_which_they_came(two_steps: Project) -> None:
    assert two_steps.read().state().view("lots").column_names == ("id", "code", "notes")


@pytest.mark.parametrize("name", ["0002_notes", "0002", "0002_n", "0002_notes.py", "head"])
def test_a_revision_is_found_by_id_beginning_stem_or_place(two_steps: Project, name: str) -> None:
    assert two_steps.read().find(name).id == "0002_notes"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("0003", "there is no revision '0003'"),
        ("0002_note_", "did you mean '0002_notes'"),
        ("haed", "did you mean 'head'"),
        ("", "there is no revision ''"),
        ("000", "'000' could be 0001_initial or 0002_notes"),
    ],
)
def test_a_name_that_is_none_is_an_error(two_steps: Project, name: str, message: str) -> None:
    with pytest.raises(SchemagenError, match=message):
        two_steps.read().find(name)


def test_a_revision_knows_its_family(fork: Project) -> None:
    found = fork.read()
    assert [r.id for r in found.children("0001_initial")] == ["0002_colour", "0002_notes"]
    assert [r.id for r in found.children("base")] == ["0001_initial"]
    assert [r.id for r in found.ancestors(found.find("0002_notes"))] == ["0001_initial"]
    assert found.ancestors("base") == ()


@pytest.mark.parametrize(
    ("names", "number"),
    [
        ([], "0001"),
        (["0001_a", "0002_b"], "0003"),
        (["0009_a"], "0010"),
        (["9999_a"], "10000"),
        (["1975ea83b712_add_lots"], "0001"),
        (["0004"], "0005"),
        (["0004_a", "0009.b"], "0005"),
    ],
)
def test_the_next_number_is_the_highest_plus_one(
    project: Project, names: list[str], number: str
) -> None:
    for name in names:
        project.write(name)
    assert project.read().next_number() == number


def test_broken_revisions_and_lonely_entries_count_for_the_number(project: Project) -> None:
    (project.folder / "0005_broken.py").write_text("def (")
    (project.folder / "0006_alone.yaml").write_text("schemagen: 1\n")
    assert project.read().next_number() == "0007"


def test_the_changes_of_a_revision_are_what_made_it(two_steps: Project) -> None:
    found = two_steps.read()
    assert found.changes("0002") == compare(LOTS, NOTED).changes
    assert [c.subject for c in found.changes("0001_initial")] == list(LOTS)


def test_a_hint_that_was_carried_out_is_known_to_be_done(two_steps: Project) -> None:
    column = NOTED[k.Key("column", "lots", "notes")]
    rename = carry(NOTED, column, "remarks")
    after = apply(NOTED, [rename])
    two_steps.generate("0003_rename", "0002_notes", NOTED, after, [rename])
    found = two_steps.read()
    assert found.done() == {(column.key, "remarks")}
    assert found.done("0002") == frozenset()
    hints = {k.Key("column", "lots", "remarks"): Direction(renamed_from=("notes",))}
    again = compare(found.state(), after, hints, done=found.done())
    assert (again.changes, again.diagnostics) == ((), ())


def test_a_swap_counts_from_end_to_end(two_steps: Project) -> None:
    code, notes = (k.Key("column", "lots", n) for n in ("code", "notes"))
    hints = {
        code: Direction(renamed_from=("notes",)),
        notes: Direction(renamed_from=("code",)),
    }
    changes = compare(NOTED, NOTED, hints).changes
    assert len(changes) == 3
    two_steps.generate("0003_swap", "0002_notes", NOTED, NOTED, changes)
    found = two_steps.read()
    assert found.diagnostics == ()
    assert found.done() == {(code, "notes"), (notes, "code")}
    assert compare(NOTED, NOTED, hints, done=found.done()).changes == ()


def test_a_hundred_revisions_replay_one_after_the_other(two_steps: Project) -> None:
    state, down = NOTED, "0002_notes"
    for number in range(3, 103):
        column = k.Column(table="lots", name=f"c{number}", type="integer")
        after = type(state)([*state, column])
        stem = f"{number:04d}_c"
        two_steps.generate(stem, down, state, after)
        state, down = after, stem
    found = two_steps.read()
    assert found.diagnostics == ()
    assert found.state() == state
    assert found.next_number() == "0103"
