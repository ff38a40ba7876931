"""Constraints as `sa.…Constraint(...)`, and the options of a table."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING

from schemagen import qualified, sql
from schemagen.expr import Call, Group, Pairs, call, escaped, text
from schemagen.exprs.indexes import item_sql
from schemagen.kinds import (
    Check,
    Element,
    Exclusion,
    ForeignKey,
    Index,
    Obj,
    PrimaryKey,
    Table,
    Unique,
)
from schemagen.sql import portable

if TYPE_CHECKING:
    from schemagen.expr import Expr


@singledispatch
def constraint_expr(obj: Obj) -> Call:
    """Write a constraint as an item of a table."""
    raise NotImplementedError(obj.kind)


@constraint_expr.register(PrimaryKey)
def _(obj: PrimaryKey) -> Call:
    return call("sa.PrimaryKeyConstraint", *obj.columns, name=obj.name, **key_options(obj))


@constraint_expr.register(Unique)
def _(obj: Unique) -> Call:
    return call("sa.UniqueConstraint", *obj.columns, name=obj.name, **key_options(obj))


@constraint_expr.register(Check)
def _(obj: Check) -> Call:
    return call("sa.CheckConstraint", escaped(portable(obj.sql)), name=obj.name)


@constraint_expr.register(ForeignKey)
def _(obj: ForeignKey) -> Call:
    there = obj.references
    targets = tuple(f"{there.table}.{column}" for column in there.columns)
    ends: tuple[Expr, Expr] = (tuple(obj.columns), targets)
    return call("sa.ForeignKeyConstraint", *ends, name=obj.name, **foreign_key_options(obj))


@constraint_expr.register(Exclusion)
def _(obj: Exclusion) -> Call:
    items: list[Expr] = [Group((_element(item), item.with_)) for item in obj.items]
    options: dict[str, Expr] = {"using": obj.using, "name": obj.name}
    if obj.where:
        options["where"] = text(portable(obj.where))
    return call("postgresql.ExcludeConstraint", *items, **options, **_deferrable(obj.deferrable))


def _element(item: Element) -> Expr:
    said = item_sql(item, "postgresql")
    return item.column if item.column is not None and said == sql.quote(item.column) else text(said)


def exclusion_sql(obj: Exclusion) -> str:
    """Write what comes after ADD CONSTRAINT and the name."""
    items = ", ".join(f"{item_sql(item, 'postgresql')} WITH {item.with_}" for item in obj.items)
    words = [f"EXCLUDE USING {sql.quote(obj.using)} ({items})"]
    words += [f"WHERE ({portable(obj.where)})"] if obj.where else []
    words += [f"DEFERRABLE INITIALLY {obj.deferrable.upper()}"] if obj.deferrable else []
    return " ".join(words)


def added_sql(obj: Check | ForeignKey) -> str:
    """Write ALTER TABLE with a constraint that CREATE TABLE cannot hold."""
    here = f"ALTER TABLE {qualified.quote(obj.table)} ADD CONSTRAINT {sql.quote(obj.name)}"
    if isinstance(obj, Check):
        said = f"CHECK ({portable(obj.sql)}){' NO INHERIT' * obj.no_inherit}"
    else:
        there = obj.references
        said = f"FOREIGN KEY ({_listed(obj.columns)}) REFERENCES {qualified.quote(there.table)}"
        said += f" ({_listed(there.columns)})"
        said += f" MATCH {obj.match.upper()}" if obj.match else ""
        said += f" ON DELETE {obj.on_delete.upper()}" if obj.on_delete else ""
        said += f" ON UPDATE {obj.on_update.upper()}" if obj.on_update else ""
        said += f" DEFERRABLE INITIALLY {obj.deferrable.upper()}" if obj.deferrable else ""
    return f"{here} {said}{' NOT VALID' * obj.not_valid}"


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(map(sql.quote, names))


def comment_sql(obj: Obj) -> str:
    """Write COMMENT ON a constraint or an index."""
    name, said = sql.quote(obj.name), getattr(obj, "comment", None)
    what = f"CONSTRAINT {name} ON {qualified.quote(obj.table)}"
    if isinstance(obj, Index):
        what = f"INDEX {qualified.quote_part(obj.table, obj.name)}"
    return f"COMMENT ON {what} IS {'NULL' if said is None else sql.literal(said)}"


def key_options(key: PrimaryKey | Unique) -> dict[str, Expr]:
    """Give the keywords of a primary key, or of a unique constraint."""
    options = _deferrable(key.deferrable)
    if isinstance(key, Unique) and not key.nulls_distinct:
        options["postgresql_nulls_not_distinct"] = True
    if key.include:
        options["postgresql_include"] = tuple(key.include)
    return options


def foreign_key_options(key: ForeignKey) -> dict[str, Expr]:
    """Give the keywords of a foreign key."""
    said = {"ondelete": key.on_delete, "onupdate": key.on_update, "match": key.match}
    options: dict[str, Expr] = {name: value.upper() for name, value in said.items() if value}
    return {**options, **_deferrable(key.deferrable)}


def _deferrable(deferrable: str | None) -> dict[str, Expr]:
    return {"deferrable": True, "initially": deferrable.upper()} if deferrable else {}


def table_kwargs(table: Table, dialect: str | None) -> dict[str, Expr]:
    """Give the keywords of `op.create_table` and `sa.Table`."""
    options = table.options
    said: dict[str, Expr] = {}
    if dialect != "sqlite":
        said["comment"] = table.comment
        said["schema"] = qualified.namespace(table.name) or None
        said["postgresql_with"] = Pairs(tuple(options.with_.items())) if options.with_ else None
        said["postgresql_tablespace"] = options.tablespace
    if dialect != "postgresql":
        said["sqlite_strict"] = options.strict or None
        said["sqlite_with_rowid"] = False if options.without_rowid else None
        said["sqlite_autoincrement"] = options.autoincrement or None
    return {name: value for name, value in said.items() if value is not None}
