"""Queries that find, in a database before a revision, the rows that stand in its way.

They only read. They call tables and columns as the database still does, and show them to the
user's SQL as the revision will: renamed, and with new columns filled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import qualified, sql
from schemagen.exprs import default_sql
from schemagen.kinds import Column
from schemagen.plan import sqlite_casts, sqlite_fits
from schemagen.qualified import bare
from schemagen.sql import portable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from schemagen.kinds import Enum, Key
    from schemagen.lint.views import DiffView


def rows(view: DiffView, table: str, using: Iterable[str] = (), *, raw: bool = False) -> str:
    """Write what stands after FROM to have a table as the revision will see it.

    Args:
        view: the diff.
        table: the table, as it is called in the end.
        using: the columns that the query speaks of.
        raw: leave values in the types that they have before.

    """
    alias, whole = sql.quote(bare(table)), qualified.quote(view.table_was(table))
    wanted = set(using)
    pairs = [(c, before(view, c)) for c in view.table(table).columns]
    plain = [(c, old, raw or c.name not in wanted) for c, old in pairs if old]
    shown = [(c.name, _value(view, c, old, raw=as_is)) for c, old, as_is in plain]
    found = whole if alias == whole else f"{whole} AS {alias}"
    if any(name in wanted and value != sql.quote(name) for name, value in shown):
        listed = ", ".join(_named(value, name) for name, value in shown)
        found = f"(SELECT {listed} FROM {found}) AS {alias}"
    come = [c for c, old in pairs if old is None and table not in view.fresh]
    fresh = [c for c in come if c.name in wanted]
    filled = [f"{fill(view, c) or _null(c)} AS {sql.quote(c.name)}" for c in fresh]
    if filled:
        found = f"(SELECT {alias}.*, {', '.join(filled)} FROM {found}) AS {alias}"
    return found


def before(view: DiffView, column: Column) -> Column | None:
    """Give a column as it is before, under the name that it has there; None where it is new."""
    key = view.was.get(column.key, column.key)
    old = view.before.get(key._replace(table=view.table_was(column.table)))
    return old if isinstance(old, Column) and not view.is_new(column.key) else None


def _value(view: DiffView, column: Column, old: Column, *, raw: bool) -> str:
    name = sql.quote(old.name)
    if raw or not _is_other(old, column):
        return name
    if said := using(view, column, old):
        return f"({said})"
    known = column.spec.logical if column.spec else None
    is_number = known is not None and known.family == "number"
    return f"CAST({name} AS {_type(column)})" if view.is_postgresql or is_number else name


def using(view: DiffView, column: Column, old: Column) -> str:
    """Write the user's own cast of a column by the name that it has before, if there is one."""
    said = view.direction(column).using_on("up", view.dialect)
    return portable(sql.rename(said, column.name, old.name)) if said else ""


def unfit(view: DiffView, column: Column) -> str:
    """Write a query for the rows before which a rebuild on SQLite stops, if there can be any."""
    if (old := before(view, column)) is None:
        return ""
    new = column.model_copy(update={"table": old.table, "name": old.name})
    said = using(view, column, old)
    value = said or sqlite_casts.cast(old, new, sql.quote(old.name))
    taken = view.before.view(old.table).column_names
    return "".join(sqlite_fits.misfits(old.table, taken, None if said else old, new, value))


def _is_other(old: Column, new: Column) -> bool:
    """Say whether values of one type cannot be compared as those of the other."""
    mine, theirs = (c.spec.logical if c.spec else None for c in (old, new))
    if mine is None or theirs is None:
        return old.type != new.type
    return mine.name != theirs.name and (mine.family, theirs.family) != ("text", "text")


def _named(value: str, name: str) -> str:
    return value if value == sql.quote(name) else f"{value} AS {sql.quote(name)}"


def fill(view: DiffView, column: Column) -> str:
    """Write the value that the rows which exist get in a column; nothing when that is NULL."""
    said = view.direction(column).backfill_on(view.dialect)
    return f"({portable(said)})" if said else default_sql(column, view.dialect) or ""


def rows_with(view: DiffView, enum: Enum, value: str) -> str:
    """Write a query for the rows that have a value of an enum."""
    found = [
        f"SELECT {sql.literal(f'{c.table}.{c.name}')} AS place "
        f"FROM {qualified.quote(old.table)} WHERE {sql.quote(old.name)} = {sql.literal(value)}"
        for c in view.whole.columns_of(enum.name)
        if (old := before(view, c)) and not (old.spec and old.spec.dims) and _is_enum(view, old)
    ]
    return " UNION ALL ".join(found)


def _is_enum(view: DiffView, old: Column) -> bool:
    whole = view.whole_before.get(old.key)
    return isinstance(whole, Column) and whole.enum(view.whole_before) is not None


def where(
    view: DiffView, table: str, using: Iterable[str], condition: str, *, raw: bool = False
) -> str:
    """Write a query for the rows of a table that meet a condition."""
    return f"SELECT * FROM {rows(view, table, using, raw=raw)} WHERE {condition}"


def _null(column: Column) -> str:
    return f"CAST(NULL AS {_type(column)})"


def _type(column: Column) -> str:
    spec = column.spec
    if spec is None or spec.logical is not None:
        return column.type
    return qualified.quote(spec.name) + "[]" * spec.dims


def columns(keys: Iterable[Key], table: str) -> list[str]:
    """Give the names of those keys that are columns of a table."""
    return [key.name for key in keys if key.kind == "column" and key.table == table]
