"""The references between synthetic rows: which tables come first, and what points nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from schemagen.db.rows.read import quoted, relation
from schemagen.db.rows.values import candidates
from schemagen.kinds import Identity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from schemagen.db.rows.values import Value
    from schemagen.kinds import ForeignKey
    from schemagen.schema import Schema


def defer(connection: Connection, *, on: bool) -> None:
    """Let a row come before the one that it refers to, or stop letting it.

    SQLite does not check unless it is asked to. PostgreSQL lets a superuser turn checks off; where
    one may not, tables that refer to each other in a circle stay empty.
    """
    if connection.dialect.name == "postgresql":
        role = "replica" if on else "origin"
        try:
            with connection.begin_nested():
                connection.execute(text(f"SET LOCAL session_replication_role = {role}"))
        except DBAPIError:
            return


def referred_first(schema: Schema) -> list[str]:
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


def refer(
    connection: Connection,
    schema: Schema,
    key: ForeignKey,
    row: int,
    choices: dict[str, list[Value]],
) -> None:
    """Leave a foreign key's columns the values of one row of its target, and NULL if allowed."""
    target = ", ".join(map(quoted, key.references.columns))
    query = f"SELECT {target} FROM {relation(key.references.table)} ORDER BY {target}"
    found = connection.execute(text(query.replace(":", "\\:"))).all()
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
            nulls: list[Value] = [None] if None in choices[name] else []
            mine: list[Value] = [str(value) if as_text else value]
            choices[name] = nulls + mine if choices[name][0] is None else mine + nulls


def _future(schema: Schema, table: str, name: str, dialect: str, row: int) -> Value:
    column = schema.view(table).column(name)
    if column is None:
        return None
    if column.identity or column.is_serial:
        own = column.identity or Identity()
        start, step = own.start or 1, own.increment or 1
        return start + row * step if dialect == "postgresql" else row + 1
    for key in schema.view(table).foreign_keys:
        if key.columns == (name,) and key.references.table != table:
            return _future(schema, key.references.table, key.references.columns[0], dialect, row)
    return candidates(column, schema, dialect, row)[0]


def remove_broken(connection: Connection, schema: Schema, tables: set[str]) -> dict[str, str]:
    """Take rows away that refer to nothing, until there is none; give each table's reason."""
    said: dict[str, str] = {}
    keys = [(v.name, k) for v in schema.views() if v.name in tables for k in v.foreign_keys]
    while found := {table: key for table, key in keys if _removed(connection, table, key)}:
        for table, key in found.items():
            to = key.references.table
            said[table] = f"its rows would refer by {key.name} to rows that {to} does not have"
    return said


def _removed(connection: Connection, table: str, key: ForeignKey) -> int:
    query = f"DELETE FROM {relation(table)} AS a WHERE {_dangling(key)}"
    return connection.execute(text(query.replace(":", "\\:"))).rowcount


def _dangling(key: ForeignKey) -> str:
    pairs = list(zip(key.columns, key.references.columns, strict=True))
    there = " AND ".join(f"b.{quoted(b)} = a.{quoted(a)}" for a, b in pairs)
    told = " AND ".join(f"a.{quoted(a)} IS NOT NULL" for a, _ in pairs)
    return f"{told} AND NOT EXISTS (SELECT 1 FROM {relation(key.references.table)} b WHERE {there})"


def dangling(table: str, key: ForeignKey) -> str:
    """Give a query for rows of a table that refer to nothing by a key."""
    return f"SELECT 1 FROM {relation(table)} AS a WHERE {_dangling(key)}"


def empty_targets(schema: Schema, table: str, empty: set[str]) -> Iterator[str]:
    """Give the tables without rows that every row of a table has to refer to."""
    view = schema.view(table)
    for key in view.foreign_keys:
        columns = [view.column(name) for name in key.columns]
        if key.references.table in empty and not any(c and c.nullable for c in columns):
            yield key.references.table
