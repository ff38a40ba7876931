"""What is written as YAML reads back as the same schema."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from marked import column, read, table
from property.random_schemas import random_schema

from schemagen.kinds import Check, Key
from schemagen.kinds.check import values_in
from schemagen.schema import Schema
from schemagen.source import parse
from schemagen.source import read as read_folder
from schemagen.source.dump import dump

ROOT = Path(__file__).parents[3]

LOTS = "table: lots\ncolumns: {id: bigint pk identity, a: integer, b: integer}\nunique: [[a, b]]\n"
FOREIGN = """\
table: t
columns: {x: integer, y: integer}
foreign_keys:
  k: {columns: [x, y], references: {table: lots, columns: [b, a]}, match: full}
"""
CASES = [
    (column("{type: {postgresql: 'geometry(Point,4326)', sqlite: blob}, unique: true}"),),
    (column("{type: {postgresql: citext, sqlite: '\"odd\" type(1)'}, nullable: true}"),),
    (column("{type: bigint? -> lots on delete set null, comment: 'a: b # c'}"), LOTS),
    (column('{type: text, comment: "{{ x }} %s :a \\n\\t\\\\ $$ é \'q\' \\"d\\""}'),),
    (column("{type: text, default: {literal: now()}}"),),
    (column("{type: jsonb, default: {literal: {sql: 1}}}"),),
    (column("{type: jsonb, default: [1, 2.5, null, true, {a: b}]}"),),
    (column("{type: 'text[]', default: ['a', 'b,c']}"),),
    (column('{type: text, default: "it\'s\\nhere"}'),),
    (column("{type: uuid = gen_random_uuid(), sqlite: {default: {sql: random()}}}"),),
    (column("{type: numeric = 0.12345678901234567890}"),),
    (column("{type: text, sqlite: {default: x, nullable: true}, postgresql: {collation: C}}"),),
    (column("{type: bigint, generated: {sql: id + 1, stored: true}}"),),
    ("table: t\ncolumns:\n  id: {type: bigint pk, identity: {always: true, start: 5}}\n",),
    ("table: t\ncolumns: {a: integer, b: integer}\nprimary_key: [b, a]\n",),
    ("table: t\ncolumns: {a: integer}\nprimary_key: {columns: [a], name: odd}\n",),
    (table("options: {with: {fillfactor: 70}, strict: true}\ncomment: why\n"),),
    (table("sqlite: {comment: x, options: {with: {a: 1}}}"),),
    (table("only: postgresql\nchecks: {x: 'id::int > 0'}"),),
    (table("checks: {x: {sql: 'id::int > 0', sqlite: {sql: id > 0}}}"),),
    (table("indexes: {x: {columns: [{sql: 'id + 1'}, id desc nulls last], name: Odd Name}}"),),
    (table("indexes: {x: {columns: [id], with: {fillfactor: 70}, sqlite: {where: id > 0}}}"),),
    (table("unique: {x: {columns: [id], deferrable: deferred, only: postgresql}}"),),
    (table("naming: {index: 'ix_{name}', check: 'ck_{name}'}\nindexes: {x: [id], y: [id]}"),),
    (column("colour = 'red'") + "naming: {check: 'odd_{name}'}", "enums: {colour: [red, 'null']}"),
    ("table: 'a/b: c'\ncolumns: {'x y': bigint pk, 'true': text, select: text}\n",),
    ("table: A\ncolumns: {a: text}\n", "table: a b\ncolumns: {a: text}\n"),
    (FOREIGN, LOTS),
    ("enums: {e: {storage: varchar(9), values: ['', '1', a b], comment: c}, f: ['it''s']}",),
]


@pytest.mark.parametrize("texts", CASES)
def test_a_schema_written_reads_back(texts: tuple[str, ...]) -> None:
    schema = read(*texts).schema
    again = parse(dump(schema))
    assert again.diagnostics == ()
    assert again.schema == schema


@pytest.mark.parametrize("start", range(0, 100, 25))
def test_random_schemas_written_read_back(start: int) -> None:
    for seed in range(start, start + 25):
        schema = _with_true_checks(random_schema(random.Random(seed)))
        again = parse(dump(schema))
        assert again.schema == schema, seed
        assert again.diagnostics == (), seed


def _with_true_checks(schema: Schema) -> Schema:
    """Give the schema with the checks of its enum columns as the YAML would make them."""
    found = []
    for obj in schema:
        if isinstance(obj, Check) and obj.enum:
            column_name = obj.name.removeprefix(f"chk_{obj.table}_")
            text = values_in(column_name, schema.enums[obj.enum].values)
            found.append(obj.model_copy(update={"sql": text}))
        else:
            found.append(obj)
    return Schema(found)


def test_the_projects_own_schema_written_reads_back() -> None:
    schema = read_folder(ROOT / "schema", ROOT).schema
    assert parse(dump(schema)).schema == schema


def test_columns_are_written_in_short_where_that_says_it_all() -> None:
    texts = dump(read(column("bigint? unique -> lots on delete set null"), LOTS).schema)
    assert "  id: bigint pk identity\n" in texts["tables/t.yaml"]
    assert "  c: bigint? unique -> lots on delete set null\n" in texts["tables/t.yaml"]


def test_names_that_follow_a_convention_of_their_own_make_one() -> None:
    rest = "naming: {index: 'ix_{name}'}\nindexes: {x: [id], y: [id]}"
    text = dump(read(table(rest)).schema)["tables/t.yaml"]
    assert "  index: ix_{name}\n" in text
    assert "  x: [id]\n" in text
    assert Key("index", "t", "ix_x") in parse({"t.yaml": text}).schema
