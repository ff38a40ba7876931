"""Enums, and the checks that hold their values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from marked import column, read, wrong

from schemagen.kinds import Check, Enum, Key, Literal
from schemagen.kinds.column import Column

if TYPE_CHECKING:
    from schemagen.schema import Schema

NATIVE = "enums: {colour: [red, it's]}"
STORED = "enums: {colour: {storage: varchar(5), values: [red, it's], comment: why}}"


def check(schema: Schema) -> Check:
    found = schema[Key("check", "t", "chk_t_c")]
    assert isinstance(found, Check)
    return found


def test_a_native_enum_is_checked_on_sqlite_alone() -> None:
    schema = read(column("colour"), NATIVE).schema
    assert schema.enums["colour"] == Enum(name="colour", values=("red", "it's"))
    assert check(schema) == Check(
        table="t", name="chk_t_c", sql="c in ('red', 'it''s')", enum="colour", only="sqlite"
    )


def test_an_enum_with_storage_is_checked_on_both() -> None:
    schema = read(column("colour"), STORED).schema
    assert (schema.enums["colour"].storage, schema.enums["colour"].comment) == ("varchar(5)", "why")
    assert check(schema).only is None


def test_an_array_of_an_enum_has_no_check() -> None:
    schema = read(column("colour[]"), NATIVE).schema
    assert Key("check", "t", "chk_t_c") not in schema


def test_a_default_has_to_be_one_of_the_values() -> None:
    found = read(column("colour = 'red'"), NATIVE).schema[Key("column", "t", "c")]
    assert isinstance(found, Column)
    assert found.default == Literal(literal="red")
    assert wrong(column("colour = 'rde'"), NATIVE)[0] == "S020"


def test_directions_of_values_stand_on_the_enum() -> None:
    text = (
        "enums: {colour: {values: [red, {name: azure, renamed_from: blue}], "
        "removed: {pink: red}, renamed_from: color}}"
    )
    found = read(text).directions[Key("enum", "", "colour")]
    assert (found.values, found.removed) == ({"azure": ("blue",)}, {"pink": "red"})
    assert found.renamed_from == ("color",)


def test_a_renamed_enum_is_pointed_out_where_its_old_name_is_used() -> None:
    renamed = "enums: {colour: {values: [red], renamed_from: color}}"
    assert "it is called 'colour' now" in wrong(column("color"), renamed)[2]


def test_an_unknown_enum_is_an_unknown_type() -> None:
    assert "did you mean 'colour'?" in wrong(column("color"), NATIVE)[2]


def test_the_check_of_an_enum_column_takes_its_name() -> None:
    code, message, _ = wrong(column("colour") + "checks: {c: id > 0}", NATIVE)
    assert code == "N002"
    assert "the check of an enum column" in message
