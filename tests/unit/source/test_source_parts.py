"""Primary keys, foreign keys, uniques, checks and indexes."""

from __future__ import annotations

import pytest
from marked import column, read, table, wrong

from schemagen.kinds import Check, ForeignKey, Index, Item, Key, Obj, PrimaryKey, Unique

LOTS = "table: lots\ncolumns: {a: integer, b: integer}\nunique: [[a, b]]"


def part(kind: str, name: str, *texts: str) -> Obj:
    return read(*texts).schema[Key(kind, "t", name)]


def index(written: str) -> Obj:
    return part("index", "idx_t_x", column("integer") + f"indexes: {{x: {written}}}")


def test_a_list_of_columns_is_an_index() -> None:
    assert index("[id, c desc nulls last]") == Index(
        table="t",
        name="idx_t_x",
        columns=(Item(column="id"), Item(column="c", order="desc", nulls="last")),
    )


def test_an_index_can_say_everything() -> None:
    found = index(
        "{columns: [{sql: lower(c)}, {column: id, opclass: int8_ops, collate: C}], "
        "where: c  is not null, using: gist, include: [id], with: {fillfactor: 70}, "
        "nulls_distinct: false, only: postgresql}"
    )
    assert isinstance(found, Index)
    assert found.columns[0] == Item(sql="lower(c)")
    assert (found.where, found.using, found.include) == ("c is not null", "gist", ("id",))
    assert (found.with_, found.unique, found.only) == ({"fillfactor": 70}, False, "postgresql")


def test_in_a_list_the_columns_give_the_name() -> None:
    schema = read(column("integer") + "indexes: [[id, c desc]]\nunique: [[c, id]]").schema
    assert Key("index", "t", "idx_t_id_c") in schema
    assert Key("unique", "t", "uk_t_c_id") in schema


@pytest.mark.parametrize("written", ["[lower(c)]", "[coalesce(c, 0)]", "[id, f(a, b), c]"])
def test_a_parenthesis_shows_the_form_for_expressions(written: str) -> None:
    text = column("integer") + f"indexes: {{x: {written}}}"
    expression = written.strip("[]").removeprefix("id, ").removesuffix(", c")
    assert f'{{sql: "{expression}"}}' in wrong(text)[2]


def test_a_check_is_its_condition() -> None:
    found = part("check", "chk_t_x", table("checks: {x: id >  0}"))
    assert found == Check(table="t", name="chk_t_x", sql="id > 0")
    assert part("check", "chk_t_x", table("checks: {x: {sql: id > 0}}")) == found


def test_a_check_may_differ_between_databases() -> None:
    found = part(
        "check", "chk_t_x", table('checks: {x: {sql: "id::int > 0", sqlite: {sql: id > 0}}}')
    )
    assert found.sqlite == {"sql": "id > 0"}


def test_a_unique_constraint_can_be_put_off() -> None:
    found = part("unique", "uk_t_x", table("unique: {x: {columns: [id], deferrable: deferred}}"))
    assert found == Unique(table="t", name="uk_t_x", columns=("id",), deferrable="deferred")


def test_a_key_over_several_columns_stands_on_the_table() -> None:
    text = "table: t\ncolumns: {a: integer, b: integer}\nprimary_key: [b, a]"
    found = part("primary_key", "pk_t", text)
    assert found == PrimaryKey(table="t", name="pk_t", columns=("b", "a"))
    named = text.replace("[b, a]", "{columns: [b, a], name: my_key}")
    assert part("primary_key", "my_key", named).definition() == found.definition()


def test_a_foreign_key_over_several_columns_stands_on_the_table() -> None:
    text = (
        "table: t\ncolumns: {x: integer, y: integer}\nforeign_keys:\n  line:\n"
        "    columns: [x, y]\n    references: {table: lots, columns: [a, b]}\n"
        "    on_delete: cascade\n    match: full\n    deferrable: immediate\n"
    )
    found = part("foreign_key", "fk_t_line", text, LOTS)
    assert isinstance(found, ForeignKey)
    assert found.references.columns == ("a", "b")
    assert (found.on_delete, found.match, found.deferrable) == ("cascade", "full", "immediate")


def test_tables_may_point_at_each_other_and_at_themselves() -> None:
    one = "table: one\ncolumns: {id: bigint pk identity, two_id: bigint? -> two}"
    two = "table: two\ncolumns: {id: bigint pk identity, one_id: bigint -> one, up: bigint? -> two}"
    keys = [o for o in read(one, two).schema if o.kind == "foreign_key"]
    assert [k.name for k in keys] == ["fk_one_two_id", "fk_two_one_id", "fk_two_up"]


def test_objects_come_in_the_order_of_their_kinds() -> None:
    text = (
        "table: t\nindexes: {i: [id]}\nchecks: {c: id > 0}\nunique: [[id, e]]\nmixins: [m]\n"
        "columns: {id: bigint pk identity, up: bigint? -> t, e: colour}\n"
    )
    mixin = "mixins: {m: {columns: {at: date}, checks: {d: id > 1}, indexes: {at: [at]}}}"
    enum = "enums: {colour: [red]}"
    found = [(o.kind, o.name) for o in read(text, mixin, enum).schema]
    assert found == [
        ("enum", "colour"),
        ("table", "t"),
        *(("column", name) for name in ("id", "up", "e", "at")),
        ("primary_key", "pk_t"),
        ("foreign_key", "fk_t_up"),
        ("unique", "uk_t_id_e"),
        *(("check", f"chk_t_{name}") for name in ("e", "c", "d")),
        *(("index", f"idx_t_{name}") for name in ("i", "at")),
    ]


def test_an_earlier_name_may_be_the_one_in_the_convention() -> None:
    source = read(table("indexes: {x: {columns: [id], renamed_from: y}}"))
    assert source.directions[Key("index", "t", "idx_t_x")].renamed_from == ("y", "idx_t_y")
