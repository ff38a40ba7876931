"""Each finding of a history, H001 to H006, by a case. (H007 is an entry's own.)"""

from __future__ import annotations

import pytest
from history_project import COLOURED, EMPTY, LOTS, NOTED, Project, table

from schemagen import kinds as k
from schemagen.changes import Alter, Rename, apply, carry
from schemagen.diagnostics import Severity
from schemagen.errors import Findings
from schemagen.history.entry import body_hash
from schemagen.history.entry_text import entry_text
from schemagen.schema import Schema

CODE = k.Key("column", "lots", "code")


def altered(**fields: object) -> Schema:
    old = LOTS[CODE]
    return apply(LOTS, [Alter(old, old.model_copy(update=fields))])


def test_a_sound_history_has_no_findings(two_steps: Project) -> None:
    assert two_steps.findings() == []


def test_h001_an_entry_without_its_revision(two_steps: Project) -> None:
    (two_steps.folder / "0002_notes.py").unlink()
    (found,) = two_steps.findings()
    assert found.code == "H001"
    assert str(found.place) == "versions/0002_notes.yaml"
    assert "0002_notes.py" in found.message


def test_h001_a_revision_that_names_an_entry_and_has_none(two_steps: Project) -> None:
    (two_steps.folder / "0002_notes.yaml").unlink()
    (found,) = two_steps.findings()
    assert found.code == "H001"
    assert str(found.place) == "versions/0002_notes.py:6:1"
    assert "0002_notes.yaml" in found.message


def test_a_revision_moved_with_its_entry_keeps_it(two_steps: Project) -> None:
    for ending in ("py", "yaml"):
        moved = two_steps.folder / f"0007_moved.{ending}"
        (two_steps.folder / f"0002_notes.{ending}").rename(moved)
    assert two_steps.findings() == []
    assert two_steps.read().state() == NOTED


def test_a_revision_renamed_without_its_entry_still_names_it(two_steps: Project) -> None:
    (two_steps.folder / "0002_notes.py").rename(two_steps.folder / "0002_other.py")
    assert two_steps.findings() == []


def test_h002_a_change_of_what_was_not_so(two_steps: Project) -> None:
    before, after = altered(type="varchar(10)"), altered(type="varchar(20)")
    two_steps.generate("0003_wider", "0002_notes", before, after)
    found = next(d for d in two_steps.findings() if d.code == "H002")
    assert "column lots.code was not so before the change: type" in found.message
    assert str(found.place) == "versions/0003_wider.yaml:9:10"


def test_h002_an_add_of_what_is_there(two_steps: Project) -> None:
    two_steps.generate("0003_again", "0002_notes", LOTS, NOTED)
    assert "lots.notes is added, but it is there" in messages(two_steps, "H002")


def test_h002_a_drop_of_what_is_not_there_or_was_otherwise(two_steps: Project) -> None:
    two_steps.generate("0003_drop", "0002_notes", COLOURED, LOTS)
    two_steps.generate("0004_drop", "0003_drop", altered(nullable=True), Schema(table("lots")))
    said = messages(two_steps, "H002")
    assert "column lots.colour is dropped, but it is not there" in said
    assert "column lots.code was not so when it was dropped" in said


def test_h002_a_change_or_rename_of_what_is_not_there(two_steps: Project) -> None:
    rename = carry(COLOURED, COLOURED[k.Key("column", "lots", "colour")], "hue")
    after = apply(COLOURED, [rename])
    two_steps.generate("0003_hue", "0002_notes", COLOURED, after, [rename])
    old = COLOURED[k.Key("column", "lots", "colour")]
    alter = Alter(old, old.model_copy(update={"nullable": True}))
    two_steps.generate("0004_null", "0003_hue", COLOURED, apply(COLOURED, [alter]), [alter])
    said = messages(two_steps, "H002")
    assert "column lots.colour is renamed, but it is not there" in said
    assert "column lots.colour is changed, but it is not there" in said


def test_h002_a_rename_to_a_name_that_is_taken(two_steps: Project) -> None:
    rename = Rename(LOTS[CODE], LOTS[CODE].model_copy(update={"name": "notes"}))
    two_steps.generate("0003_rename", "0002_notes", LOTS, apply(LOTS, [rename]), [rename])
    assert "column lots.notes is there already" in messages(two_steps, "H002")


def test_h002_enum_values_count_as_objects(project: Project) -> None:
    start = Schema([k.Enum(name="colour", values=("red", "green"))])
    project.generate("0001_a", None, EMPTY, start)
    for number, old, new in (("0002_b", "blue", "azure"), ("0003_c", "red", "green")):
        value = k.EnumValue(table="colour", name=old)
        rename = Rename(value, value.model_copy(update={"name": new}))
        down = "0001_a" if number == "0002_b" else "0002_b"
        project.generate(number, down, start, start, [rename])
    said = messages(project, "H002")
    assert "enum value colour.blue is renamed, but it is not there" in said
    assert "enum value colour.green is there already" in said


def test_h003_a_table_that_is_not_as_the_revision_found_it(fork: Project) -> None:
    fork.edit("0002_notes.py", '"0001_initial"', '"0002_colour"')
    (found,) = fork.findings()
    assert found.code == "H003"
    assert found.message == "table lots is not as 0002_notes found it"
    assert str(found.place).startswith("versions/0002_notes.yaml:4:")
    assert "schemagen undo" in found.help


def test_h003_changes_that_do_not_lead_where_they_say(two_steps: Project) -> None:
    two_steps.edit("0002_notes.yaml", "now: text", "now: text?")
    (found,) = two_steps.findings()
    assert found.code == "H003"
    assert "do not lead to the 'after' of table lots" in found.message


def test_h004_a_body_that_was_edited_is_a_warning(two_steps: Project) -> None:
    two_steps.edit("0002_notes.py", "select 1", "select 7")
    (found,) = two_steps.findings()
    assert (found.code, found.severity) == ("H004", Severity.WARNING)
    assert str(found.place) == "versions/0002_notes.py:17:1"
    assert "schemagen record 0002_notes" in found.help


def test_the_docstring_and_the_line_ends_are_not_the_body(two_steps: Project) -> None:
    two_steps.edit("0002_notes.py", "0002 notes", "A better title")
    path = two_steps.folder / "0002_notes.py"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert two_steps.findings() == []


def test_h005_two_heads_with_the_commands_that_put_yours_on_top(fork: Project) -> None:
    (found,) = fork.findings()
    assert (found.code, found.severity) == ("H005", Severity.ERROR)
    assert found.message == "two heads: 0002_notes and 0002_colour"
    undo, generate = (found.help.index(c) for c in ("undo 0002_colour", "schemagen generate"))
    assert undo < generate
    assert found.place.file == "versions/0002_colour.py"


def test_h005_a_branch_of_two_is_undone_from_its_end(fork: Project) -> None:
    fork.write("0003_mine", "0002_colour", created="2026-01-03")
    (found,) = fork.findings()
    assert found.help.index("undo 0003_mine") < found.help.index("undo 0002_colour")


def test_h005_there_is_no_state_at_two_heads(fork: Project) -> None:
    for ask in (fork.read().state, fork.read().done, lambda: fork.read().find("head")):
        with pytest.raises(Findings) as found:
            ask()
        assert [d.code for d in found.value.diagnostics] == ["H005"]


def test_a_merge_of_what_does_not_meet_is_sound(fork: Project) -> None:
    fork.write("0003_merge", ("0002_notes", "0002_colour"))
    assert fork.findings() == []
    assert fork.read().state() == Schema(table("lots", "code", "colour", "notes"))


def test_h006_both_parents_of_a_merge_set_one_field(two_steps: Project) -> None:
    two_steps.generate("0002_a", "0001_initial", LOTS, altered(type="varchar(10)", comment="x"))
    two_steps.generate("0002_b", "0001_initial", LOTS, altered(type="varchar(20)", comment="x"))
    two_steps.write("0003_merge", ("0002_a", "0002_b", "0002_notes"))
    (found,) = two_steps.findings()
    assert found.code == "H006"
    assert found.message == "0002_a and 0002_b set type of column lots.code differently"
    assert str(found.place) == "versions/0003_merge.py:11:1"
    assert "schemagen undo 0003_merge" in found.help


def test_h006_one_parent_changes_what_the_other_drops_or_renames(fork: Project) -> None:
    fork.generate("0002_drop", "0001_initial", LOTS, Schema(table("lots")))
    fork.generate("0002_type", "0001_initial", LOTS, altered(type="varchar(20)"))
    fork.write("0003_merge", ("0002_drop", "0002_type", "0002_notes", "0002_colour"))
    (found,) = fork.findings()
    assert found.message == "0002_drop and 0002_type set column lots.code differently"


def test_h006_one_parent_adds_to_a_table_that_the_other_renames(two_steps: Project) -> None:
    rename = carry(LOTS, LOTS[k.Key("table", "", "lots")], "batches")
    two_steps.generate("0002_rename", "0001_initial", LOTS, apply(LOTS, [rename]), [rename])
    two_steps.write("0003_merge", ("0002_notes", "0002_rename"))
    (found,) = two_steps.findings()
    assert found.message == "0002_notes and 0002_rename set column lots.notes differently"


def test_a_revision_by_hand_leaves_the_schema_as_it_is(two_steps: Project) -> None:
    two_steps.write("0003_by_hand", "0002_notes")
    history = two_steps.read()
    assert history.diagnostics == ()
    assert history.state() == NOTED
    assert not history.find("0003_by_hand").is_ours


def test_an_adoption_in_the_middle_replaces_the_state(two_steps: Project) -> None:
    text = two_steps.write("0003_adopt", "0002_notes", entry=True)
    full = entry_text((), NOTED, COLOURED, body_hash(text), full=True)
    (two_steps.folder / "0003_adopt.yaml").write_text(full)
    two_steps.generate("0004_more", "0003_adopt", COLOURED, LOTS)
    history = two_steps.read()
    assert history.diagnostics == ()
    assert history.state("0003_adopt") == COLOURED
    assert {type(c).__name__ for c in history.changes("0003_adopt")} == {"Add", "Drop"}


def test_an_entry_that_cannot_be_read_is_one_finding(two_steps: Project) -> None:
    (two_steps.folder / "0002_notes.yaml").write_text("schemagen: 9\n")
    assert [d.code for d in two_steps.findings()] == ["H007"]


def messages(project: Project, code: str) -> str:
    return "\n".join(d.message for d in project.findings() if d.code == code)
