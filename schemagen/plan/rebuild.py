"""One rebuild of an SQLite table for all its changes that have no native statement.

The new table comes from our own model and never from reflection; the rows are copied once. The
helpers that it calls stand at the end of each revision that needs them (`templates/`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import exprs, sql
from schemagen.changes import Add, Alter, Change, Drop, Rename
from schemagen.expr import Lines, Name, call
from schemagen.kinds import Column, Index, Key
from schemagen.plan import fills, operations, sqlite_casts, sqlite_fits
from schemagen.plan.describe import describe
from schemagen.plan.steps import Assign, Step, execute
from schemagen.plan.strategies.foreign_keys import orphaned
from schemagen.plan.tables import table_call
from schemagen.plan.values import mapped, text_mapping
from schemagen.renames import collapse
from schemagen.sql import portable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from schemagen.plan.context import Context
    from schemagen.plan.steps import Statement
    from schemagen.schema import View

_PIECE = 70  # characters


def rebuild(
    ctx: Context,
    old: View,
    vacated: Iterable[str],
    changes: Sequence[Change],
    new: set[str],
) -> Step:
    """Write the rebuild of a table.

    Args:
        ctx: the way.
        old: the table when the rebuild starts, renames done.
        vacated: columns that it still has, which only wait to be dropped.
        changes: what the rebuild does, for its comment.
        new: tables that this way creates.

    """
    table, aside = old.name, _aside(ctx, old.name)
    live: dict[str, Column | None] = {c.name: c for c in old.columns}
    live.update(dict.fromkeys(vacated))
    remarks: list[str] = []
    values = {**_rowid(ctx, old, live), **dict(_values(ctx, table, live, new, remarks))}
    code: list[Statement] = [
        Assign("own", call("_begin_rebuild", table, tuple(live), *_gone(ctx, table, changes))),
        *_fits(ctx, table, live, values),
        table_call(ctx.goal, table, aside, "sqlite", set()),
        _copy(ctx, table, aside, values),
    ]
    if old.table.options.autoincrement and ctx.goal.tables[table].options.autoincrement:
        code += _sequence(table, aside)
    code += [
        call("_check_copy", table, aside),
        call("op.drop_table", table),
        call("op.rename_table", aside, table),
    ]
    code += [operations.create_index(index, "sqlite") for index in ctx.goal.view(table).indexes]
    code.append(call("_end_rebuild", Name("own")))
    comments = (f"rebuild table {table}:", *_said(changes), *remarks)
    return Step(tuple(code), comments, table, work="rewrite")


def _gone(ctx: Context, table: str, changes: Iterable[Change]) -> list[str]:
    """Name the table's indexes that do not come back; the rebuild keeps those of the user's own."""
    kept = {index.name for index in ctx.goal.view(table).indexes}
    olds = (change.old for change in changes if isinstance(change, (Drop, Rename)))
    names = (old.name for old in olds if isinstance(old, Index))
    return [name for name in dict.fromkeys(names) if name not in kept]


def _aside(ctx: Context, table: str) -> str:
    name = f"_{table}_new"
    while name in ctx.start.tables or name in ctx.goal.tables:
        name = f"_{name}"
    return name


def _rowid(ctx: Context, old: View, live: Iterable[str]) -> dict[str, str]:
    """Keep the rows' own numbers, which views and programs may know, where no key holds them."""
    new = ctx.goal.view(old.name)
    if old.table.options.without_rowid or new.table.options.without_rowid or _is_numbered(ctx, new):
        return {}
    taken = {name.lower() for name in (*live, *new.column_names)}
    free = [name for name in ("rowid", "_rowid_", "oid") if name not in taken]
    return {free[0]: free[0]} if free else {}


def _is_numbered(ctx: Context, view: View) -> bool:
    """Say whether the primary key is the rowid: one column, and an INTEGER."""
    key = view.primary_key.columns if view.primary_key else ()
    column = ctx.goal.get(Key("column", view.name, key[0])) if len(key) == 1 else None
    if not isinstance(column, Column):
        return False
    return exprs.type_expr(column, ctx.goal, "sqlite") == call("sa.Integer")


def _copy(ctx: Context, table: str, aside: str, values: Mapping[str, str]) -> Statement:
    """Copy the rows; where no column takes a value from them, one is given its own."""
    values = values or _some_value(ctx, table)
    return execute(
        f"INSERT INTO {sql.quote(aside)} (",
        *_folded([sql.quote(name) for name in values]),
        ") SELECT ",
        *_folded(list(values.values())),
        f" FROM {sql.quote(table)}",
    )


def _some_value(ctx: Context, table: str) -> dict[str, str]:
    own = (column for column in ctx.goal.view(table).columns if column.generated is None)
    return {c.name: exprs.default_sql(c, "sqlite") or "NULL" for c in own}


def _folded(items: Sequence[str]) -> Iterator[str]:
    """Give a list in pieces of about a line each."""
    piece = ""
    for i, item in enumerate(items):
        said = item + (", " if i + 1 < len(items) else "")
        if piece and len(piece) + len(said) > _PIECE:
            yield piece
            piece = ""
        piece += said
    yield piece


def _values(
    ctx: Context,
    table: str,
    live: Mapping[str, Column | None],
    new: set[str],
    remarks: list[str],
) -> Iterator[tuple[str, str]]:
    """Give each column of the new table that the copy fills, with the SQL of its value."""
    keys = ctx.goal.view(table).foreign_keys
    lost = {c.key for key in keys for c in orphaned(ctx, key, new)}
    for column in ctx.goal.view(table).columns:
        if column.generated is not None:
            continue
        old = live.get(column.name)
        if column.key in lost:
            remarks.append(f"{column.name} refers to what comes back empty: it becomes NULL")
            yield column.name, "NULL"
        elif fill := fills.fill(ctx, column) if old is None else _kept(ctx, old, column):
            remarks += [fill.remark] if fill.remark else []
            yield column.name, fill.value


def _fits(
    ctx: Context, table: str, live: Mapping[str, Column | None], values: Mapping[str, str]
) -> Iterator[Statement]:
    """Look for values that do not fit the new types of their columns."""
    for column in ctx.goal.view(table).columns:
        old = live.get(column.name)
        if old is None or old.type == column.type or values.get(column.name, "NULL") == "NULL":
            continue
        known = None if _using(ctx, old, column) else old
        rows = sqlite_fits.misfits(table, live, known, column, _converted(ctx, old, column))
        if rows:
            problem = f"{column.name} does not fit {column.type}"
            yield call("_check_fit", table, problem, Lines(rows))


def _using(ctx: Context, old: Column, new: Column) -> str | None:
    return ctx.direction(new).using_on(ctx.way, "sqlite") if old.type != new.type else None


def _converted(ctx: Context, old: Column, new: Column) -> str:
    """Give the value of a column that stays, in its new type."""
    said = _using(ctx, old, new)
    value = portable(said) if said else sqlite_casts.cast(old, new, sql.quote(new.name))
    return mapped(value, text_mapping(ctx, new))


def _kept(ctx: Context, old: Column, new: Column) -> fills.Fill:
    """Give the value of a column that stays, in its new type and under its new constraints."""
    value = _converted(ctx, old, new)
    if old.nullable and not new.nullable and (fill := fills.tightened(ctx, new)):
        return fills.Fill(f"coalesce({value}, {fill.value})", fill.remark)
    return fills.Fill(value)


def _sequence(table: str, aside: str) -> Iterator[Statement]:
    """Keep the counter of AUTOINCREMENT."""
    old, new = sql.literal(table), sql.literal(aside)
    yield execute(f"DELETE FROM sqlite_sequence WHERE name = {new}")
    yield execute(
        "INSERT INTO sqlite_sequence (name, seq) ",
        f"SELECT {new}, seq FROM sqlite_sequence WHERE name = {old}",
    )


def _said(changes: Sequence[Change]) -> list[str]:
    """Say each change once: a Drop and an Add of one object are one change."""
    dropped: dict[Key, Drop] = {c.old.key: c for c in changes if isinstance(c, Drop)}
    added = {c.new.key for c in changes if isinstance(c, Add)}
    said: list[str] = []
    for change in collapse(changes):
        if isinstance(change, Drop) and change.old.key in added:
            continue
        if isinstance(change, Add) and (drop := dropped.get(change.new.key)):
            if drop.old != change.new:
                said.append(f"- {describe(Alter(drop.old, change.new))}")
        else:
            said.append(f"- {describe(change)}")
    return said
