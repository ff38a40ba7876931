"""Expressions are the user's own SQL; SQLite itself is asked whether it can read them."""

from __future__ import annotations

import pytest
from marked import column, read, table, wrong

from schemagen.kinds import Check, Key
from schemagen.source import parse
from schemagen.source.edit import apply_fixes


@pytest.mark.parametrize(
    "expression",
    [
        "id > 0 and now() is not null",
        "id in (1, 2) or true",
        "lower('A') = 'a' -- why",
        "id between 1 and 2",
        "case when id > 1 then 1 else 0 end = 1",
        "'a:b' <> '?'",
    ],
)
def test_what_both_databases_read_passes(expression: str) -> None:
    read(table(f'checks: {{x: "{expression}"}}'))


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        ("id::int > 0", "P002"),
        ("id > :limit", "P002"),
        ("id > 0; drop table t", "P002"),
        ("id > 0)", "P002"),
        ("to_char(id, '9') = '1'", "P001"),
        ("lower(id, id) = 'a'", "P002"),
        ("abs(quantity) > 0", "S011"),
        ("(select 1) = id", "S029"),
        ("(select(1)) = id", "S029"),
    ],
)
def test_what_sqlite_cannot_read_needs_a_version_of_its_own(expression: str, code: str) -> None:
    assert wrong(table(f'checks: {{x: "{expression}"}}'))[0] == code
    read(table(f'checks: {{x: {{sql: "{expression}", only: postgresql}}}}'))
    read(table(f'checks: {{x: {{sql: "{expression}", sqlite: {{sql: id > 0}}}}}}'))


def test_nothing_is_asked_of_sqlite_for_a_table_that_it_does_not_have() -> None:
    read(table('checks: {x: "id::int > 0"}\nonly: postgresql'))


def test_a_quoted_name_that_is_no_column_is_not_taken_for_text() -> None:
    assert wrong(table("checks: {x: '\"idd\" > 0'}"))[0] == "S011"


def test_a_column_called_select_is_no_query() -> None:
    read('table: t\ncolumns: {select: integer pk}\nchecks: {x: "\\"select\\" > 0"}\n')


def test_a_default_cannot_name_a_column() -> None:
    assert wrong(column("integer = id + 1"))[0] == "S011"


@pytest.mark.parametrize(
    "written",
    [
        "checks: {x: old > 0 and 'old' <> old}",
        "checks: {x: 'old > 0'}",
        'checks: {x: "old > 0"}',
        "checks:\n  x: >-\n    old > 0\n    or old < 5",
        "indexes: {x: [old]}",
        "indexes: {x: {columns: [id], where: old > 0}}",
    ],
)
def test_a_name_renamed_away_is_an_error_with_a_fix(written: str) -> None:
    text = column("{type: integer, renamed_from: old}") + written + "\n# kept"
    found = parse({"t.yaml": text}).diagnostics
    assert len(found) == 1
    assert found[0].fix is not None
    fixed = apply_fixes({"t.yaml": text}, [found[0].fix])["t.yaml"]
    assert parse({"t.yaml": fixed}).diagnostics == ()
    assert "# kept" in fixed
    assert "'old' <> c" in fixed or "<>" not in fixed


def test_swapped_names_are_both_there() -> None:
    text = (
        "table: t\nchecks: {x: a > b}\ncolumns:\n"
        "  a: {type: integer pk, renamed_from: b}\n  b: {type: integer, renamed_from: a}\n"
    )
    read(text)


@pytest.mark.parametrize("value", ["\"'DAY'\"", "id", "0", "false", "now()", "old"])
def test_a_backfill_is_sql(value: str) -> None:
    read(
        column(f"{{type: text?, backfill: {value}}}").replace(
            "id:", "o: {type: text, renamed_from: old}\n  id:"
        )
    )


def test_a_backfill_may_look_into_other_tables() -> None:
    read(column('{type: text, backfill: "(select max(name) from people where people.id = t.id)"}'))


def test_restore_of_a_dropped_column_stands_on_the_table() -> None:
    found = read(table("restore: {gone: \"'x'\"}\nsqlite: {restore: {gone: \"'y'\"}}"))
    direction = found.directions[Key("column", "t", "gone")]
    assert (direction.restore_on("postgresql"), direction.restore_on("sqlite")) == ("'x'", "'y'")


def test_comments_in_sql_are_for_its_readers_alone() -> None:
    written = "checks:\n  x: |\n    id > 0 -- above\n    and /* below */ id < 9\n    -- the end\n"
    check = read(table(written)).schema[Key("check", "t", "chk_t_x")]
    assert isinstance(check, Check)
    assert check.sql == "id > 0 and id < 9"


def test_a_comment_alone_is_no_sql() -> None:
    assert wrong(table("checks: {x: -- later}"))[0] == "S001"


def test_a_column_computed_from_itself_in_another_case_is_found() -> None:
    """To SQLite they are one, which says so when the first row comes."""
    loop = "table: b\ncolumns: {y: integer, X: {type: integer, generated: {sql: x + 1}}}\n"
    assert wrong(loop)[:2] == ("S024", "'X' is computed from 'X', which is generated")
    read("table: a\ncolumns: {X: integer, y: {type: integer, generated: {sql: x + 1}}}\n")
