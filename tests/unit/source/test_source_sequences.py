"""Sequences, serial columns and exclusion constraints: what the YAML may say of them."""

from __future__ import annotations

import pytest

from schemagen.kinds import Exclusion, Key, Sequence
from schemagen.plan.physical import physical
from schemagen.source import parse
from schemagen.source.dump import dump

TABLE = """
table: tickets
columns:
  id: serial pk
  number: {type: bigint, default: {sql: "nextval('ticket_no')"}, sqlite: {default: 0}}
  room: int4range
"""


def read(text: str) -> Sequence:
    found = parse({"a.yaml": f"sequences: {{ticket_no: {text}}}{TABLE}"})
    assert [str(d) for d in found.diagnostics] == []
    return found.schema.sequences["ticket_no"]


def codes(text: str) -> list[str]:
    return [d.code for d in parse({"a.yaml": text}).diagnostics]


def test_a_sequence_counts_up_from_one_unless_it_is_told_otherwise() -> None:
    plain = read("{}")
    assert (plain.type, plain.first, plain.low, plain.high) == ("bigint", 1, 1, 2**63 - 1)


def test_a_sequence_that_counts_down_begins_at_its_end() -> None:
    down = read("{type: smallint, increment: -2}")
    assert (down.first, down.low, down.high) == (-1, -(2**15), -1)


def test_a_sequence_is_on_postgresql_alone() -> None:
    found = parse({"a.yaml": f"sequences: {{ticket_no: {{}}}}{TABLE}"}).schema
    assert found.on("sqlite").sequences == {}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{increment: 0}", "S031"),
        ("{cache: 0}", "S031"),
        ("{min: 5, max: 5}", "S031"),
        ("{min: 5, start: 4}", "S031"),
        ("{type: smallint, max: 40000}", "S031"),
        ("{type: integer, min: -3000000000}", "S031"),
        ("{type: numeric}", "S004"),
        ("{start: one}", "S001"),
        ("{started: 1}", "S002"),
        ("{owned_by: number}", "S001"),
        ("{owned_by: nothing.number}", "S010"),
        ("{owned_by: tickets.nothing}", "S011"),
        ("[]", "S001"),
        ("", "S001"),
    ],
)
def test_a_mistake_in_a_sequence_gives_one_diagnostic(text: str, code: str) -> None:
    assert codes(f"sequences:\n  other: {text}\n  ticket_no: {{}}{TABLE}") == [code]


def test_a_sequence_may_not_have_the_name_of_a_serial_columns_own() -> None:
    text = f"sequences: {{tickets_id_seq: {{}}, ticket_no: {{}}}}{TABLE}"
    assert codes(text) == ["N002"]


@pytest.mark.parametrize(
    ("items", "code"),
    [
        ("[]", "S001"),
        ("[room]", "S001"),
        ("[{column: room}]", "S003"),
        ("[{column: rooms, with: '='}]", "S011"),
        ("[{column: room, sql: room, with: '='}]", "S003"),
        ("[{column: room, with: '= 1'}]", "S004"),
        ("[{column: room, with: '--'}]", "S004"),
        ("[{column: room, with: '/*'}]", "S004"),
        ("[{column: room, wit: '='}]", "S002"),
    ],
)
def test_a_mistake_in_an_exclusion_gives_one_diagnostic(items: str, code: str) -> None:
    text = f"sequences: {{ticket_no: {{}}}}{TABLE}exclusions: {{room: {items}}}"
    assert codes(text) == [code]


def test_an_exclusion_says_every_thing_that_it_can() -> None:
    text = (
        f"sequences: {{ticket_no: {{}}}}{TABLE}exclusions:\n  room:\n"
        "    items:\n    - {column: room, with: '&&', opclass: range_ops}\n"
        "    - {sql: lower(room), with: '<>'}\n"
        "    using: spgist\n    where: not isempty(room)\n    deferrable: deferred\n"
    )
    found = parse({"a.yaml": text})
    assert found.diagnostics == ()
    obj = found.schema[Key("exclusion", "tickets", "ex_tickets_room")]
    assert isinstance(obj, Exclusion)
    assert [item.with_ for item in obj.items] == ["&&", "<>"]
    assert parse(dump(found.schema)).schema == found.schema


def test_a_serial_column_is_a_number_with_a_sequence_and_a_default_on_postgresql() -> None:
    schema = parse({"a.yaml": f"sequences: {{ticket_no: {{}}}}{TABLE}"}).schema
    there = physical(schema, "postgresql")
    assert there[Key("column", "tickets", "id")].model_dump(exclude_defaults=True) == {
        "table": "tickets",
        "name": "id",
        "type": "integer",
        "default": {"sql": "nextval('tickets_id_seq'::regclass)"},
    }
    own = there.sequences["tickets_id_seq"]
    assert (own.type, str(own.owned_by)) == ("integer", "tickets.id")


def test_a_serial_column_needs_its_sequence_and_a_default_needs_the_one_that_it_names() -> None:
    there = physical(
        parse({"a.yaml": f"sequences: {{ticket_no: {{}}}}{TABLE}"}).schema, "postgresql"
    )
    needs = {
        name: {key.name for key in there[Key("column", "tickets", name)].needs(there)}
        for name in ("id", "number")
    }
    assert needs == {"id": {"tickets", "tickets_id_seq"}, "number": {"tickets", "ticket_no"}}


def test_an_integer_may_point_at_a_serial_key() -> None:
    other = {"b.yaml": "table: notes\ncolumns: {id: serial pk, ticket: integer -> tickets}"}
    found = parse({"a.yaml": f"sequences: {{ticket_no: {{}}}}{TABLE}", **other})
    assert found.diagnostics == ()
