"""Index: plain, unique, partial, over expressions, with method, order and storage parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self

from schemagen import sql
from schemagen.kinds.base import Key, Obj, columns_in, rename_in
from schemagen.kinds.field import NOTHING, field
from schemagen.kinds.part import Part

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from schemagen.schema import Schema


class Item(Part):
    """One item of an index: a column or an expression, and how it is sorted."""

    column: str | None = None
    sql: str | None = None
    order: Literal["asc", "desc"] = "asc"
    nulls: Literal["first", "last"] | None = None
    opclass: str | None = None
    collate: str | None = None

    def follow(self, old: str, new: str) -> Self:
        """Give the item with the column `old` called `new`."""
        if self.column is not None:
            return self.model_copy(update={"column": new}) if self.column == old else self
        return self.model_copy(update={"sql": sql.rename(self.sql or "", old, new)})


def mentioned(
    items: Iterable[Item], where: str | None, table: str, schema: Schema
) -> Iterator[Key]:
    """Give the columns that items and a condition are about."""
    texts: list[str | None] = []
    for item in items:
        texts.append(item.sql)
        if item.column is not None:
            yield Key("column", table, item.column)
    for text in (*texts, where):
        if text:
            yield from columns_in(text, table, schema)


class Index(Obj, kind="index"):
    """An index."""

    section = "indexes"
    bare = "columns"
    soft: ClassVar[frozenset[str]] = frozenset({"comment"})

    columns: tuple[Item, ...]
    unique: bool = False
    where: str | None = None
    using: str = "btree"
    include: tuple[str, ...] = ()
    with_: dict[str, str | int | float | bool] = field(default=NOTHING, called="with")
    nulls_distinct: bool = True
    comment: str | None = None
    only: Literal["sqlite", "postgresql"] | None = None

    @property
    def plain_columns(self) -> tuple[str, ...] | None:
        """The columns' names when the index has no expression and no condition."""
        if self.where or any(item.column is None for item in self.columns):
            return None
        return tuple(item.column for item in self.columns if item.column is not None)

    def needs(self, schema: Schema) -> Iterable[Key]:
        """An index needs its table and every column that it mentions."""
        yield Key("table", "", self.table)
        for each in {id(o): o for o in (self, self.on("sqlite"), self.on("postgresql"))}.values():
            yield from (Key("column", self.table, name) for name in each.include)
            yield from mentioned(each.columns, each.where, self.table, schema)

    def followed(self, old: Key, new: str) -> dict[str, Any]:
        """Follow a renamed column."""
        if old.kind != "column" or old.table != self.table:
            return {}
        return {
            "columns": tuple(item.follow(old.name, new) for item in self.columns),
            "include": rename_in(self.include, old.name, new),
            "where": sql.rename(self.where, old.name, new) if self.where else None,
        }
