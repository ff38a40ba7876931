"""Tables that come and go whole: their parts are folded into one create_table or drop_table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import exprs
from schemagen.changes import Add, Alter, Change, Drop, Rename
from schemagen.exprs import serves_both
from schemagen.kinds import (
    Check,
    Column,
    Exclusion,
    ForeignKey,
    Index,
    Key,
    Obj,
    PrimaryKey,
    Table,
    Unique,
)
from schemagen.plan import operations
from schemagen.plan.physical import stored
from schemagen.plan.strategies import serial
from schemagen.records import replace
from schemagen.types import DIALECTS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from schemagen.expr import Call, Expr
    from schemagen.plan.context import Context
    from schemagen.plan.steps import Step
    from schemagen.schema import Schema, View

CONSTRAINTS = (PrimaryKey, ForeignKey, Unique, Check, Exclusion)


def created(changes: Iterable[Change]) -> set[str]:
    """Give the names of the tables that come whole."""
    return {c.new.name for c in changes if isinstance(c, Add) and isinstance(c.new, Table)}


def dropped(changes: Iterable[Change]) -> set[str]:
    """Give the names of the tables that go whole."""
    return {c.old.name for c in changes if isinstance(c, Drop) and isinstance(c.old, Table)}


def with_their_tables(changes: Sequence[Change]) -> set[int]:
    """Give the places of the drops whose table is dropped after them, under the same name."""
    gone: set[str] = set()
    places: set[int] = set()
    for i in reversed(range(len(changes))):
        change = changes[i]
        if isinstance(change, Drop) and isinstance(change.old, Table):
            gone.add(change.old.name)
        elif isinstance(change, Drop) and change.old.table in gone:
            places.add(i)
        elif isinstance(change, Rename):
            gone.discard(change.new.name)
    return places


def late_constraints(ctx: Context, early: Collection[int] = ()) -> set[Key]:
    """Give the constraints that a new table gets by statements of their own.

    CREATE TABLE takes NOT VALID for nothing, and SQLAlchemy's has no NO INHERIT.
    """
    new = created(ctx.changes)
    adds = (c.new for c in ctx.changes if isinstance(c, Add) and c.new.table in new)
    apart = {obj.key for obj in adds if operations.is_apart(ctx.whole(obj).on("postgresql"))}
    return apart | late_foreign_keys(ctx.changes, ctx.goal, early)


def late_foreign_keys(
    changes: Sequence[Change], goal: Schema, early: Collection[int] = ()
) -> set[Key]:
    """Give the foreign keys of new tables that lead to what comes after the table.

    That is so in a cycle, where the target is unique by an index, where it is new in a table that
    was there before, and where the table is among what comes `early`, and the target is not.
    """
    place = {c.new.key: i for i, c in enumerate(changes) if isinstance(c, (Add, Alter))}
    return {
        key.key
        for change in changes
        if isinstance(change, Add) and isinstance(key := change.new, ForeignKey)
        if (table := place.get(Key("table", "", key.table))) is not None
        if any(
            place.get(end, -1) > table or (table in early and place.get(end, table) not in early)
            for end in _ends(key, goal)
        )
    }


def _ends(key: ForeignKey, schema: Schema) -> Iterator[Key]:
    """Give what a foreign key leads to, beyond what its own table is created with."""
    for end in key.needs(schema):
        if end.kind == "index" or (end.table or end.name) != key.table:
            yield end


def early_foreign_keys(changes: Sequence[Change], start: Schema) -> set[Key]:
    """Give the foreign keys of dropped tables whose target changes or goes before the table."""
    place = {c.subject.key: i for i, c in enumerate(changes) if isinstance(c, (Drop, Alter))}
    return {
        key.key
        for change in changes
        if isinstance(change, Drop) and isinstance(key := change.old, ForeignKey)
        if (table := place.get(Key("table", "", key.table))) is not None
        if any(place.get(end, table) < table for end in _ends(key, start))
    }


def inline_checks(
    changes: Iterable[Change], schema: Schema, new: set[str]
) -> dict[Key, list[Check]]:
    """Give the new checks that speak of one new column alone: they come along with it."""
    adds = [c.new for c in changes if isinstance(c, Add) and c.new.table not in new]
    columns = {obj.key for obj in adds if isinstance(obj, Column)}
    found: dict[Key, list[Check]] = {}
    for obj in adds:
        if isinstance(obj, Check) and not operations.is_apart(obj):
            said = {key for key in obj.needs(schema) if key.kind == "column"}
            if len(said) == 1 and said <= columns:
                found.setdefault(said.pop(), []).append(obj)
    return found


def create(ctx: Context, change: Add, late: set[Key]) -> Step:
    """Write the create_table of a new table; one text for both dialects where that can be."""
    name = change.new.name
    schema, dialect = _text(ctx, name)
    return ctx.step(change, table_call(schema, name, name, dialect, late))


def create_index(ctx: Context, change: Add, index: Index, new: set[str]) -> Step:
    """Write the create_index; that of a new table stands below it without a comment."""
    obj, _, dialect = ctx.text_of(index)
    code = operations.create_index(obj, dialect)
    step = ctx.step(change, code)
    return replace(step, comments=()) if index.table in new else step


def _text(ctx: Context, name: str) -> tuple[Schema, str | None]:
    table = ctx.after.tables.get(name)
    shared = table is not None and all(
        ctx.shared(obj) for obj in (table, *ctx.after.view(name).columns)
    )
    return (ctx.after, None) if shared else (serial.spelled(ctx, name), ctx.dialect)


def table_call(schema: Schema, name: str, called: str, dialect: str | None, late: set[Key]) -> Call:
    """Write `op.create_table` of the table `name`, to be created as `called`.

    Args:
        schema: as one dialect stores it, or as it is for both.
        name: the table's name.
        called: the name that it is created under.
        dialect: whose text to write; None for one text that serves both.
        late: foreign keys that PostgreSQL gets afterwards.

    """
    view = schema.view(name)
    items: list[Expr] = [exprs.column_expr(c, schema, dialect) for c in view.columns]
    for part in _constraints(view):
        items += _constraint(part, schema, dialect, late)
    return operations.create_table(called, items, exprs.table_kwargs(view.table, dialect))


def _constraints(view: View) -> list[Obj]:
    key = (view.primary_key,) if view.primary_key else ()
    return [*key, *view.foreign_keys, *view.uniques, *view.checks, *view.exclusions]


def _constraint(part: Obj, schema: Schema, dialect: str | None, late: set[Key]) -> Iterator[Expr]:
    """Write one constraint; in a shared text, one that differs carries `ddl_if`."""
    if dialect is not None:
        if not (dialect == "postgresql" and part.key in late):
            yield exprs.constraint_expr(part)
        return
    if serves_both(part) and part.key not in late:
        yield exprs.constraint_expr(part)
        return
    for each in DIALECTS:
        mine = stored(part, schema, each) if part.exists_on(each) else None
        if mine is not None and not (each == "postgresql" and part.key in late):
            yield exprs.constraint_expr(mine).then("ddl_if", dialect=each)
