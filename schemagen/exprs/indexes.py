"""Indexes as `op.create_index(...)`: items, options and conditions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import sql
from schemagen.expr import Call, Pairs, call, text
from schemagen.exprs.portable import portable

if TYPE_CHECKING:
    from schemagen.expr import Expr
    from schemagen.kinds import Index, Item


def create_index_expr(index: Index, dialect: str | None, **more: Expr) -> Call:
    """Write `op.create_index(name, table, [...], ...)`; `more` are further keywords."""
    items = index_items(index, dialect)
    return call(
        "op.create_index", index.name, index.table, items, **index_options(index, dialect), **more
    )


def index_items(index: Index, dialect: str | None) -> tuple[Expr, ...]:
    """Give the items: a plain column by its name, everything else as SQL."""
    return tuple(_item(item, dialect) for item in index.columns)


def _item(item: Item, dialect: str | None) -> Expr:
    said = item_sql(item, dialect)
    if item.column is not None and said == sql.quote(item.column):
        return item.column
    return text(said)


def item_sql(item: Item, dialect: str | None) -> str:
    """Write one item as SQL: `started_at DESC NULLS LAST`, `(lower(code))`."""
    what = sql.quote(item.column) if item.column is not None else f"({portable(item.sql or '')})"
    words = [what]
    if item.collate:
        words.append(f'COLLATE "{item.collate.replace(chr(34), chr(34) * 2)}"')
    if item.opclass and dialect != "sqlite":
        words.append(item.opclass)
    if item.order == "desc":
        words.append("DESC")
    if item.nulls and dialect != "sqlite":  # which has no such clause in an index
        words.append(f"NULLS {item.nulls.upper()}")
    return " ".join(words)


def index_options(index: Index, dialect: str | None) -> dict[str, Expr]:
    """Give the keywords of an index."""
    options: dict[str, Expr] = {"unique": True} if index.unique else {}
    if index.where:
        where = text(portable(index.where))
        options.update({f"{d}_where": where for d in _dialects(dialect)})
    if dialect != "sqlite":
        options.update(_on_postgresql(index))
    return options


def _dialects(dialect: str | None) -> tuple[str, ...]:
    return (dialect,) if dialect else ("postgresql", "sqlite")


def _on_postgresql(index: Index) -> dict[str, Expr]:
    options: dict[str, Expr] = {}
    if index.using != "btree":
        options["postgresql_using"] = index.using
    if index.include:
        options["postgresql_include"] = tuple(index.include)
    if index.with_:
        options["postgresql_with"] = Pairs(tuple(index.with_.items()))
    if not index.nulls_distinct:
        options["postgresql_nulls_not_distinct"] = True
    return options
