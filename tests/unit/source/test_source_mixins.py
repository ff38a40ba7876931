"""Mixins: what repeats, written once."""

from __future__ import annotations

from marked import column, read, table, wrong

from schemagen.kinds import Key
from schemagen.source import parse

STAMPS = """mixins:
  stamps:
    columns:
      made_at: timestamptz = now()
      made_by: {type: bigint? -> t, renamed_from: author}
    checks: {made: made_at > '2000-01-01'}
    indexes: {made: [made_at]}
    unique: [[made_at, made_by]]
    foreign_keys: {again: {columns: [made_by], references: {table: t}}}
"""


def test_a_mixins_parts_come_after_the_tables_own() -> None:
    schema = read(table("mixins: [stamps]"), STAMPS).schema
    assert schema.view("t").column_names == ("id", "made_at", "made_by")
    for kind, name in (
        ("check", "chk_t_made"),
        ("index", "idx_t_made"),
        ("unique", "uk_t_made_at_made_by"),
        ("foreign_key", "fk_t_made_by"),
        ("foreign_key", "fk_t_again"),
    ):
        assert Key(kind, "t", name) in schema


def test_directions_of_a_mixin_count_for_each_of_its_tables() -> None:
    other = table("mixins: [stamps]").replace("table: t", "table: u")
    found = read(table("mixins: [stamps]"), other, STAMPS).directions
    for name in ("t", "u"):
        assert found[Key("column", name, "made_by")].renamed_from == ("author",)


def test_a_part_of_a_mixin_stands_in_the_mixins_file() -> None:
    places = read(table("mixins: [stamps]"), STAMPS).places
    assert str(places[Key("column", "t", "made_at")]) == "b.yaml:4:7"


def test_a_column_of_both_is_an_error_that_names_both_places() -> None:
    code, message, way_out = wrong(
        column("text") + "mixins: [m]", "mixins: {m: {columns: {c: text}}}"
    )
    assert code == "S016"
    assert "table 't' and in mixin 'm'" in message
    assert "b.yaml:1:24" in way_out


def test_a_mistake_in_a_mixin_is_told_once_however_many_tables_have_it() -> None:
    tables = {f"{n}.yaml": table("mixins: [m]").replace("table: t", f"table: {n}") for n in "abc"}
    mixin = {"m.yaml": "mixins: {m: {columns: {c: txt}, checks: {d: e > 0}}}"}
    assert [d.code for d in parse({**tables, **mixin}).diagnostics] == ["S007", "S011"]


def test_a_mixin_that_no_table_has_is_read_all_the_same() -> None:
    assert wrong("mixins: {m: {columns: {c: text text}}}")[0] == "S005"
    assert wrong("mixins: {m: {colums: {c: text}}}")[0] == "S002"


def test_an_unknown_mixin_is_an_error() -> None:
    assert (
        "did you mean 'stamps'?" in wrong(table("mixins: [stamp]"), STAMPS.replace("-> t", ""))[2]
    )
