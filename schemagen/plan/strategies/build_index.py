"""An index is built, replaced or dropped while clients go on writing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import exprs, qualified, sql
from schemagen.expr import call
from schemagen.plan import operations
from schemagen.plan.online.steps import last, own, patiently, proving, unless_there
from schemagen.plan.steps import execute
from schemagen.renames import temporary
from schemagen.sql import portable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.changes import Add, Drop
    from schemagen.expr import Call, Expr
    from schemagen.kinds import Index
    from schemagen.plan.context import Context
    from schemagen.plan.steps import Block, Step


def build_index(ctx: Context, change: Add, index: Index) -> Iterator[Step]:
    """Build an index concurrently; what a failed build has left goes first."""
    yield own(ctx.step(change, built(index)))


def replace_index(ctx: Context, change: Add, index: Index, old: Index) -> Iterator[Step]:
    """Build the new index under another name, and let it take the old one's place in a moment."""
    aside = index.model_copy(update={"name": temporary(index.name)})
    remark = "built under another name, so that there is always one"
    yield own(ctx.step(change, built(aside), remark=remark))
    names = f"{qualified.quote_part(index.table, aside.name)} RENAME TO {sql.quote(index.name)}"
    renamed = execute(f"ALTER INDEX {names}")
    yield last(ctx.step(change, operations.drop_index(old), renamed, remark="take its place"))


def drop_index(ctx: Context, change: Drop, index: Index) -> Iterator[Step]:
    """Drop an index without waiting in front of its table's clients."""
    yield own(ctx.step(change, patiently(gone(index.name, index.table))))


def built(index: Index) -> Block:
    """Write the concurrent build, unless there is a valid index of the name."""
    make = exprs.create_index_expr(index, "postgresql", postgresql_concurrently=True)
    return build(index.name, index.table, make, duplicates(index) if index.unique else ())


def build(name: str, table: str, make: Call, rows: tuple[str, ...] = ()) -> Block:
    """Write a concurrent build.

    Args:
        name: of the index.
        table: that it is on.
        make: the statement that builds it.
        rows: for a unique one, the query that finds what it may not have.

    """
    code = unless_there("index", name, table, gone(name, table), make)
    undo = f"DROP INDEX CONCURRENTLY IF EXISTS {qualified.quote_part(table, name)}"
    return proving(undo, rows, code) if rows else patiently(code)


def gone(name: str, table: str) -> Call:
    """Write the concurrent drop."""
    how: dict[str, Expr] = {"if_exists": True, "postgresql_concurrently": True}
    where = operations.inside(table)
    return call("op.drop_index", name, table_name=qualified.bare(table), **how, **where)


def duplicates(index: Index) -> tuple[str, ...]:
    """Write the query that finds the rows which a unique index refuses."""
    items = [
        sql.quote(item.column) if item.column is not None else f"({portable(item.sql or '')})"
        for item in index.columns
    ]
    where = f" WHERE {portable(index.where)}" if index.where else ""
    return repeated(index.table, items, where)


def repeated(table: str, items: list[str], where: str = "") -> tuple[str, ...]:
    """Write the query that finds values which occur more than once."""
    said = ", ".join(items)
    return (
        f"SELECT {said}, count(*) FROM {qualified.quote(table)}{where} ",
        f"GROUP BY {said} HAVING count(*) > 1",
    )
