"""Queries that find, in a database before a revision, the rows that stand in its way.

They only read. They call tables and columns as the database still does, and show them to the
user's SQL as the revision will: renamed, and with new columns filled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import sql
from schemagen.exprs import default_sql, portable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from schemagen.kinds import Column, Enum, Key
    from schemagen.lint.views import DiffView


def rows(view: DiffView, table: str, using: Iterable[str] = ()) -> str:
    """Write what stands after FROM to have a table as the revision will see it.

    Args:
        view: the diff.
        table: the table, as it is called in the end.
        using: the columns that the query speaks of.

    """
    alias, whole = sql.quote(table), sql.quote(view.table_was(table))
    wanted = [column for column in view.table(table).columns if column.name in set(using)]
    moved = [f"{sql.quote(was)} AS {sql.quote(c.name)}" for c in wanted if (was := _was(view, c))]
    found = whole if alias == whole else f"{whole} AS {alias}"
    if moved:
        found = f"(SELECT {alias}.*, {', '.join(moved)} FROM {found}) AS {alias}"
    fresh = [c for c in wanted if view.is_new(c.key) and table not in view.fresh]
    filled = [f"{fill(view, c) or _null(c)} AS {sql.quote(c.name)}" for c in fresh]
    if filled:
        found = f"(SELECT {alias}.*, {', '.join(filled)} FROM {found}) AS {alias}"
    return found


def fill(view: DiffView, column: Column) -> str:
    """Write the value that the rows which exist get in a column; nothing when that is NULL."""
    said = view.direction(column).backfill_on(view.dialect)
    return f"({portable(said)})" if said else default_sql(column, view.dialect) or ""


def rows_with(view: DiffView, enum: Enum, value: str) -> str:
    """Write a query for the rows that have a value of an enum."""
    found = [
        f"SELECT {sql.literal(f'{c.table}.{c.name}')} AS place "
        f"FROM {sql.quote(view.table_was(c.table))} "
        f"WHERE {sql.quote(_was(view, c) or c.name)} = {sql.literal(value)}"
        for c in view.whole.columns_of(enum.name)
        if not view.is_new(c.key) and c.table not in view.fresh and not (c.spec and c.spec.dims)
    ]
    return " UNION ALL ".join(found)


def where(view: DiffView, table: str, using: Iterable[str], condition: str) -> str:
    """Write a query for the rows of a table that meet a condition."""
    return f"SELECT * FROM {rows(view, table, using)} WHERE {condition}"


def _was(view: DiffView, column: Column) -> str:
    """Give the name that a renamed column has before; empty when it is the same."""
    key = column.key
    old = view.was.get(key)
    return old.name if old and old.name != key.name else ""


def _null(column: Column) -> str:
    kind = column.type if column.spec and column.spec.logical else sql.quote(column.type)
    return f"CAST(NULL AS {kind})"


def columns(keys: Iterable[Key], table: str) -> list[str]:
    """Give the names of those keys that are columns of a table."""
    return [key.name for key in keys if key.kind == "column" and key.table == table]
