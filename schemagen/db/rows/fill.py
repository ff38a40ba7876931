"""Synthetic rows for every table, as many of its rules kept as can be solved."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from schemagen import sql
from schemagen.db.rows.read import quoted
from schemagen.db.rows.references import defer, empty_targets, refer, referred_first, remove_broken
from schemagen.db.rows.values import candidates

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from sqlalchemy import Connection

    from schemagen.db.rows.values import Value
    from schemagen.kinds import Column
    from schemagen.schema import Schema, View

_TRIES = 300


@dataclass(frozen=True, slots=True)
class Unfilled:
    """A table that has no row.

    Args:
        table: its name.
        reason: why, in one line.

    """

    table: str
    reason: str


@dataclass(frozen=True, slots=True)
class Demand:
    """What a row has to keep although the database does not ask for it yet.

    Args:
        name: what to say when no row keeps it.
        query: finds something when a row should not be there.
        columns: those that it is about; none when that is not known.

    """

    name: str
    query: str
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Filling:
    """What stays the same while tables are filled.

    Args:
        connection: in a transaction.
        schema: as the database has it.
        demands: what rows have to keep beside the schema, by table.

    """

    connection: Connection
    schema: Schema
    demands: Mapping[str, Sequence[Demand]]


def fill(
    connection: Connection,
    schema: Schema,
    count: int = 3,
    *,
    tables: Collection[str] | None = None,
    demands: Mapping[str, Sequence[Demand]] | None = None,
) -> list[Unfilled]:
    """Put rows into every table that has none; give the tables that take none, with the reason.

    The first row has a value in every column, the second NULL wherever that is allowed, and so on
    in turn. References between tables are real, cycles and self-references too.

    Args:
        connection: in a transaction; the caller commits.
        schema: what the database was made from.
        count: how many rows a table gets, where uniques and checks allow as many.
        tables: only these.
        demands: what rows have to keep beside the schema, by table.

    """
    there = schema.on(connection.dialect.name)
    filling = _Filling(connection, there, demands or {})
    wanted = [t for t in referred_first(there) if tables is None or t in tables]
    reasons: dict[str, str] = {}
    filled: set[str] = set()
    defer(connection, on=True)
    for table in wanted:
        try:
            with connection.begin_nested():
                if not _count(connection, table):
                    reasons[table] = _fill_table(filling, table, count)
                    filled.add(table)
        except DBAPIError as error:  # the database is not as the schema has it
            reasons[table] = _said(error)
    reasons |= remove_broken(connection, there, filled)
    defer(connection, on=False)
    return list(_unfilled(filling, filled, reasons))


def _unfilled(
    filling: _Filling, filled: Collection[str], reasons: Mapping[str, str]
) -> Iterator[Unfilled]:
    there = {table for table in filled if _count(filling.connection, table)}
    empty = reasons.keys() - there
    for table in reasons:
        if table in empty:
            targets = ", ".join(empty_targets(filling.schema, table, empty - {table}))
            reason = f"it refers to {targets}, which has no row" if targets else reasons[table]
            yield Unfilled(table, reason)


def _count(connection: Connection, table: str) -> int:
    query = f"SELECT count(*) FROM {quoted(table)}".replace(":", "\\:")
    return int(connection.execute(text(query)).scalar() or 0)


def _fill_table(filling: _Filling, table: str, count: int) -> str:
    """Fill a table; give what was last said against a row."""
    view = filling.schema.view(table)
    columns = [c for c in view.columns if c.generated is None and not c.identity]
    refused = ""
    for row in range(count):
        refused = _find_row(filling, view, _choices(filling, view, columns, row)) or refused
    return refused


def _choices(
    filling: _Filling, view: View, columns: list[Column], row: int
) -> dict[str, list[Value]]:
    """Give what each column could hold in the row of this number, the likeliest first."""
    dialect = filling.connection.dialect.name
    choices = {c.name: candidates(c, filling.schema, dialect, row) for c in columns}
    none: list[Value] = [None]
    for column in columns:
        if column.nullable:
            plain = choices[column.name]
            choices[column.name] = none + plain if row % 3 == 1 else plain + none
    for key in view.foreign_keys:
        refer(filling.connection, filling.schema, key, row, choices)
    return choices


def _find_row(filling: _Filling, view: View, choices: Mapping[str, list[Value]]) -> str:
    """Insert the likeliest row; whatever is refused gets other values, the same ones every time.

    Gives what was said against the last one tried, or nothing when a row is in.
    """
    rng = random.Random(view.name)  # noqa: S311 - seeded, so no secret
    values = {name: found[0] for name, found in choices.items()}
    said = ""
    for _ in range(_TRIES):
        said, columns = _refused(filling, view, values)
        if not said:
            return ""
        for name in columns:
            if name in choices:
                values[name] = rng.choice(choices[name])
    return said


def _refused(
    filling: _Filling, view: View, values: Mapping[str, Value]
) -> tuple[str, Collection[str]]:
    """Insert a row; give what is said against it, if anything is, and the columns to blame."""
    savepoint = filling.connection.begin_nested()
    try:
        _insert(filling.connection, view.name, values)
        for demand in filling.demands.get(view.name, ()):
            if filling.connection.execute(text(demand.query.replace(":", "\\:"))).first():
                savepoint.rollback()
                return demand.name, demand.columns or values.keys()
        savepoint.commit()
    except DBAPIError as error:
        savepoint.rollback()
        said = _said(error)
        blamed = [check for check in view.checks if check.name in said]
        names = frozenset[str]().union(*(sql.identifiers(check.sql) for check in blamed))
        return said, sorted(names) or values.keys()
    return "", ()


def _insert(connection: Connection, table: str, values: Mapping[str, Value]) -> None:
    names = ", ".join(map(quoted, values)).replace(":", "\\:")
    marks = ", ".join(f":v{i}" for i in range(len(values)))
    into = f"INSERT INTO {quoted(table)}".replace(":", "\\:")
    statement = f"{into} ({names}) VALUES ({marks})" if values else f"{into} DEFAULT VALUES"
    given = {f"v{i}": value for i, value in enumerate(values.values())}
    connection.execute(text(statement), given)


def _said(error: DBAPIError) -> str:
    return str(error.orig).strip().split("\n")[0]
