"""A unique constraint or a primary key comes to a table with rows: index first, then the name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import exprs, qualified, sql
from schemagen.expr import call
from schemagen.kinds import PrimaryKey, Unique
from schemagen.plan import operations
from schemagen.plan.online.steps import last, own
from schemagen.plan.steps import execute
from schemagen.plan.strategies.build_index import build, repeated
from schemagen.renames import temporary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.changes import Add
    from schemagen.plan.context import Context
    from schemagen.plan.steps import Block, Statement, Step


def build_key(ctx: Context, change: Add, key: PrimaryKey | Unique) -> Iterator[Step]:
    """Build its index concurrently, and make a constraint of it in a moment."""
    yield own(ctx.step(change, index_of(key, key.name)))
    yield last(ctx.step(change, constraint_on(key, key.name)))


def replace_key(
    ctx: Context, change: Add, key: PrimaryKey | Unique, old: PrimaryKey | Unique
) -> Iterator[Step]:
    """Build the new key's index under another name, and let it take the old one's place."""
    name = temporary(key.name)
    yield own(ctx.step(change, index_of(key, name), remark="built under another name"))
    swap = (operations.drop_constraint(old), constraint_on(key, name))
    yield last(ctx.step(change, *swap, remark="take its place"))


def index_of(key: PrimaryKey | Unique, name: str) -> Block:
    """Write the concurrent build of a key's index."""
    said = exprs.key_options(key)
    options = {name: value for name, value in said.items() if name.startswith("postgresql_")}
    make = call(
        "op.create_index",
        name,
        qualified.bare(key.table),
        tuple(key.columns),
        unique=True,
        **options,
        **operations.inside(key.table),
        postgresql_concurrently=True,
    )
    return build(name, key.table, make, _refused(key))


def _refused(key: PrimaryKey | Unique) -> tuple[str, ...]:
    """Write the query that finds repeated values; NULLs repeat nothing, unless the key says so."""
    names = [sql.quote(name) for name in key.columns]
    known = " AND ".join(f"{name} IS NOT NULL" for name in names)
    distinct = isinstance(key, Unique) and key.nulls_distinct
    return repeated(key.table, names, f" WHERE {known}" if distinct else "")


def constraint_on(key: PrimaryKey | Unique, index: str) -> Statement:
    """Write the constraint that takes an index over, and gives it its own name."""
    word = "UNIQUE" if isinstance(key, Unique) else "PRIMARY KEY"
    said = f"ADD CONSTRAINT {sql.quote(key.name)} {word} USING INDEX {sql.quote(index)}"
    if key.deferrable:
        said += f" DEFERRABLE INITIALLY {key.deferrable.upper()}"
    return execute(f"ALTER TABLE {qualified.quote(key.table)} ", said)
