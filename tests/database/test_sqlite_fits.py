"""On SQLite, a value that does not fit its column's new type stops the rebuild."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.util import CommandError
from support import clients, road, texts
from support.sameness import same_catalog

if TYPE_CHECKING:
    from support.databases import Database

    from schemagen.schema import Schema

# (old type, value that fits, value that does not, new type); values as SQLite's SQL.
PAIRS = [
    ("text", "' 42 '", "'abc'", "integer"),
    ("text", "'-7'", "'--7'", "integer"),
    ("text", "'7'", "'7.5'", "integer"),
    ("text", "'7'", "''", "integer"),
    ("text", "'2147483647'", "'2147483648'", "integer"),
    ("text", "'9223372036854775807'", "'9223372036854775808'", "bigint"),
    ("text", "'-32768'", "'32768'", "smallint"),
    ("text", "'1.5e3'", "'1,5'", "numeric"),
    ("text", "'99.99'", "'100'", "numeric(4,2)"),
    ("text", "'99.994'", "'99.995'", "numeric(4,2)"),
    ("text", "'1.5'", "'1.5.1'", "double precision"),
    ("text", "'yes'", "'maybe'", "boolean"),
    ("text", "'2024-02-29'", "'2023-02-29'", "date"),
    ("text", "'2024-02-29'", "'now'", "date"),
    ("text", "'2024-01-02T10:00:00'", "'2024-01-02 25:00:00'", "timestamp"),
    ("text", "'2024-01-02'", "'yesterday'", "timestamp"),
    ("text", "'2024-01-02 10:00:00.5'", "'2024-01-02 10:00:00+02:00'", "timestamp"),
    ("text", "'2024-01-02 10:00'", "''", "timestamptz"),
    ("text", "'10:00'", "'10:60'", "time"),
    ("text", "'10:00:00.25'", "'ten'", "time"),
    ("text", "'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'", "'a0eebc99'", "uuid"),
    ("text", "'a0eebc999c0b4ef8bb6d6bb9bd380a11'", "'g0eebc999c0b4ef8bb6d6bb9bd380a11'", "uuid"),
    ("text", "'{\"a\": 1}'", "'{a}'", "json"),
    ("text", "'abc'", "'abcd'", "varchar(3)"),
    ("varchar(9)", "'abc'", "'abcd'", "char(3)"),
    ("integer", "999", "1000", "varchar(3)"),
    ("boolean", "1", "0", "varchar(4)"),
    ("integer", "32767", "32768", "smallint"),
    ("bigint", "-2147483648", "2147483648", "integer"),
    ("numeric(12,2)", "2147483647.4", "2147483647.5", "integer"),
    ("double precision", "1.5", "1e30", "bigint"),
    ("integer", "999", "1000", "numeric(4,1)"),
    ("numeric(5,2)", "9.99", "10", "numeric(3,2)"),
    ("numeric(3,2)", "9.94", "9.96", "numeric(2,1)"),
    ("jsonb", "'5'", "'\"5\"'", "integer"),
    ("jsonb", "'true'", "'[]'", "boolean"),
    ("text", "'[1]'", "'{1}'", "integer[]"),
]


def schema(kind: str) -> Schema:
    return texts.read(f'table: t\ncolumns: {{id: bigint pk, x: "{kind}?"}}\n').schema


@pytest.mark.parametrize(("old", "good", "bad", "new"), PAIRS)
def test_what_does_not_fit_stops_the_rebuild_and_what_fits_does_not(
    old: str, good: str, bad: str, new: str, sqlite: Database
) -> None:
    state, wanted = schema(old), schema(new)
    road.create(state, sqlite)
    sqlite.execute(f"INSERT INTO t VALUES (1, {good}), (2, {bad}), (3, NULL)")
    before, rows = sqlite.catalog(), sqlite.rows("SELECT * FROM t")
    revision = road.revision(state, wanted)

    with pytest.raises(CommandError, match="x does not fit") as caught:
        road.run(revision, "upgrade", sqlite)

    assert "in 1 row; nothing has been changed" in str(caught.value)
    query = str(caught.value).partition("find them by: ")[2]
    assert [row[0] for row in sqlite.rows(query)] == [2]
    same_catalog(before, sqlite.catalog(), "before", "after the refused upgrade")
    assert sqlite.rows("SELECT * FROM t") == rows

    sqlite.execute("DELETE FROM t WHERE id = 2")
    road.run(revision, "upgrade", sqlite)
    assert sqlite.rows("SELECT count(*) FROM t") == [(2,)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("varchar(20)", "varchar(30)"),
        ("varchar(20)", "text"),
        ("smallint", "bigint"),
        ("integer", "numeric(12,2)"),
        ("numeric(5,2)", "numeric(6,2)"),
        ("integer", "varchar(11)"),
        ("uuid", "varchar(36)"),
        ("timestamp", "date"),
        ("boolean", "integer"),
        ("text", "bytea"),
    ],
)
def test_nothing_is_looked_for_where_every_value_fits(old: str, new: str) -> None:
    upgrade = road.revision(schema(old), schema(new)).partition("def downgrade")[0]
    assert "rebuild" in upgrade
    assert "_check_fit" not in upgrade


def test_the_way_down_is_as_careful(sqlite: Database) -> None:
    state, wanted = schema("integer"), schema("text")
    road.create(state, sqlite)
    revision = road.revision(state, wanted)
    road.run(revision, "upgrade", sqlite)
    sqlite.execute("INSERT INTO t VALUES (1, 'abc')")
    with pytest.raises(CommandError, match="x does not fit integer, in 1 row"):
        road.run(revision, "downgrade", sqlite)
    assert sqlite.rows("SELECT * FROM t") == [(1, "abc")]


def script(revision: str) -> str:
    """Write the SQL of the upgrade as `--sql` does."""
    buffer = io.StringIO()
    opts = {"as_sql": True, "output_buffer": buffer}
    context = MigrationContext.configure(dialect_name="sqlite", opts=opts)
    with Operations.context(context):
        module: dict[str, object] = {}
        exec(compile(revision, "revision", "exec"), module)  # noqa: S102 - what we generated
        module["upgrade"]()
    return f".bail on\nBEGIN;\n{buffer.getvalue()}\nCOMMIT;\n"


@pytest.mark.parametrize("client", clients.SQLITE)
def test_a_script_stops_before_it_changes_anything(client: str, sqlite: Database) -> None:
    state, wanted = schema("text"), schema("integer")
    road.create(state, sqlite)
    sqlite.execute("INSERT INTO t VALUES (1, ':abc'), (2, '5')")
    sql = script(road.revision(state, wanted))
    file = Path(sqlite.engine.url.database or "")

    assert "malformed JSON" in clients.sqlite(client, file, sql).stderr
    assert sqlite.rows("SELECT * FROM t") == [(1, ":abc"), (2, "5")]

    sqlite.execute("DELETE FROM t WHERE id = 1")
    done = clients.sqlite(client, file, sql).ok()
    assert done.stdout == ""
    assert sqlite.rows("SELECT * FROM t") == [(2, 5)]
