"""Names by the convention, names given, and names that are taken."""

from __future__ import annotations

import re

import pytest
from marked import column, read, table, wrong

from schemagen.kinds import Check, Key
from schemagen.source import parse

PARTS = (
    "unique: {u: {columns: [id], deferrable: deferred}}\nchecks: {c: id > 0}\nindexes: {i: [id]}"
)


def names(*texts: str) -> list[str]:
    kinds = ("primary_key", "unique", "check", "index")
    return [obj.name for obj in read(*texts).schema if obj.kind in kinds]


def test_names_are_derived() -> None:
    assert names(table(PARTS)) == ["pk_t", "uk_t_u", "chk_t_c", "idx_t_i"]


def test_the_schema_file_sets_the_convention() -> None:
    naming = 'schemagen: 1\nnaming: {primary_key: "{table}_pkey", index: "ix_{name}_{table}"}'
    assert names(table(PARTS), naming) == ["t_pkey", "uk_t_u", "chk_t_c", "ix_i_t"]


def test_a_table_may_depart_from_it() -> None:
    naming = '\nnaming: {index: "ix_{name}"}'
    assert names(table(PARTS + naming))[-1] == "ix_i"


def test_a_name_may_be_given() -> None:
    assert names(table("indexes: {i: {columns: [id], name: My Index}}"))[-1] == "My Index"


def test_columns_that_are_one_to_sqlite_are_a_finding() -> None:
    assert wrong("table: t\ncolumns: {a: text, A: text}\nchecks: {c: a > ''}")[0] == "N002"


def test_a_derived_name_is_cut_always_the_same_way() -> None:
    long = "x" * 60
    schema = read(column("text unique").replace("c:", f"{long}:")).schema
    name = next(o.name for o in schema if o.kind == "unique")
    assert len(name) == 63
    assert name == "uk_t_" + "x" * 49 + "_" + name[-8:]
    assert name == next(
        o.name
        for o in read(column("text unique").replace("c:", f"{long}:")).schema
        if o.kind == "unique"
    )
    other = read(column("text unique").replace("c:", f"{long}y:")).schema
    assert Key("unique", "t", name) not in other


def test_a_derived_name_is_cut_by_its_bytes() -> None:
    schema = read(column("text unique").replace("c:", f"{'é' * 30}:")).schema
    name = next(o.name for o in schema if o.kind == "unique")
    assert len(f"uk_t_{'é' * 30}") < len(name.encode()) == 62
    assert re.fullmatch(r"uk_t_é{24}_[0-9a-f]{8}", name)


def test_of_two_checks_of_one_name_the_later_one_is_left() -> None:
    checks = "checks: {a: id > 1, b: {sql: id > 2, name: chk_t_a}, c: id > 3}"
    source = parse({"t.yaml": table(checks)})
    assert [found.code for found in source.diagnostics] == ["N002"]
    said = [(o.name, o.sql) for o in source.schema if isinstance(o, Check)]
    assert said == [("chk_t_a", "id > 2"), ("chk_t_c", "id > 3")]


@pytest.mark.parametrize(
    "rest",
    [
        "indexes: {a: {columns: [id], name: same}, b: {columns: [id], name: same}}",
        "indexes: {a: {columns: [id], name: t}}",
        "indexes: {a: {columns: [id], name: pk_t}}",
        (
            "indexes: {a: {columns: [id], name: u}}\n"
            "unique: {b: {columns: [id], name: u, include: [id]}}"
        ),
        "checks: {a: {sql: id > 0, name: pk_t}}",
    ],
)
def test_postgresql_has_one_space_for_tables_indexes_and_keys(rest: str) -> None:
    assert wrong(table(rest))[0] == "N002"


def test_checks_of_different_tables_may_share_a_name() -> None:
    rest = "checks: {a: {sql: id > 0, name: same}}"
    read(table(rest), table(rest).replace("table: t", "table: u"))


def test_a_native_enum_takes_up_a_tables_name() -> None:
    assert wrong(table(""), "enums: {t: [a]}")[0] == "N002"
    read(table(""), "enums: {t: {storage: varchar(1), values: [a]}}")


def test_objects_that_never_meet_may_share_a_name() -> None:
    rest = (
        "indexes: {a: {columns: [id], name: same, only: sqlite}, "
        "b: {columns: [id], name: same, only: postgresql}}"
    )
    code, _, _ = wrong(table(rest))
    assert code == "N002"  # they would have one key in the schema


def test_any_text_can_be_a_name() -> None:
    odd = 'a "b" {{c}} %s :d \\ é'
    schema = read(table("").replace("id:", f"'{odd}': text, id:")).schema
    assert Key("column", "t", odd) in schema
