"""What schemagen takes PostgreSQL to index and to read as a literal, it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest
from support import postgres

from schemagen import types
from schemagen.source.defaults import misfit
from schemagen.source.indexable import METHODS
from schemagen.sql import POSTGRESQL_RESERVED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.databases import Database

NAMES = {"an enum": "mood", "an array": "text[]"}


@pytest.fixture
def connection(postgresql: Database) -> Iterator[psycopg.Connection]:
    with psycopg.connect(postgres.plain(postgresql.url), autocommit=True) as opened:
        yield opened


def takes(connection: psycopg.Connection, statement: str) -> bool:
    try:
        connection.execute(statement)
    except psycopg.Error:
        return False
    return True


@pytest.mark.parametrize("method", METHODS)
def test_a_method_indexes_the_types_that_it_is_said_to(
    method: str, connection: psycopg.Connection
) -> None:
    connection.execute("CREATE TYPE mood AS ENUM ('happy')")
    found = set()
    for name in (*types.TYPES, *NAMES):
        connection.execute(f"CREATE TABLE t (v {NAMES.get(name, name)})")
        if takes(connection, f"CREATE INDEX ON t USING {method} (v)"):
            found.add(name)
        connection.execute("DROP TABLE t")
    assert found == METHODS[method]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("interval", "soon"),
        ("interval", "1 dya"),
        ("interval", "1 day"),
        ("interval", "1 year 2 mons -3 days 04:05:06.7"),
        ("interval", "@ 2 hours ago"),
        ("interval", "P1Y2M3DT4H5M6S"),
        ("interval", "1d12h"),
        ("interval", "0"),
        ("inet", "300.1.1.1"),
        ("inet", "localhost"),
        ("inet", "::1/64"),
        ("inet", "10.0.0.1/24"),
        ("cidr", "10.0.0.1/24"),
        ("cidr", "10.0.0.0/24"),
        ("cidr", "10"),
        ("bytea", "\\x0"),
        ("bytea", "a\\b"),
        ("bytea", "\\x01fF"),
        ("bytea", "a\\001\\\\"),
        ("numeric(4,2)", 100),
        ("numeric(4,2)", 99.995),
        ("numeric(4,2)", 99.994),
        ("numeric(3)", 999.5),
        ("numeric(2,4)", 0.0012),
        ("numeric(2,4)", 0.01),
        ("numeric", 1e40),
        ("real", 1e39),
        ("real", 1e38),
    ],
)
def test_a_literal_fits_where_postgresql_reads_it(
    kind: str, value: object, connection: psycopg.Connection
) -> None:
    spec = types.parse(kind)
    assert spec is not None
    written = str(value).replace("'", "''")
    made = takes(connection, f"CREATE TABLE t (v {kind} DEFAULT '{written}')")
    fits = made and takes(connection, "INSERT INTO t DEFAULT VALUES")
    assert fits == (misfit(value, spec) is None)


def test_a_word_that_is_said_to_be_reserved_is(connection: psycopg.Connection) -> None:
    query = "SELECT word FROM pg_get_keywords() WHERE catcode IN ('R', 'T')"
    found = {word for (word,) in connection.execute(query)}
    assert found | {"system_user"} == POSTGRESQL_RESERVED  # which came with version 16
