from __future__ import annotations

from typing import TYPE_CHECKING

import click

from schemagen.changes import Add, Alter, Drop, Rename
from schemagen.kinds import (
    Check,
    Column,
    Enum,
    EnumValue,
    ForeignKey,
    Generated,
    Identity,
    Index,
    Item,
    Literal,
    PrimaryKey,
    References,
    Sql,
    Table,
    Unique,
)
from schemagen.renames import TEMPORARY
from schemagen.report.changes import changes_data, changes_text, counts_text
from schemagen.report.objects import words

if TYPE_CHECKING:
    from schemagen.changes import Change

SIZE = Column(table="lots", name="size", type="integer", default=Literal(literal=0))


def lines(*changes: Change) -> list[str]:
    return click.unstyle(changes_text(changes)).splitlines()


def test_changes_stand_under_their_table() -> None:
    one = Add(SIZE)
    two = Drop(Column(table="lines", name="note", type="text", nullable=True))
    three = Alter(SIZE, SIZE.model_copy(update={"type": "bigint"}))
    assert lines(one, two, three) == [
        "~ table lots",
        "    + column size integer = 0",
        "    ~ column size: type integer → bigint",
        "~ table lines",
        "    - column note text?",
    ]


def test_a_new_table_heads_its_own_parts() -> None:
    assert lines(Add(Table(name="lots", comment="Lots")), Add(SIZE)) == [
        "+ table lots “Lots”",
        "    + column size integer = 0",
    ]


def test_renames_are_arrows() -> None:
    column = Rename(SIZE, SIZE.model_copy(update={"name": "amount"}))
    table = Rename(Table(name="equipment"), Table(name="machines"))
    value = Rename(EnumValue(table="colour", name="blue"), EnumValue(table="colour", name="azure"))
    assert lines(table, column, value) == [
        "→ table equipment → machines",
        "~ table lots",
        "    → column size → amount",
        "→ enum value colour: blue → azure",
    ]


def test_a_rename_through_a_temporary_name_is_told_once() -> None:
    aside = SIZE.model_copy(update={"name": f"{TEMPORARY}x"})
    end = SIZE.model_copy(update={"name": "amount"})
    assert lines(Rename(SIZE, aside), Rename(aside, end)) == [
        "~ table lots",
        "    → column size → amount",
    ]


def test_control_characters_in_names_and_values_are_written_out() -> None:
    evil = SIZE.model_copy(update={"name": "a\x1b[2J\nb"})
    assert lines(Add(evil)) == ["~ table lots", "    + column a\\x1b[2J\\nb integer = 0"]


def test_counts_are_told_in_words() -> None:
    assert counts_text([Add(SIZE), Add(SIZE), Drop(SIZE)]) == "3 changes: 2 added, 1 dropped"
    assert counts_text([]) == "no changes"


def test_every_kind_says_what_it_is_in_a_few_words() -> None:
    told = {
        words(obj): obj.kind
        for obj in (
            Column(table="t", name="id", type="bigint", identity=Identity()),
            Column(table="t", name="g", type="text", generated=Generated(sql="a || b")),
            Column(table="t", name="d", type="date", default=Sql(sql="current_date")),
            Column(table="t", name="b", type="boolean", default=Literal(literal=False)),
            Column(table="t", name="s", type="text", default=Literal(literal="it's")),
            Column(table="t", name="j", type="jsonb", default=Literal(literal={"a": None})),
            PrimaryKey(table="t", name="pk", columns=("a", "b")),
            Unique(table="t", name="uk", columns=("a",), nulls_distinct=False),
            ForeignKey(
                table="t",
                name="fk",
                columns=("lot_id",),
                references=References(table="lots", columns=("id",)),
                on_delete="cascade",
            ),
            Check(table="t", name="chk", sql="a > 0", only="sqlite"),
            Index(
                table="t",
                name="idx",
                columns=(Item(column="a", order="desc", nulls="last"), Item(sql="lower(b)")),
                unique=True,
                where="a > 0",
            ),
            Index(table="t", name="gin", columns=(Item(column="a"),), using="gin"),
            Enum(name="colour", values=("red", "blue"), storage="varchar(8)"),
        )
    }
    assert list(told) == [
        "bigint identity",
        "text generated (a || b)",
        "date = current_date",
        "boolean = false",
        "text = 'it''s'",
        'jsonb = {"a": null}',
        "(a, b)",
        "(a) nulls not distinct",
        "(lot_id) → lots (id) on delete cascade",
        "(a > 0) only sqlite",
        "unique (a desc nulls last, (lower(b))) where a > 0",
        "(a) using gin",
        "(red, blue) as varchar(8)",
    ]


def test_data_has_both_sides_of_a_change() -> None:
    bigger = SIZE.model_copy(update={"type": "bigint"})
    alter, rename = changes_data(
        [Alter(SIZE, bigger), Rename(SIZE, SIZE.model_copy(update={"name": "amount"}))]
    )
    assert alter == {
        "verb": "alter",
        "kind": "column",
        "table": "lots",
        "name": "size",
        "was": {"type": "integer", "default": {"literal": 0}},
        "now": {"type": "bigint", "default": {"literal": 0}},
    }
    assert rename["name"] == "amount"
    assert rename["from"] == "size"
