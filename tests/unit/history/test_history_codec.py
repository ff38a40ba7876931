"""Objects become data and come back as exactly what they were."""

from __future__ import annotations

import pytest

from schemagen import kinds as k
from schemagen.history import codec
from schemagen.history.emit import emit
from schemagen.source.nodes import plain
from schemagen.source.problems import Problems
from schemagen.source.shorthand import expand
from schemagen.source.yaml import load


def column(**fields: object) -> k.Column:
    return k.Column(table="lots", name="code", **{"type": "text", **fields})


def literal(value: object) -> k.Column:
    return column(default=k.Literal(literal=value))


def there_and_back(obj: k.Obj) -> k.Obj:
    tree, found = load(emit({"now": codec.body(obj)}), "entry.yaml")
    assert found == []
    return codec.make(obj.kind, obj.table, obj.name, plain(tree)["now"])


SHORT = [
    (column(), "text"),
    (column(nullable=True), "text?"),
    (column(type="numeric(10, 2)"), "numeric(10, 2)"),
    (column(type="timestamptz(3)[]", nullable=True), "timestamptz(3)[]?"),
    (column(type="double precision"), "double precision"),
    (column(type="bigint", identity=k.Identity()), "bigint identity"),
    (literal(value=False), "text = false"),
    (literal(None), "text = null"),
    (literal(0), "text = 0"),
    (literal(-1.5), "text = -1.5"),
    (literal("LOT"), "text = 'LOT'"),
    (literal("it's"), "text = 'it''s'"),
    (literal("null"), "text = 'null'"),
    (column(default=k.Sql(sql="now()")), "text = now()"),
    (column(nullable=True, default=k.Sql(sql="'a' || 'b'")), "text? = 'a' || 'b'"),
]


@pytest.mark.parametrize(("obj", "short"), SHORT, ids=[short for _, short in SHORT])
def test_a_plain_column_has_the_short_form(obj: k.Column, short: str) -> None:
    assert codec.body(obj) == short
    assert repr(there_and_back(obj)) == repr(obj)


@pytest.mark.parametrize(("obj", "short"), SHORT, ids=[short for _, short in SHORT])
def test_the_language_reads_the_short_form_as_the_entry_does(obj: k.Column, short: str) -> None:
    tree, _ = load(emit({"now": short}), "entry.yaml")
    problems = Problems()
    long = plain(expand(tree.get("now"), problems))
    assert problems.sorted() == ()
    assert long["type"] == obj.type
    assert long.get("nullable", False) == obj.nullable
    assert long.get("identity", False) == (obj.identity is not None)
    assert long.get("default") == (obj.default and codec.plain(obj.default))


LONG = [
    literal("a\nb"),
    literal({}),
    literal([]),
    literal({"a": [1, None, {"sql": "x"}]}),
    literal({"sql": "now()"}),
    literal({"literal": 1}),
    literal(1e16),
    column(default=k.Sql(sql="true")),
    column(default=k.Sql(sql="5")),
    column(default=k.Sql(sql="'a'")),
    column(default=k.Sql(sql="a\nb")),
    column(type="x = 1"),
    column(type="what?"),
    column(type="a identity"),
    column(identity=k.Identity(always=True, start=5)),
    column(generated=k.Generated(sql="id + 1", stored=True)),
    column(collation="C", comment="it's {{ a }}\n\t'\"\\"),
    column(type="bigint", sqlite={"type": "text"}, postgresql={"default": {"literal": None}}),
    k.Check(table="lots", name="chk", sql="a in ('x', 'y')", enum="colour", only="sqlite"),
    k.Enum(name="colour", values=("no", "1", "it's", ""), storage="varchar(10)"),
    k.Table(name="lots", options=k.Options(strict=True, **{"with": {"fillfactor": 70}})),
    k.Unique(table="lots", name="uk", columns=("a", "b"), deferrable="deferred", include=("c",)),
    k.ForeignKey(
        table="lots",
        name="fk",
        columns=("a",),
        references=k.References(table="others", columns=("id",)),
        on_delete="set null",
        match="full",
    ),
    k.Index(
        table="lots",
        name="idx",
        columns=(k.Item(column="a"), k.Item(sql="lower(b)", order="desc", nulls="last")),
        where="a is not null",
        using="gin",
        **{"with": {"a": 1, "b": True, "c": "on", "d": 1.5}},
    ),
]


@pytest.mark.parametrize("obj", LONG, ids=ascii)
def test_everything_else_has_a_map_of_the_fields_that_are_set(obj: k.Obj) -> None:
    assert isinstance(codec.body(obj), dict)
    assert repr(there_and_back(obj)) == repr(obj)


def test_an_index_item_that_is_only_a_column_is_its_name() -> None:
    items = (k.Item(column="a"), k.Item(column="b", order="desc"))
    index = k.Index(table="lots", name="idx", columns=items)
    assert codec.body(index) == {"columns": ["a", {"column": "b", "order": "desc"}]}


def test_an_alter_holds_the_changed_fields_alone_defaults_written_out() -> None:
    old, new = column(nullable=True, comment="x"), column(default=k.Literal(literal=None))
    assert codec.differing(old, new) == (
        {"nullable": True, "default": None, "comment": "x"},
        {"nullable": False, "default": {"literal": None}, "comment": None},
    )
    assert codec.patch(old, codec.differing(old, new)[1]) == new


def test_true_and_one_are_different_defaults() -> None:
    was, now = codec.differing(literal(value=True), literal(1))
    assert (was, now) == ({"default": {"literal": True}}, {"default": {"literal": 1}})


def test_no_kind_is_called_as_a_field_of_a_table() -> None:
    both = set(k.KINDS) & set(k.Table.model_fields)
    assert both == {"table"}, "full states keep the parts of a table beside its fields"
