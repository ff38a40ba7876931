"""Alembic's operations as expressions, one function each, for one dialect or for both (None)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import exprs, qualified, sql
from schemagen.expr import Call, call, text
from schemagen.kinds import Check, Exclusion, ForeignKey, PrimaryKey, Unique
from schemagen.plan.steps import execute

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemagen.expr import Expr
    from schemagen.kinds import Column, Index, Obj

_TYPES = {"primary_key": "primary", "foreign_key": "foreignkey", "unique": "unique"}


def inside(table: str) -> dict[str, Expr]:
    """Give the keyword that says in which schema a table is; none where names need no schema."""
    schema = qualified.namespace(table)
    return {"schema": schema} if schema else {}


def create_table(name: str, items: Sequence[Expr], options: dict[str, Expr]) -> Call:
    """Write `op.create_table`."""
    return call("op.create_table", qualified.bare(name), *items, **options)


def drop_table(table: Obj) -> Call:
    """Write `op.drop_table`."""
    return call("op.drop_table", qualified.bare(table.name), **inside(table.name))


def drop_column(column: Column) -> Call:
    """Write `op.drop_column`."""
    table = column.table
    return call("op.drop_column", qualified.bare(table), column.name, **inside(table))


def create_index(index: Index, dialect: str | None) -> Call:
    """Write `op.create_index`."""
    return exprs.create_index_expr(index, dialect)


def alter_column(column: Column, **changes: Expr) -> Call:
    """Write `op.alter_column`."""
    table = column.table
    where = inside(table)
    return call("op.alter_column", qualified.bare(table), column.name, **changes, **where)


def drop_index(index: Index) -> Call:
    """Write `op.drop_index`."""
    table = index.table
    return call("op.drop_index", index.name, table_name=qualified.bare(table), **inside(table))


def create_constraint(obj: Obj) -> Call:
    """Write the `op.create_…` of a constraint."""
    if isinstance(obj, PrimaryKey):
        return create_primary_key(obj)
    if isinstance(obj, Unique):
        return create_unique(obj)
    if isinstance(obj, Check):
        return create_check(obj)
    if isinstance(obj, Exclusion):
        return create_exclusion(obj)
    assert isinstance(obj, ForeignKey)  # noqa: S101 - there are no others
    return create_foreign_key(obj)


def create_primary_key(key: PrimaryKey) -> Call:
    """Write `op.create_primary_key`."""
    table, columns = qualified.bare(key.table), tuple(key.columns)
    if key.include or key.deferrable:  # of which the operation knows nothing
        return execute(
            f"ALTER TABLE {qualified.quote(key.table)} ADD CONSTRAINT {sql.quote(key.name)} ",
            _key_sql(key),
        )
    return call("op.create_primary_key", key.name, table, columns, **inside(key.table))


def create_unique(unique: Unique) -> Call:
    """Write `op.create_unique_constraint`, which knows no columns beyond the key's own."""
    if unique.include:
        return execute(
            f"ALTER TABLE {qualified.quote(unique.table)} ADD CONSTRAINT {sql.quote(unique.name)} ",
            _key_sql(unique),
        )
    options = exprs.key_options(unique)
    table, columns = qualified.bare(unique.table), tuple(unique.columns)
    options |= inside(unique.table)
    return call("op.create_unique_constraint", unique.name, table, columns, **options)


def _key_sql(key: PrimaryKey | Unique) -> str:
    said = "PRIMARY KEY"
    if isinstance(key, Unique):
        said = "UNIQUE" if key.nulls_distinct else "UNIQUE NULLS NOT DISTINCT"
    said += f" ({_listed(key.columns)})"
    said += f" INCLUDE ({_listed(key.include)})" if key.include else ""
    return said + (f" DEFERRABLE INITIALLY {key.deferrable.upper()}" if key.deferrable else "")


def _listed(names: Sequence[str]) -> str:
    return ", ".join(map(sql.quote, names))


def create_check(check: Check) -> Call:
    """Write `op.create_check_constraint`, which knows nothing of NO INHERIT."""
    if check.no_inherit:
        return execute(exprs.added_sql(check))
    condition = text(sql.portable(check.sql))
    table = qualified.bare(check.table)
    options = {**not_valid(check), **inside(check.table)}
    return call("op.create_check_constraint", check.name, table, condition, **options)


def is_apart(obj: Obj) -> bool:
    """Say whether a constraint cannot be a part of CREATE TABLE."""
    return getattr(obj, "not_valid", False) or getattr(obj, "no_inherit", False)


def not_valid(obj: Check | ForeignKey) -> dict[str, Expr]:
    """Give the keyword of a constraint that is not proven for the rows that are there."""
    return {"postgresql_not_valid": True} if obj.not_valid else {}


def create_exclusion(exclusion: Exclusion) -> Call:
    """Write the exclusion constraint; Alembic's operation knows no expressions."""
    table = f"ALTER TABLE {qualified.quote(exclusion.table)}"
    return execute(
        f"{table} ADD CONSTRAINT {sql.quote(exclusion.name)} ",
        exprs.exclusion_sql(exclusion),
    )


def create_foreign_key(key: ForeignKey) -> Call:
    """Write `op.create_foreign_key`."""
    there = key.references
    ends = (tuple(key.columns), tuple(there.columns))
    options = {**exprs.foreign_key_options(key), **not_valid(key)}
    for side, table in (("source", key.table), ("referent", there.table)):
        if schema := qualified.namespace(table):
            options[f"{side}_schema"] = schema
    tables = qualified.bare(key.table), qualified.bare(there.table)
    return call("op.create_foreign_key", key.name, *tables, *ends, **options)


def drop_constraint(obj: Obj) -> Call:
    """Write `op.drop_constraint`."""
    table = qualified.bare(obj.table)
    if isinstance(obj, Exclusion):  # of which Alembic knows no type
        return call("op.drop_constraint", obj.name, table, **inside(obj.table))
    kind = _TYPES.get(obj.kind, obj.kind)
    return call("op.drop_constraint", obj.name, table, type_=kind, **inside(obj.table))
