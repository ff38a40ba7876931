"""A schema of runs is one of its objects, which are sorted by key where it is looked into."""

from __future__ import annotations

import pytest

from schemagen.diff import compare
from schemagen.kinds import Column, Enum, Key, Obj, Table
from schemagen.schema import Schema


def table(name: str, *columns: str) -> list[Obj]:
    return [
        Table(name=name),
        *(Column(table=name, name=column, type="integer") for column in columns),
    ]


ENUMS: list[Obj] = [Enum(name="state", values=("new", "old"))]
LOTS, BOXES = table("lots", "id", "code"), table("boxes", "id")
RUNS = [("", ENUMS), ("lots", LOTS), ("boxes", BOXES)]


@pytest.fixture
def runs() -> Schema:
    return Schema.of_runs(RUNS)


@pytest.fixture
def objects() -> Schema:
    return Schema([*ENUMS, *LOTS, *BOXES])


def is_sorted(schema: Schema) -> bool:
    return "objects" in schema.__dict__


def test_it_holds_the_same_in_the_same_order(runs: Schema, objects: Schema) -> None:
    assert list(runs) == list(objects)
    assert len(runs) == len(objects)
    assert runs.runs() == objects.runs()
    assert [view.parts for view in runs.views()] == [view.parts for view in objects.views()]
    assert [*runs.tables], [*runs.enums] == ([*objects.tables], [*objects.enums])
    assert not is_sorted(runs)
    assert runs == objects


@pytest.mark.parametrize("obj", [*ENUMS, *LOTS, *BOXES], ids=lambda obj: str(obj.key))
def test_an_object_is_found_in_its_table_alone(runs: Schema, obj: Obj) -> None:
    assert obj.key in runs
    assert runs[obj.key] is runs.get(obj.key) is obj
    assert not is_sorted(runs)


@pytest.mark.parametrize(
    "key", [Key("column", "lots", "size"), Key("table", "", "shops"), Key("enum", "", "lots"), None]
)
def test_what_is_not_there_is_not_found(runs: Schema, objects: Schema, key: Key | None) -> None:
    assert key not in runs
    assert key not in objects
    if key is not None:
        assert runs.get(key) is None
        with pytest.raises(KeyError):
            runs[key]


def test_what_two_schemas_share_is_not_compared(runs: Schema) -> None:
    more = table("boxes", "id", "size")
    other = Schema.of_runs([("", ENUMS), ("lots", LOTS), ("boxes", more)])
    mine, theirs = runs.beside(other)
    assert {key.table or key.name for key in (*mine, *theirs)} == {"boxes"}
    assert [change.subject for change in compare(runs, other).changes] == [more[-1]]
    assert not is_sorted(runs)
    assert not is_sorted(other)


def test_tables_in_another_order_are_the_same_tables(runs: Schema) -> None:
    assert not compare(runs, Schema.of_runs([*reversed(RUNS)])).changes


def test_a_table_that_comes_or_goes_is_a_difference(runs: Schema) -> None:
    fewer = Schema.of_runs(RUNS[:-1])
    assert [c.subject for c in compare(fewer, runs).changes] == BOXES
    assert [c.subject for c in compare(runs, fewer).changes] == BOXES[::-1]


def test_a_table_in_two_runs_is_one_table(objects: Schema) -> None:
    split = Schema.of_runs([("lots", LOTS[:2]), ("", ENUMS), ("boxes", BOXES), ("lots", LOTS[2:])])
    assert split.view("lots").column_names == ("id", "code")
    assert LOTS[-1].key in split
    assert split == objects
    assert not compare(split, objects).changes
