"""What an entry looks like, and what is said of one that is not as it should be."""

from __future__ import annotations

import pytest
from history_project import EMPTY, LOTS, NOTED, table

from schemagen import kinds as k
from schemagen.changes import apply, carry
from schemagen.diagnostics import Place
from schemagen.diff import compare
from schemagen.history.entry import body_hash
from schemagen.history.entry_text import entry_text
from schemagen.history.fold import Fold
from schemagen.history.reading import read
from schemagen.schema import Schema


def test_an_entry_reads_as_what_has_changed() -> None:
    assert entry_text(compare(LOTS, NOTED).changes, LOTS, NOTED, "4e07408562bedb8b") == (
        "schemagen: 1\n"
        "body: 4e07408562bedb8b\n"
        "tables:\n"
        f"  lots: {{before: {LOTS.view('lots').fingerprint}, "
        f"after: {NOTED.view('lots').fingerprint}}}\n"
        "changes:\n"
        "  - add: column\n"
        "    table: lots\n"
        "    name: notes\n"
        "    now: text\n"
    )


def test_a_full_state_reads_as_the_schema() -> None:
    enum = k.Enum(name="colour", values=("red", "green"))
    check = k.Check(table="lots", name="chk_lots_code", sql="code <> ''")
    schema = Schema([enum, *LOTS, check])
    assert entry_text((), EMPTY, schema, "4e07408562bedb8b", full=True) == (
        "schemagen: 1\n"
        "body: 4e07408562bedb8b\n"
        "schema:\n"
        "  enum:\n"
        "    colour: {values: [red, green]}\n"
        "  table:\n"
        "    lots:\n"
        "      column:\n"
        "        id: bigint\n"
        "        code: text\n"
        "      primary_key:\n"
        "        pk_lots: {columns: [id]}\n"
        "      check:\n"
        "        chk_lots_code: {sql: code <> ''}\n"
    )


def test_a_rename_holds_both_names_and_every_dependant() -> None:
    rename = carry(LOTS, LOTS[k.Key("column", "lots", "id")], "number")
    text = entry_text([rename], LOTS, apply(LOTS, [rename]), "4e07408562bedb8b")
    assert text.endswith(
        "  - rename: column\n"
        "    table: lots\n"
        "    was: id\n"
        "    now: number\n"
        "    carried:\n"
        "      - alter: primary_key\n"
        "        table: lots\n"
        "        name: pk_lots\n"
        "        was: {columns: [id]}\n"
        "        now: {columns: [number]}\n"
    )


def test_a_renamed_table_has_a_before_under_its_old_name_and_an_after_under_its_new() -> None:
    rename = carry(LOTS, LOTS[k.Key("table", "", "lots")], "batches")
    text = entry_text([rename], LOTS, apply(LOTS, [rename]), "00")
    tables = read(text, "x.yaml").tables
    assert {name: (bool(p.before), bool(p.after)) for name, p in tables.items()} == {
        "batches": (False, True),
        "lots": (True, False),
    }


def test_an_enum_value_is_renamed_in_its_enum() -> None:
    before = Schema([k.Enum(name="colour", values=("red", "green"))])
    rename = carry(before, k.EnumValue(table="colour", name="red"), "crimson")
    after = apply(before, [rename])
    text = entry_text([rename], before, after, "00")
    assert "  - rename: enum_value\n    enum: colour\n    was: red\n    now: crimson\n" in text
    folded = Fold(before.objects)
    folded.take(read(text, "x.yaml"))
    assert folded.diagnostics == []
    assert folded.schema == after


def test_a_check_that_says_its_own_column_follows_the_rename() -> None:
    fk = k.ForeignKey(
        table="lots",
        name="fk_lots_parent",
        columns=("parent",),
        references=k.References(table="lots", columns=("id",)),
    )
    before = Schema([*table("lots", parent="bigint"), fk])
    rename = carry(before, before[k.Key("table", "", "lots")], "batches")
    text = entry_text([rename], before, apply(before, [rename]), "00")
    folded = Fold(before.objects)
    folded.take(read(text, "x.yaml"))
    assert folded.schema == apply(before, [rename])
    assert folded.changes == [rename]


def test_no_change_is_an_entry_too() -> None:
    text = entry_text((), LOTS, LOTS, "4e07408562bedb8b")
    assert text == "schemagen: 1\nbody: 4e07408562bedb8b\nchanges: []\n"
    assert read(text, "x.yaml").diagnostics == ()


def test_the_body_hash_is_of_the_text_from_upgrade_on_whatever_the_line_ends() -> None:
    text = '"""Title"""\n\ndef upgrade() -> None:\n    pass\n'
    assert body_hash(text) == body_hash(text.replace("Title", "Other").replace("\n", "\r\n"))
    assert body_hash(text) != body_hash(text.replace("pass", "..."))
    assert len(body_hash(text)) == 16


def test_h007_an_entry_of_a_newer_schemagen_is_not_guessed_at() -> None:
    entry = read("schemagen: 2\nbody: x\nwonders: [1]\n", "versions/0001_a.yaml")
    assert [d.code for d in entry.diagnostics] == ["H007"]
    assert entry.diagnostics[0].place == Place("versions/0001_a.yaml", 1, 12, 1)


MALFORMED = {
    "": "begins with its format",
    "5": "begins with its format",
    "schemagen: one": "begins with its format",
    "schemagen: 0": "begins with its format",
    "schemagen: 1": "either changes or a schema",
    "schemagen: 1\nchanges: []\nschema: {}": "either changes or a schema",
    "schemagen: 1\nchanges: []\nmore: 1": "unknown key 'more'",
    "schemagen: 1\nchanges: {}": "'changes' is a list",
    "schemagen: 1\nchanges: [5]": "expected a map",
    "schemagen: 1\nchanges: [{move: table}]": "one of add, drop, alter, rename",
    "schemagen: 1\nchanges: [{add: tabel, name: a}]": "'tabel' is not a kind",
    "schemagen: 1\nchanges: [{add: [table], name: a}]": "is not a kind",
    "schemagen: 1\nchanges: [{add: table}]": "'name' is missing",
    "schemagen: 1\nchanges: [{add: table, name: 5}]": "'name' is not text",
    "schemagen: 1\nchanges: [{add: table, name: a, was: {}}]": "unknown key 'was'",
    "schemagen: 1\nchanges: [{rename: table, was: a, now: b, carried: 5}]": "a list of alters",
    "schemagen: 1\nchanges: [{rename: table, was: a, now: b, carried: [{add: table, name: c}]}]": (
        "alters alone"
    ),
    "schemagen: 1\nchanges: []\ntables: []": "'tables' is a map",
    "schemagen: 1\nchanges: []\ntables: {lots: 5}": "before and after",
    "schemagen: 1\nschema: []": "a map of kinds",
    "schemagen: 1\nschema: {tabel: {}}": "'tabel' is not a map of objects",
    "schemagen: 1\nschema: {table: {a: 5}}": "a map of fields",
    "schemagen: 1\nschema: {table: {a: {comment: [1]}}}": "not table a: comment",
    "schemagen: 1\nschema: {table: {a: {column: {b: 'x ? y'}}}}": "no short form",
    "schemagen: 1\nschema: {table: {a: {column: {b: {name: c}}}}}": "'name' is not a field",
    "schemagen: 1\nchanges: []\nchanges: []": "duplicate key",
    "schemagen: 'x": "",
}


@pytest.mark.parametrize("text", MALFORMED)
def test_a_malformed_entry_is_a_finding_with_a_place(text: str) -> None:
    entry = read(text, "versions/0001_a.yaml")
    assert any(MALFORMED[text] in d.message for d in entry.diagnostics), entry.diagnostics
    assert all(d.place and d.place.file == "versions/0001_a.yaml" for d in entry.diagnostics)


BROKEN_CARRIED = (
    "{rename: column, table: lots, was: id, now: x, carried: "
    "[{alter: primary_key, table: lots, name: pk_lots, was: {columns: 5}, now: {}}]}"
)


@pytest.mark.parametrize(
    "change",
    [
        "{add: column, table: lots, name: a, now: {type: 5}}",
        "{add: column, table: lots, name: a, now: [1]}",
        "{alter: column, table: lots, name: id, was: {tipe: x}, now: {type: text}}",
        "{alter: column, table: lots, name: id, was: {}, now: 7}",
        "{alter: column, table: lots, name: id, was: 5, now: {}}",
        "{drop: column, table: lots, name: id, was: {type: []}}",
        BROKEN_CARRIED,
    ],
)
def test_a_change_that_is_no_object_is_a_finding(change: str) -> None:
    folded = Fold(LOTS.objects)
    folded.take(read(f"schemagen: 1\nchanges: [{change}]\n", "x.yaml"))
    assert [d.code for d in folded.diagnostics] == ["H010"]
    assert folded.diagnostics[0].place.line == 2
