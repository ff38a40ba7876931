"""PostgreSQL's schemas in the YAML: which there are, what may be in them, and what is meant."""

from __future__ import annotations

import pytest

from schemagen.kinds import Key
from schemagen.source import Source, parse

THINGS = "table: a.things\ncolumns: {id: bigint pk, code: text unique}\n"


def read(*texts: str) -> Source:
    """Read texts, each as a file."""
    return parse({f"{at}.yaml": text for at, text in enumerate(texts)})


def sound(*texts: str) -> Source:
    """Read texts that are right."""
    source = read(*texts)
    assert list(map(str, source.diagnostics)) == []
    return source


def test_a_schema_comes_with_what_is_in_it() -> None:
    source = sound(THINGS, "enums: {b.colour: [RED]}\nsequences: {c.number: {}}\nschemas: [d]\n")
    assert source.schema.namespaces == ("d", "b", "c", "a")
    assert str(source.places[Key("schema", "", "a")]) == "0.yaml:1:8"


def test_what_only_sqlite_has_or_is_text_brings_none() -> None:
    text = "enums: {b.colour: {storage: varchar(3), values: [RED]}}\n"
    source = sound(f"{THINGS}only: sqlite\n", text)
    assert source.schema.namespaces == ()
    assert source.schema.missing() == []


def test_names_are_made_without_the_schema() -> None:
    schema = sound(THINGS).schema
    assert {o.name for o in schema.view("a.things").parts} == {
        *("id", "code", "pk_things", "uk_things_code")
    }
    flat = schema.on("sqlite")
    assert [(t.name, len(flat.view(t.name).parts)) for t in flat.tables.values()] == [("things", 4)]


@pytest.mark.parametrize(
    ("target", "table", "column"),
    [
        ("a.things", "a.things", "id"),
        ("a.things.code", "a.things", "code"),
        ('"a"."things"."code"', "a.things", "code"),
        ("plain.code", "plain", "code"),
        ("plain", "plain", "id"),
    ],
)
def test_a_reference_leads_to_what_there_is(target: str, table: str, column: str) -> None:
    plain = "table: plain\ncolumns: {id: text pk, code: text unique}\n"
    kind = "bigint" if (table, column) == ("a.things", "id") else "text"
    mine = f"table: mine\ncolumns: {{id: bigint pk, it: '{kind}? -> {target}'}}\n"
    schema = sound(THINGS, plain, mine).schema
    (key,) = schema.view("mine").foreign_keys
    assert (key.references.table, key.references.columns) == (table, (column,))


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("table: public.x\ncolumns: {id: bigint pk}\n", "N004", "where names without a schema are"),
        ("table: a.b.c\ncolumns: {id: bigint pk}\n", "N004", "no dot: 'a.b'"),
        ("table: pg_x.c\ncolumns: {id: bigint pk}\n", "N004", "PostgreSQL's own"),
        ("table: .c\ncolumns: {id: bigint pk}\n", "N004", "a schema needs a name"),
        ("table: c.\ncolumns: {id: bigint pk}\n", "N004", "a table needs a name"),
        ("schemas: [information_schema]\n", "N004", "PostgreSQL's own"),
        ("schemas: {a: {owner: me}}\n", "S002", "unknown key 'owner'"),
        ("schemas: 3\n", "S001", "a list of schemas"),
        ("table: c\ncolumns: {id: bigint pk, x: b.colours}\n", "S007", "unknown type 'b.colours'"),
        ("table: c\ncolumns: {id: bigint pk, x: bigint -> a.thing}\n", "S010", "'a.thing'"),
        (
            "table: a\ncolumns: {id: bigint pk, things: bigint -> a.things}\n",
            "S010",
            "and a column",
        ),
        ("sequences: {s: {owned_by: a.things.id}}\n", "S014", "not in the schema of its table"),
        ("table: b.things\ncolumns: {id: bigint pk}\n", "N002", "has the name of table"),
        ("table: b.things\ncolumns: {id: bigint}\n", "N002", "has the name of table"),
    ],
)
def test_what_cannot_be_is_said(text: str, code: str, said: str) -> None:
    (found,) = read(THINGS, text).diagnostics
    assert found.code == code
    assert said in found.message
    assert found.help
