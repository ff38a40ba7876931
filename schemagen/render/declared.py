"""What a MetaData holds, as expression trees: for one database, or for both at once.

For both, what the databases have in different words is written so that each takes its own: a type
with a variant, an SQL text per dialect, or two objects of one name with `ddl_if`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import exprs
from schemagen.expr import Call, Expr, Pairs, call
from schemagen.exprs import EnumForms, serves_both
from schemagen.kinds import Column, Index, Obj, Table
from schemagen.plan.operations import is_apart
from schemagen.plan.physical import stored
from schemagen.types import DIALECTS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from schemagen.kinds import Enum, Key
    from schemagen.schema import Schema, View

    Refer = Callable[[str], Expr]


def native(enum: Enum, **more: Expr) -> Call:
    """Write a type that `create_all` creates; `more` are further keywords."""
    return call("postgresql.ENUM", *enum.values, **exprs.enum_name(enum), **more)


PLAIN = EnumForms(native, lambda _, kind: kind)


def unused_types(schema: Schema, dialect: str | None) -> list[Enum]:
    """Give the enums whose types no column would create."""
    if dialect == "sqlite":
        return []
    there = schema.on("postgresql")
    enums = (enum for enum in there.enums.values() if enum.storage is None)
    return [enum for enum in enums if not there.columns_of(enum.name)]


def sequences(schema: Schema, dialect: str | None, metadata: Expr) -> list[Call]:
    """Give the sequences, for PostgreSQL to create."""
    there = {} if dialect == "sqlite" else schema.on("postgresql").sequences
    return [exprs.sequence_expr(each, metadata=metadata) for each in there.values()]


def table_options(table: Table, dialect: str | None) -> dict[str, Expr]:
    """Give the keywords of a table, `info` with the dialect that it is kept to among them."""
    options: dict[str, Expr] = {}
    for each in (dialect,) if dialect else DIALECTS:
        options |= exprs.table_kwargs(table.on(each), each)
    return options | _kept_to(table.only_on if dialect is None else None)


def column(column: Column, schema: Schema, dialect: str | None, enums: EnumForms) -> Call:
    """Write `sa.Column(...)`."""
    table = schema.tables[column.table]
    if dialect := dialect or table.only_on:
        return exprs.column_expr(
            _there(column, schema, dialect), schema.on(dialect), dialect, enums
        )
    if serves_both(column) and serves_both(table):
        return exprs.column_expr(column, schema, None, enums)
    lite, own = (
        exprs.column_expr(_there(column, schema, each), schema.on(each), each, enums)
        for each in DIALECTS
    )
    return _both(lite, own)


def _there(column: Column, schema: Schema, dialect: str) -> Column:
    return (schema.on_sqlite(column) if dialect == "sqlite" else column).on(dialect)


def _both(lite: Call, own: Call) -> Call:
    """Lay SQLite's column and PostgreSQL's over each other."""
    name, kind, *marks = own.args
    of_lite = lite.args[1]
    if of_lite != kind:
        assert isinstance(of_lite, Call)  # noqa: S101 - a type is a call
        kind = of_lite.then("with_variant", kind, "postgresql")
    here, there = dict(lite.kwargs), dict(own.kwargs)
    options = {**here, **there}
    fetched = there.get("server_default") == call("sa.FetchedValue")
    if any(_fills(m) for m in marks):  # beside which SQLAlchemy takes no default
        options.pop("server_default", None)
    elif here.get("server_default") != there.get("server_default") and not fetched:
        options["server_default"] = _words(here.get("server_default"), there.get("server_default"))
    if here["nullable"] != there["nullable"]:
        nullable = Pairs((("sqlite", here["nullable"]), ("postgresql", there["nullable"])))
        options |= {"nullable": True, "info": Pairs((("nullable", nullable),))}
    generated = _generated(lite, own)
    marks = [m for m in marks if not _is_computed(m)] + ([generated] if generated else [])
    return Call(own.func, (name, kind, *marks), tuple(options.items()))


def _words(lite: Expr, own: Expr) -> Call:
    null = call("sa.text", "NULL")
    return call("PerDialect", sqlite=lite or null, postgresql=own or null)


def _fills(mark: Expr) -> bool:
    identity = isinstance(mark, Call) and mark.func == call("sa.Identity").func
    return identity or _is_computed(mark)


def _is_computed(mark: Expr) -> bool:
    return isinstance(mark, Call) and mark.func == call("sa.Computed").func


def _generated(lite: Call, own: Call) -> Call | None:
    """Write how the column is generated, if PostgreSQL generates it."""
    here = next((m for m in lite.args if isinstance(m, Call) and _is_computed(m)), None)
    there = next((m for m in own.args if isinstance(m, Call) and _is_computed(m)), None)
    if here is None or there is None or here.args == there.args:
        return there
    texts = (call("sa.text", each.args[0]) for each in (here, there))
    return Call(there.func, (_words(*texts),), there.kwargs)


def constraints(
    view: View, schema: Schema, dialect: str | None, late: Collection[Key]
) -> Iterator[Call]:
    """Write the constraints, the primary key first; `late` foreign keys close a circle."""

    def write(obj: Obj, _: str | None) -> Call:
        made = exprs.constraint_expr(obj)
        after: tuple[tuple[str, Expr], ...] = (("use_alter", True),) if obj.key in late else ()
        return Call(made.func, made.args, (*made.kwargs, *after))

    if key := view.primary_key:
        # SQLite could not read DEFERRABLE; of a model, it is no matter.
        bare = key if dialect == "postgresql" else key.model_copy(update={"deferrable": None})
        yield exprs.constraint_expr(bare.on(dialect) if dialect else bare)
    for part in (*view.foreign_keys, *view.uniques, *view.checks, *view.exclusions):
        if dialect == "postgresql" and is_apart(part.on(dialect)):
            continue  # it comes once the tables are there
        yield from _forms(part, schema, dialect, write)


def indexes(view: View, schema: Schema, dialect: str | None, refer: Refer) -> Iterator[Call]:
    """Write the indexes; `refer` gives a column that an item is bound to."""

    def write(obj: Obj, each: str | None) -> Call:
        assert isinstance(obj, Index)  # noqa: S101 - what view.indexes holds
        return exprs.index_expr(obj, each, refer)

    for index in view.indexes:
        yield from _forms(index, schema, dialect, write)


def _forms(
    obj: Obj, schema: Schema, dialect: str | None, write: Callable[[Obj, str | None], Call]
) -> Iterator[Call]:
    """Write an object for one dialect; or once for both, or once for each."""
    if dialect is None and serves_both(obj):
        yield write(obj, None)
        return
    made = {
        each: write(form, each)
        for each in ((dialect,) if dialect else DIALECTS)
        if obj.exists_on(each) and (form := stored(obj, schema.on(each), each)) is not None
    }
    if dialect or (len(made) > 1 and len(set(made.values())) == 1):
        yield from list(made.values())[:1]
        return
    for each, item in made.items():
        kept = {**dict(item.kwargs), **_kept_to(each)}
        yield Call(item.func, item.args, tuple(kept.items())).then("ddl_if", dialect=each)


def _kept_to(dialect: str | None) -> dict[str, Expr]:
    return {"info": Pairs((("only", dialect),))} if dialect else {}
