"""The F2X NeuroHub schema says, at the first revision, exactly what the plant's database holds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from schemagen import sql, types
from schemagen.kinds import Check, Column, ForeignKey, Index, Item, Literal, Sql, Unique
from schemagen.source import read

if TYPE_CHECKING:
    from schemagen.schema import Schema, View
    from schemagen.source import Source

ROOT = Path(__file__).resolve().parents[2]
FACTS = json.loads(Path(__file__).with_name("f2x_0001.json").read_text("utf-8"))
LATER = {("processes", "auto_print_label"), ("processes", "label_template_type")}  # of 0002


@pytest.fixture(scope="module")
def source() -> Source:
    return read(ROOT / "schema", ROOT)


@pytest.fixture(scope="module")
def schema(source: Source) -> Schema:
    return source.schema


@pytest.fixture
def view(schema: Schema, request: pytest.FixtureRequest) -> View:
    return schema.view(request.param)


each_table = pytest.mark.parametrize("view", FACTS, indirect=True)


def test_the_yaml_has_no_finding(source: Source) -> None:
    assert [str(d) for d in source.diagnostics] == []


def test_there_are_17_tables_with_208_columns_after_the_second_revision(schema: Schema) -> None:
    assert sorted(schema.tables) == sorted(FACTS)
    columns = {(o.table, o.name) for o in schema if isinstance(o, Column)}
    assert len(columns | LATER) == 208


@each_table
def test_columns_are_as_stated(view: View, schema: Schema) -> None:
    said = {c["name"]: column_fact(c) for c in FACTS[view.name]["columns"]}
    mine = [c for c in view.columns if (c.table, c.name) not in LATER]
    assert {c.name: column(c, schema) for c in mine} == said


def column_fact(fact: dict) -> tuple:
    default = fact.get("server_default")
    if default:
        (form, value), *_ = default.items()
        default = ("sql", value.lower()) if form == "sql" else ("literal", value)
    spec = str(types.parse(fact["type"].lower()))
    return spec, fact["nullable"], default, fact.get("identity", False)


def column(mine: Column, schema: Schema) -> tuple:
    default = None
    if isinstance(mine.default, Sql):
        default = ("sql", mine.default.sql.lower())
    elif isinstance(mine.default, Literal):
        default = ("literal", mine.default.literal)
    enum = schema.enums.get(mine.type)
    assert not mine.sqlite
    assert not mine.postgresql
    return enum.storage if enum else mine.type, mine.nullable, default, mine.identity is not None


@each_table
def test_keys_are_as_stated(view: View) -> None:
    fact = FACTS[view.name]
    assert view.primary_key is not None
    assert view.primary_key.name == f"pk_{view.name}"
    assert list(view.primary_key.columns) == fact["primary_key"]
    assert {foreign_key(f) for f in view.foreign_keys} == {
        (
            f"fk_{view.name}_{'_'.join(f['columns'])}",
            tuple(f["columns"]),
            tuple(f["references"]),
            f["ondelete"],
            f["onupdate"],
        )
        for f in fact["foreign_keys"]
    }
    assert {unique(u) for u in view.uniques} == {
        (u["name"] or f"uk_{view.name}_{'_'.join(u['columns'])}", tuple(u["columns"]))
        for u in fact["unique"]
    }


def foreign_key(mine: ForeignKey) -> tuple:
    said = mine.model_dump(exclude_defaults=True)
    assert said.keys() <= {"table", "name", "columns", "references", "on_delete", "on_update"}
    there = mine.references
    to = tuple(f"{there.table}.{name}" for name in there.columns)
    actions = (a and a.upper() for a in (mine.on_delete, mine.on_update))
    return mine.name, mine.columns, to, *actions


def unique(mine: Unique) -> tuple:
    assert not any((mine.deferrable, mine.include, mine.only))
    return mine.name, mine.columns


@each_table
def test_checks_are_as_stated(view: View) -> None:
    later = {f"chk_{table}_{name}" for table, name in LATER}
    said = {c["name"]: folded(c["sql"]) for c in FACTS[view.name]["checks"]}
    assert {c.name: check(c) for c in view.checks if c.name not in later} == said


def check(mine: Check) -> str:
    assert mine.only is None
    return folded(mine.sql)


def folded(text: str) -> str:
    """Write an expression in lower case, its strings left alone."""
    tokens = sql.tokens(sql.tidy(text))
    return "".join(t.text if t.group == "string" else t.text.lower() for t in tokens)


@each_table
def test_a_check_of_values_alone_is_an_enum(view: View) -> None:
    alone = {c["name"] for c in FACTS[view.name]["checks"] if is_list_of_values(c["sql"])}
    assert alone <= {c.name for c in view.checks if c.enum}


def is_list_of_values(text: str) -> bool:
    tokens = [t for t in sql.tokens(text) if t.group != "space"]
    shape = [t.text.lower() if t.group != "string" else "''" for t in tokens[1:]]
    return shape[:2] == ["in", "("] and set(shape[2:-1]) == {"''", ","}


@each_table
def test_indexes_are_as_stated(view: View) -> None:
    said = {i["name"]: index_fact(i) for i in FACTS[view.name]["indexes"]}
    assert {i.name: index(i) for i in view.indexes} == said


def index_fact(fact: dict) -> tuple:
    using = fact.get("using") or "btree"
    only = "postgresql" if using == "gin" else None
    where = fact.get("where")
    columns = [folded(c) for c in fact["columns"]]
    return columns, fact["unique"], using, where and folded(where), only


def index(mine: Index) -> tuple:
    assert not any((mine.include, mine.with_, mine.sqlite, mine.postgresql))
    columns = [item(i) for i in mine.columns]
    return columns, mine.unique, mine.using, mine.where and folded(mine.where), mine.only


def item(mine: Item) -> str:
    assert not any((mine.nulls, mine.opclass, mine.collate))
    said = mine.column or folded(mine.sql or "")
    return said if mine.order == "asc" else f"{said} {mine.order}"


def test_every_file_tells_the_editor_its_schema() -> None:
    for file in sorted((ROOT / "schema").rglob("*.yaml")):
        up = "../" * (len(file.relative_to(ROOT / "schema").parts) - 1)
        first = file.read_text("utf-8").partition("\n")[0]
        assert first == f"# yaml-language-server: $schema={up}table.schema.json", file
