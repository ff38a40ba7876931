"""Keys and indexes that PostgreSQL would refuse are refused here."""

from __future__ import annotations

import pytest
from marked import column, read, table, wrong

INDEX = "indexes: {{x: {}}}"


def index(kind: str, written: str) -> str:
    return column(kind) + INDEX.format(written)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (index("json", "[c]"), "btree cannot index 'c', which is json"),
        (column("json") + "unique: [[c]]", "btree cannot index 'c', which is json"),
        ("table: t\ncolumns: {c: json}\nprimary_key: [c]", "btree cannot index 'c'"),
        (index("text", "{columns: [c], using: hash, unique: true}"), "hash cannot be unique"),
        (index("text", "{columns: [id, c], using: hash}"), "hash indexes one column"),
        (index("money", "{columns: [c], using: hash}"), "hash cannot index 'c'"),
        (index("bigint", "{columns: [c], using: gin}"), "gin cannot index 'c', which is bigint"),
        (index("bigint", "{columns: [c], using: gist}"), "gist cannot index 'c'"),
        (index("boolean", "{columns: [c], using: brin}"), "brin cannot index 'c'"),
        (index("text", "{columns: [c], using: btre}"), "no index method 'btre'"),
        (index("jsonb", "{columns: [c], using: gin, include: [id]}"), "gin includes no columns"),
        (index("text", "{columns: [c desc], using: brin}"), "brin does not sort"),
    ],
)
def test_what_no_method_can_index_is_refused(text: str, says: str) -> None:
    code, message, help_ = wrong(text)
    assert code == "P006"
    assert says in message
    assert help_.strip()


@pytest.mark.parametrize(
    "text",
    [
        index("jsonb", "{columns: [c], using: gin}"),
        index('"text[]"', "{columns: [c], using: gin}"),
        index("bigint", "{columns: [{column: c, opclass: int8_ops}], using: gin}"),
        index("text", "{columns: [{column: c, opclass: gin_trgm_ops}], using: gin}"),
        index("inet", "{columns: [c], using: spgist}"),
        index("timestamptz", "{columns: [c], using: brin}"),
        index("uuid", "{columns: [c], using: hash}"),
        index("json", "{columns: [c], only: sqlite}"),
        index("{type: {postgresql: 'vector(3)', sqlite: text}}", "{columns: [c], using: hnsw}"),
        column("{type: jsonb, sqlite: {type: json}}") + "unique: [[c]]",
    ],
)
def test_what_a_method_can_index_is_taken(text: str) -> None:
    read(text)


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        (table("unique: {a: [id]}"), "S032", "t (id) is unique by pk_t already"),
        (
            column("integer unique") + "unique: {again: [c]}",
            "S032",
            "t (c) is unique by uk_t_c already",
        ),
        (
            table("options: {without_rowid: true}"),
            "S022",
            "SQLite cannot fill 'id' in a WITHOUT ROWID table",
        ),
    ],
)
def test_what_says_nothing_new_or_undoes_the_other_is_refused(
    text: str, code: str, says: str
) -> None:
    found, message, _ = wrong(text)
    assert (found, message) == (code, says)


def test_one_unique_for_each_database_is_taken() -> None:
    one, two = (f"{{columns: [c], only: {name}}}" for name in ("sqlite", "postgresql"))
    read(column("integer") + f"unique: {{a: {one}, b: {two}}}")


@pytest.mark.parametrize(
    "condition",
    ["ghost > 0", "c > 0 and ghost is null", "c::text = 'x' or \"Ghost\" = 1"],
)
def test_a_name_that_can_only_be_a_column_has_to_be_one(condition: str) -> None:
    text = column("integer") + f"checks: {{x: {{sql: '{condition}', only: postgresql}}}}"
    code, message, _ = wrong(text.replace("'x'", "''x''"))
    assert code == "S011"
    assert "ghost" in message.lower()


def test_that_holds_for_a_table_that_postgresql_alone_has() -> None:
    text = column("integer") + "only: postgresql\nchecks: {x: ghost > 1}\n"
    assert wrong(text)[:2] == ("S011", "unknown column 'ghost' in the expression")


@pytest.mark.parametrize(
    "condition",
    [
        "c > extract(year from now())",
        "make_interval(days => c) > interval '1 day'",
        "c::numeric(4) = 1",
        'c::text collate "C" > lower(c::text)',
        "cast(c as double precision) > 1 and not (current_date is null)",
        "xmin is not null",
    ],
)
def test_what_may_be_something_else_is_left_to_postgresql(condition: str) -> None:
    said = condition.replace("'", "''")
    read(column("integer") + f"checks: {{x: {{sql: '{said}', only: postgresql}}}}")
