"""Rows for every table of a live database, and rows read back bit for bit."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, TypeAlias

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from schemagen import sql
from support.values import Value, candidates

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sqlalchemy import Connection

    from schemagen.kinds import Column, ForeignKey
    from schemagen.schema import Schema, View

Row: TypeAlias = "Mapping[str, str | None]"
Rows: TypeAlias = "dict[str, list[Row]]"
_TRIES = 300


def fill(connection: Connection, schema: Schema, count: int = 3) -> None:
    """Put rows into every table that has none.

    The first row has a value in every column, the second NULL wherever that is allowed, and so on
    in turn. References between tables are real, cycles and self-references too. A table that takes
    no row at all fails the test.

    Args:
        connection: in a transaction; the caller commits.
        schema: what the database was made from.
        count: how many rows a table gets, where uniques and checks allow as many.

    """
    there = schema.on(connection.dialect.name)
    _check_references(connection, on=False)
    for table in _referred_first(there):
        if not _count(connection, table):
            _fill_table(connection, there, table, count)
    _check_references(connection, on=True)
    broken = list(_broken(connection, there))
    assert not broken, f"the synthetic rows refer to nothing: {broken}"


def read_rows(connection: Connection) -> Rows:
    """Read every row of every table, as text that shows each bit, sorted."""
    if connection.dialect.name == "sqlite":
        tables = (
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%'"
        )
        tables += " ESCAPE '\\' ORDER BY name"
        columns = "SELECT name FROM pragma_table_xinfo({})"
        raw = "typeof({0}) || ' ' || quote({0})"
    else:
        tables = (
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace ="
            " 'public'::regnamespace ORDER BY relname"
        )
        columns = (
            "SELECT attname FROM pg_attribute WHERE attrelid = format('%I', {})::regclass"
            " AND attnum > 0 AND NOT attisdropped ORDER BY attnum"
        )
        raw = "{}::text"
    out: Rows = {}
    for table in _column(connection, tables):
        if table == "alembic_version":
            continue
        names = _column(connection, columns.format(sql.literal(table)))
        items = ", ".join(raw.format(_quoted(name)) for name in names)
        found = connection.execute(
            text(f"SELECT {items} FROM {_quoted(table)}".replace(":", "\\:"))
        )
        rows = [dict(zip(names, row, strict=True)) for row in found]
        out[table] = in_order(rows)
    return out


def in_order(rows: Iterable[Row]) -> list[Row]:
    """Sort rows, whatever order their columns are in."""
    return sorted(
        rows, key=lambda row: [(k, v is not None, v or "") for k, v in sorted(row.items())]
    )


def _column(connection: Connection, query: str) -> list[str]:
    return list(connection.execute(text(query.replace(":", "\\:"))).scalars())


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _count(connection: Connection, table: str) -> int:
    return int(connection.execute(text(f"SELECT count(*) FROM {_quoted(table)}")).scalar() or 0)


def _check_references(connection: Connection, *, on: bool) -> None:
    """Let a row come before the one that it refers to. SQLite does not check unless asked."""
    if connection.dialect.name == "postgresql":
        role = "origin" if on else "replica"
        connection.execute(text(f"SET LOCAL session_replication_role = {role}"))


def _broken(connection: Connection, schema: Schema) -> Iterator[object]:
    if connection.dialect.name == "sqlite":
        yield from connection.execute(text("PRAGMA foreign_key_check"))
        return
    for view in schema.views():
        for key in view.foreign_keys:
            pairs = list(zip(key.columns, key.references.columns, strict=True))
            there = " AND ".join(f"b.{_quoted(b)} = a.{_quoted(a)}" for a, b in pairs)
            told = " AND ".join(f"a.{_quoted(a)} IS NOT NULL" for a, _ in pairs)
            query = (
                f"SELECT 1 FROM {_quoted(view.name)} a WHERE {told} AND NOT EXISTS"
                f" (SELECT FROM {_quoted(key.references.table)} b WHERE {there})"
            )
            if connection.execute(text(query)).first():
                yield key.name


def _referred_first(schema: Schema) -> list[str]:
    """Order tables so that one comes after those it refers to, as far as there is no cycle."""
    out: list[str] = []

    def visit(table: str, on_the_way: tuple[str, ...]) -> None:
        if table in out or table in on_the_way:
            return
        for key in schema.view(table).foreign_keys:
            visit(key.references.table, (*on_the_way, table))
        out.append(table)

    for name in schema.tables:
        visit(name, ())
    return out


def _fill_table(connection: Connection, schema: Schema, table: str, count: int) -> None:
    view = schema.view(table)
    columns = [c for c in view.columns if c.generated is None and not c.identity]
    refused: object = None
    for row in range(count):
        for values in _attempts(connection, schema, view, columns, row):
            refused = _insert(connection, table, values)
            if refused is None:
                break
    assert _count(connection, table), f"no row found that {table} accepts; last refused: {refused}"


def _attempts(
    connection: Connection, schema: Schema, view: View, columns: list[Column], row: int
) -> Iterator[dict[str, Value]]:
    """Give rows to try: the first choice of every column, then others at random, seeded."""
    dialect = connection.dialect.name
    choices = {c.name: candidates(c, schema, dialect, row) for c in columns}
    for column in columns:
        if column.nullable:
            none = [None]
            plain = choices[column.name]
            choices[column.name] = none + plain if row % 3 == 1 else plain + none
    for key in view.foreign_keys:
        _refer(connection, schema, key, row, choices)
    yield {name: values[0] for name, values in choices.items()}
    rng = random.Random(f"{view.name} {row}")
    for _ in range(_TRIES):
        yield {name: rng.choice(values) for name, values in choices.items()}


def _refer(
    connection: Connection,
    schema: Schema,
    key: ForeignKey,
    row: int,
    choices: dict[str, list[Value]],
) -> None:
    """Leave a foreign key's columns the values of one row of its target, and NULL if allowed."""
    target = ", ".join(map(_quoted, key.references.columns))
    query = f"SELECT {target} FROM {_quoted(key.references.table)} ORDER BY {target}"
    found = connection.execute(text(query)).all()
    if found:
        values = list(found[row % len(found)])
    else:  # not filled yet, or itself: what that row will be, if all goes well
        values = [
            _future(schema, key.references.table, c, connection.dialect.name, row)
            for c in key.references.columns
        ]
    for name, value in zip(key.columns, values, strict=True):
        if name in choices:
            as_text = value is not None and connection.dialect.name == "postgresql"
            nulls = [None] if None in choices[name] else []
            mine: list[Value] = [str(value) if as_text else value]
            choices[name] = nulls + mine if choices[name][0] is None else mine + nulls


def _future(schema: Schema, table: str, name: str, dialect: str, row: int) -> Value:
    column = schema.view(table).column(name)
    assert column is not None
    if column.identity:
        start, step = column.identity.start or 1, column.identity.increment or 1
        return start + row * step if dialect == "postgresql" else row + 1
    for key in schema.view(table).foreign_keys:
        if key.columns == (name,) and key.references.table != table:
            return _future(schema, key.references.table, key.references.columns[0], dialect, row)
    return candidates(column, schema, dialect, row)[0]


def _insert(connection: Connection, table: str, values: dict[str, Value]) -> object:
    """Insert a row; give what the database said against it, or None."""
    names = ", ".join(map(_quoted, values))
    marks = ", ".join(f":v{i}" for i in range(len(values)))
    into = f"INSERT INTO {_quoted(table).replace(':', chr(92) + ':')}"
    statement = f"{into} ({names.replace(':', chr(92) + ':')}) VALUES ({marks})"
    if not values:
        statement = f"{into} DEFAULT VALUES"
    try:
        with connection.begin_nested():
            connection.execute(text(statement), {f"v{i}": v for i, v in enumerate(values.values())})
    except DBAPIError as error:
        return error.orig
    return None
