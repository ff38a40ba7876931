"""Indexes as `op.create_index(...)`: items, options and conditions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import qualified, sql
from schemagen.expr import Attribute, Call, Pairs, call, text
from schemagen.sql import portable

if TYPE_CHECKING:
    from collections.abc import Callable

    from schemagen.expr import Expr
    from schemagen.kinds import Index, Item


def create_index_expr(index: Index, dialect: str | None, **more: Expr) -> Call:
    """Write `op.create_index(name, table, [...], ...)`; `more` are further keywords."""
    items = index_items(index, dialect)
    options = {**index_options(index, dialect), **more}
    if schema := qualified.namespace(index.table):
        options["schema"] = schema
    return call("op.create_index", index.name, qualified.bare(index.table), items, **options)


def index_expr(
    index: Index, dialect: str | None, refer: Callable[[str], Expr], **more: Expr
) -> Call:
    """Write `sa.Index(name, ..., ...)`.

    Args:
        index: the index.
        dialect: whose words to use; None for both.
        refer: how a column is referred to that is sorted or collated. Alembic compares such an
            item by its column, so it must not be text.
        more: further keywords.

    """
    items = (_bound(item, dialect, refer) for item in index.columns)
    options = index_options(index, dialect)
    if classes := _operator_classes(index, dialect):
        options["postgresql_ops"] = Pairs(classes)
    return call("sa.Index", index.name, *items, **options, **more)


def _bound(item: Item, dialect: str | None, refer: Callable[[str], Expr]) -> Expr:
    if item.column is None or (item.opclass and not _is_simple(item)):
        return text(item_sql(item, dialect))
    if not (item.collate or item.order == "desc" or item.nulls):
        return item.column
    made: Expr = refer(item.column)
    if item.collate:
        made = Call(Attribute(made, "collate"), (item.collate,))
    if item.order == "desc":
        made = Call(Attribute(made, "desc"))
    if item.nulls and dialect != "sqlite":
        made = Call(Attribute(made, f"nulls_{item.nulls}"))
    return made if isinstance(made, Call) else item.column


def _operator_classes(index: Index, dialect: str | None) -> tuple[tuple[str, Expr], ...]:
    if dialect == "sqlite":
        return ()
    simple = (item for item in index.columns if _is_simple(item))
    return tuple((item.column, item.opclass) for item in simple if item.column and item.opclass)


def _is_simple(item: Item) -> bool:
    """Say whether the item is a column and at most its operator class."""
    return not (item.column is None or item.collate or item.order == "desc" or item.nulls)


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
