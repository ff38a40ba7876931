"""What stands in one file and is named in another."""

from __future__ import annotations

import pytest
from marked import column, read, table, wrong

from schemagen.kinds import Key
from schemagen.source import parse

LOTS = """table: lots
columns: {id: bigint pk identity, code: varchar(10) unique, n: integer, m: varchar(10)}
unique: {late: {columns: [m], deferrable: deferred}}
"""


def test_an_arrow_without_a_column_points_at_the_primary_key() -> None:
    found = read(column("bigint -> lots"), LOTS).schema[Key("foreign_key", "t", "fk_t_c")]
    assert found.model_dump()["references"] == {"table": "lots", "columns": ("id",)}


@pytest.mark.parametrize(
    ("definition", "code", "way_out"),
    [
        ("bigint -> lost", "S010", "did you mean 'lots'?"),
        ("bigint -> lots.idd", "S011", "did you mean 'id'?"),
        ("integer -> lots.n", "S014", "unique: [[n]]"),
        ("varchar(10) -> lots.m", "S014", ""),
        ("uuid -> lots", "S015", "the type bigint"),
        ("bigint -> lots.code", "S015", "the type varchar(10)"),
        ("bigint -> lots on delete set null", "S028", "allow NULL"),
    ],
)
def test_a_foreign_key_has_to_have_a_target_that_fits(
    definition: str, code: str, way_out: str
) -> None:
    found = wrong(column(definition), LOTS)
    assert found[0] == code
    assert way_out in found[2]


def test_the_length_of_a_varchar_is_no_difference_of_type() -> None:
    read(column("varchar(99) -> lots.code"), LOTS)


def test_whole_numbers_of_any_size_may_point_at_each_other() -> None:
    read(column("integer -> lots"), LOTS)


def test_a_table_of_one_database_is_pointed_at_from_there_alone() -> None:
    theirs = LOTS + "only: postgresql\n"
    assert wrong(column("bigint -> lots"), theirs)[0] == "S014"
    read(column("bigint -> lots") + "only: postgresql\n", theirs)


def test_a_table_without_a_primary_key_has_to_be_pointed_at_by_column() -> None:
    assert wrong(column("bigint -> x"), "table: x\ncolumns: {a: bigint unique}")[0] == "S014"


def test_composite_keys_have_as_many_columns_on_both_sides() -> None:
    key = "foreign_keys: {x: {columns: [id], references: {table: lots, columns: [id, code]}}}"
    assert wrong(table(key), LOTS)[0] == "S015"


def test_renamed_tables_and_columns_are_pointed_out() -> None:
    renamed = LOTS.replace("table: lots", "table: lots\nrenamed_from: batches")
    assert "it is called 'lots' now" in wrong(column("bigint -> batches"), renamed)[2]
    text = column("{type: integer, renamed_from: old}") + "indexes: {x: [old]}"
    assert "it is called 'c' now" in wrong(text)[2]


def test_an_unreadable_file_makes_nothing_unknown() -> None:
    text = table("mixins: [m]").replace("id:", "x: bigint -> lots, y: colour, id:")
    found = parse({"a.yaml": text, "b.yaml": "table: lots\ncolumns: {"})
    assert [d.code for d in found.diagnostics] == ["Y001"]


def test_all_mistakes_of_all_files_come_at_once_and_sorted() -> None:
    texts = {"b.yaml": "enums: {e: []}", "a.yaml": column("txt") + "colums: {}"}
    found = parse(texts).diagnostics
    assert [str(d.place) for d in found] == ["a.yaml:4:6", "a.yaml:5:1", "b.yaml:1:12"]


def test_two_files_cannot_hold_one_table() -> None:
    assert wrong(table(""), table(""))[0] == "N002"


def test_there_is_one_naming_convention() -> None:
    naming = 'naming: {index: "i_{table}_{name}"}'
    assert wrong(naming, naming)[0] == "S006"
