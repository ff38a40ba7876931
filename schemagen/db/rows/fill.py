"""Synthetic rows for every table, as many of its rules kept as can be solved."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from schemagen import sql
from schemagen.db.rows.read import quoted, relation
from schemagen.db.rows.references import defer, empty_targets, refer, referred_first, remove_broken
from schemagen.db.rows.values import candidates
from schemagen.records import record

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from sqlalchemy import Connection

    from schemagen.db.rows.values import Value
    from schemagen.kinds import Column
    from schemagen.schema import Schema, View

_TRIES = 300


@record
class Unfilled:
    """A table that has no row.

    Args:
        table: its name.
        reason: why, in one line.

    """

    table: str
    reason: str


@record
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


@record
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
    defer(connection, on=True)
    left = _fill_tables(filling, wanted, count, reasons)
    filled = reasons.keys() - left
    reasons |= remove_broken(connection, there, filled)
    defer(connection, on=False)
    lasting = {table for table in filled if _count(connection, table)}
    return list(_unfilled(filling, reasons.keys() - lasting, reasons))


def _fill_tables(
    filling: _Filling, tables: list[str], count: int, reasons: dict[str, str]
) -> set[str]:
    """Fill tables that are empty; give those that still are, each with its reason in `reasons`.

    What found no row to refer to is tried again, as long as others were filled meanwhile.
    """
    left, before = tables, len(tables) + 1
    while len(left) < before:
        before = len(left)
        left = [table for table in left if not _is_filled(filling, table, count, reasons)]
    return set(left)


def _is_filled(filling: _Filling, table: str, count: int, reasons: dict[str, str]) -> bool:
    """Fill a table, unless it has rows; say whether it has some now."""
    connection = filling.connection
    try:
        with connection.begin_nested():
            if table not in reasons and _count(connection, table):
                return True
            reasons[table] = _fill_table(filling, table, count)
            return bool(_count(connection, table))
    except DBAPIError as error:  # the database is not as the schema has it
        reasons[table] = _said(error)
        return False


def _unfilled(
    filling: _Filling, empty: Collection[str], reasons: Mapping[str, str]
) -> Iterator[Unfilled]:
    for table in reasons:
        if table in empty:
            targets = ", ".join(empty_targets(filling.schema, table, {*empty} - {table}))
            reason = f"it refers to {targets}, which has no row" if targets else reasons[table]
            yield Unfilled(table, reason)


def _count(connection: Connection, table: str) -> int:
    query = f"SELECT count(*) FROM {relation(table)}".replace(":", "\\:")
    return int(connection.execute(text(query)).scalar() or 0)


def _fill_table(filling: _Filling, table: str, count: int) -> str:
    """Fill a table; give what was last said against a row."""
    view = filling.schema.view(table)
    columns = [c for c in view.columns if not (c.generated or c.identity or c.is_serial)]
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
    into = f"INSERT INTO {relation(table)}".replace(":", "\\:")
    statement = f"{into} ({names}) VALUES ({marks})" if values else f"{into} DEFAULT VALUES"
    given = {f"v{i}": value for i, value in enumerate(values.values())}
    connection.execute(text(statement), given)


def _said(error: DBAPIError) -> str:
    return str(error.orig).strip().split("\n")[0]
