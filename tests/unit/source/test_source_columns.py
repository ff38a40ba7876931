"""Columns, in short and in full."""

from __future__ import annotations

import pytest
from marked import column, read, wrong

from schemagen.kinds import Column, ForeignKey, Generated, Identity, Key, Literal, Sql, Unique
from schemagen.source import parse


def the_column(definition: str) -> Column:
    found = read(column(definition)).schema[Key("column", "t", "c")]
    assert isinstance(found, Column)
    return found


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("int", "integer"),
        ("VARCHAR(10)", "varchar(10)"),
        ("character varying(10)", "varchar(10)"),
        ("numeric(10,2)", "numeric(10, 2)"),
        ("timestamp(3) with time zone", "timestamptz(3)"),
        ("double precision", "double precision"),
        ("text[]", "text[]"),
    ],
)
def test_types_are_kept_in_one_spelling(written: str, canonical: str) -> None:
    assert the_column(written).type == canonical
    assert the_column(f"{written}?") == the_column(f'{{type: "{written}", nullable: true}}')


@pytest.mark.parametrize(
    ("short", "default"),
    [
        ("text = 'LOT'", Literal(literal="LOT")),
        ("text = 'it''s'", Literal(literal="it's")),
        ("text = ''", Literal(literal="")),
        ("integer = -5", Literal(literal=-5)),
        ("numeric = 0.10", Literal(literal=0.1)),
        ("numeric = 0.12345678901234567890", Sql(sql="0.12345678901234567890")),
        ("boolean = true", Literal(literal=True)),
        ("text? = null", None),
        ("timestamptz = now()", Sql(sql="now()")),
        ("timestamptz = current_timestamp", Sql(sql="current_timestamp")),
        ("integer = 1 +  1", Sql(sql="1 + 1")),
    ],
)
def test_the_short_form_tells_literals_from_sql(short: str, default: object) -> None:
    assert the_column(short).default == default


@pytest.mark.parametrize(
    ("long", "default"),
    [
        ("{type: text, default: LOT}", Literal(literal="LOT")),
        ("{type: jsonb, default: {}}", Literal(literal={})),
        ("{type: jsonb, default: [1, {a: null}]}", Literal(literal=[1, {"a": None}])),
        ("{type: jsonb, default: {literal: {sql: x}}}", Literal(literal={"sql": "x"})),
        ("{type: text, default: {literal: now()}}", Literal(literal="now()")),
        ("{type: timestamptz, default: {sql: now()}}", Sql(sql="now()")),
        ("{type: 'text[]', default: [a, b]}", Literal(literal=["a", "b"])),
    ],
)
def test_in_the_long_form_a_plain_value_is_a_literal(long: str, default: object) -> None:
    assert the_column(long).default == default


def test_text_that_looks_like_sql_has_to_say_which_it_is() -> None:
    code, _, way_out = wrong(column("{type: timestamptz, default: now()}"))
    assert code == "S019"
    assert "{sql: now()}" in way_out


def test_type_takes_the_whole_short_form() -> None:
    short = "bigint? -> t on delete set null"
    one, two = read(column(short)), read(column(f"{{type: {short}, comment: why}}"))
    fk = Key("foreign_key", "t", "fk_t_c")
    assert one.schema[fk] == two.schema[fk]
    assert the_column(f"{{type: {short}, comment: why}}").comment == "why"


def test_keys_of_a_column_become_objects_called_by_the_convention() -> None:
    schema = read(column("bigint unique -> t.id on update cascade")).schema
    assert isinstance(schema[Key("unique", "t", "uk_t_c")], Unique)
    key = schema[Key("foreign_key", "t", "fk_t_c")]
    assert isinstance(key, ForeignKey)
    assert (key.references.columns, key.on_delete, key.on_update) == (("id",), None, "cascade")
    assert Key("primary_key", "t", "pk_t") in schema


def test_identity_can_say_more() -> None:
    text = "table: t\ncolumns:\n  id: {type: bigint pk, identity: {always: true, start: 7}}"
    found = read(text).schema[Key("column", "t", "id")]
    assert isinstance(found, Column)
    assert found.identity == Identity(always=True, start=7)


def test_generated_columns_are_virtual_unless_stored() -> None:
    assert the_column("{type: bigint, generated: {sql: id  + 1}}").generated == Generated(
        sql="id + 1"
    )
    stored = the_column("{type: bigint, generated: {sql: id, stored: true}}").generated
    assert stored is not None
    assert stored.stored


def test_a_dialect_overrides_any_value() -> None:
    found = the_column("{type: uuid = gen_random_uuid(), sqlite: {default: {sql: random()}}}")
    assert found.on("sqlite").default == Sql(sql="random()")
    assert found.on("postgresql").default == Sql(sql="gen_random_uuid()")
    assert found.sqlite == {"default": {"sql": "random()"}}


def test_an_override_that_changes_nothing_is_none() -> None:
    assert the_column("{type: text = 'a', sqlite: {default: a}}") == the_column("text = 'a'")


def test_a_type_that_we_do_not_know_is_written_per_dialect() -> None:
    found = the_column('{type: {postgresql: "geometry(Point,4326)", sqlite: text}}')
    assert (found.on("postgresql").type, found.on("sqlite").type) == (
        "geometry(Point,4326)",
        "text",
    )
    assert found == the_column('{type: text, postgresql: {type: "geometry(Point,4326)"}}')


def test_directions_of_a_column_are_no_part_of_the_schema() -> None:
    text = column(
        "{type: text, renamed_from: [b, a], backfill: \"'x'\", sqlite: {backfill: \"'y'\"}, "
        "using: {up: lower(c), down: upper(c)}, restore: \"'z'\", strategy: shadow, allow: rule}"
    )
    source = read(text)
    assert source.schema == read(column("text")).schema
    found = source.directions[Key("column", "t", "c")]
    assert found.renamed_from == ("b", "a")
    assert (found.backfill_on("postgresql"), found.backfill_on("sqlite")) == ("'x'", "'y'")
    assert found.using_on("down", "sqlite") == "upper(c)"
    assert (found.restore_on("sqlite"), found.strategy, found.allow) == ("'z'", "shadow", ("rule",))
    assert str(found.places["renamed_from"]) == "a.yaml:4:19"


def test_a_bare_using_is_for_the_way_up() -> None:
    found = read(column("{type: text, using: lower(c)}")).directions[Key("column", "t", "c")]
    assert dict(found.using) == {("up", ""): "lower(c)"}


@pytest.mark.parametrize(
    ("word", "way_out"),
    [
        ("text not null", "NOT NULL is what a column is"),
        ("text default 'a'", "write ="),
        ("autoincrement", "bigint identity"),
        ("varchr(5)", "did you mean 'varchar'?"),
        ("{type: numeric(12,2)}", 'type: "numeric(12, 2)"'),
        ("text = 'it", "quote the whole value"),
        ("text = LOT", "= 'LOT'"),
        ("text unqiue", "did you mean 'unique'?"),
    ],
)
def test_habits_from_elsewhere_are_met_with_the_way_it_is_written_here(
    word: str, way_out: str
) -> None:
    assert way_out in wrong(column(word))[2]


def test_one_mistake_in_the_type_does_not_make_the_column_unknown() -> None:
    text = column("txt") + "indexes: {x: [c]}\nunique: [[c, id]]\nchecks: {y: c > 'a'}"
    assert [d.code for d in parse({"t.yaml": text}).diagnostics] == ["S007"]
