"""The editor's schema agrees with the reader."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest
from marked import column, table

from schemagen.source import parse, read
from schemagen.source.json_schema import json_schema
from schemagen.source.nodes import plain
from schemagen.source.yaml import load

ROOT = Path(__file__).parents[3]
SOURCE = read(ROOT / "schema", ROOT)
SCHEMA = json_schema(SOURCE.schema, SOURCE.mixins)
VALIDATOR = jsonschema.Draft7Validator(SCHEMA)


def complaints(text: str) -> list[str]:
    root, _ = load(text, "t.yaml")
    return [error.message for error in VALIDATOR.iter_errors(plain(root))]


def test_it_is_a_schema_of_draft_7() -> None:
    jsonschema.Draft7Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("file", sorted(SOURCE.texts))
def test_every_file_of_the_project_satisfies_it(file: str) -> None:
    assert complaints(SOURCE.texts[file]) == []


def test_names_of_tables_enums_and_mixins_are_filled_in() -> None:
    text = str(SCHEMA)
    for name in ("process_data", "process_result", "step_execution"):
        assert name in text
    assert complaints(table("mixins: [step_execution]")) == []
    assert complaints(table("mixins: [step_exekution]"))


def test_keys_are_described() -> None:
    table_keys = SCHEMA["properties"]
    assert all("description" in table_keys[key] for key in ("table", "columns", "checks", "enums"))
    assert "description" in SCHEMA["definitions"]["column"]["properties"]["backfill"]


@pytest.mark.parametrize(
    "text",
    [
        table("colums: {}"),
        column("varchr(10)"),
        column("{type: text, defualt: 1}"),
        column("{type: text, nullable: yes}"),
        column("bigint -> lots on delete explode"),
        column("text not null"),
        table("indexes: {x: {columns: [id], only: mysql}}"),
        table("indexes: {x: {where: id > 0}}"),
        table("primary_key: id"),
        "columns: {id: bigint}",
        "enums: {e: []}",
        "schemagen: 2",
        'naming: {index: "{tabel}"}',
    ],
)
def test_what_the_reader_refuses_the_editor_marks(text: str) -> None:
    assert parse({"t.yaml": text}).diagnostics
    assert complaints(text)


@pytest.mark.parametrize(
    "text",
    [
        column("BIGINT unique"),
        column("timestamp(3) with time zone? = now()"),
        column("\"numeric(12, 2)[]? = '{}'\""),
        column("bigint? -> lots.id on delete set null on update no action"),
        column("bigint? -> lots.id ON DELETE SET NULL on update cascade"),
        column("{type: {postgresql: citext, sqlite: text}, backfill: 0, allow: [a]}"),
        column("{type: jsonb, default: {a: [1]}, sqlite: {default: {sql: '1'}}}"),
        column("process_result = 'PASS'"),
        table("indexes: [[id desc]]\nunique: {x: {columns: [id], name: y}}"),
        table("indexes: {x: {columns: [{sql: id, order: desc}], with: {fillfactor: 70}}}"),
        table("checks: {x: id > 0, y: {sql: id > 0, sqlite: {sql: id > 1}}}"),
        table("options: {with: {fillfactor: 70}, autoincrement: true}\nrestore: {a: 0}"),
        "enums: {e: {values: [a, {name: b, renamed_from: [c]}], removed: {d: a}}}",
        "mixins: {m: {columns: {a: text}, checks: {x: 1 > 0}}}",
    ],
)
def test_what_the_reader_takes_the_editor_takes(text: str) -> None:
    assert complaints(text) == []
