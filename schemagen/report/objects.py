"""What an object is, in a few words: `integer? = 0`, `(lot_id) → lots (id) on delete cascade`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import singledispatch
from typing import TYPE_CHECKING

from schemagen import sql
from schemagen.kinds import (
    Check,
    Column,
    Enum,
    ForeignKey,
    Index,
    Literal,
    Obj,
    PrimaryKey,
    Sql,
    Table,
    Unique,
)

if TYPE_CHECKING:
    from schemagen.kinds import Item


def words(obj: Obj) -> str:
    """Say what an object is, its kind and name left out."""
    only = f"only {obj.only_on}" if obj.only_on else ""
    return " ".join(part for part in (*_words(obj), only) if part)


@singledispatch
def _words(obj: Obj) -> Iterable[str]:  # noqa: ARG001 - the kinds share a signature
    return ()


@_words.register
def _(obj: Table) -> Iterable[str]:
    return (_quoted(obj.comment),)


@_words.register
def _(obj: Column) -> Iterable[str]:
    yield f"{obj.type}{'?' if obj.nullable else ''}"
    if obj.identity:
        yield "identity"
    if obj.generated:
        yield f"generated ({obj.generated.sql})"
    if obj.default is not None:
        yield f"= {_default(obj.default)}"


@_words.register
def _(obj: PrimaryKey) -> Iterable[str]:
    return (_columns(obj.columns),)


@_words.register
def _(obj: Unique) -> Iterable[str]:
    return (_columns(obj.columns), "" if obj.nulls_distinct else "nulls not distinct")


@_words.register
def _(obj: ForeignKey) -> Iterable[str]:
    there = obj.references
    yield f"{_columns(obj.columns)} → {there.table} {_columns(there.columns)}"
    if obj.on_delete:
        yield f"on delete {obj.on_delete}"
    if obj.on_update:
        yield f"on update {obj.on_update}"


@_words.register
def _(obj: Check) -> Iterable[str]:
    return (f"({obj.sql})",)


@_words.register
def _(obj: Index) -> Iterable[str]:
    yield "unique" if obj.unique else ""
    yield f"({', '.join(_item(item) for item in obj.columns)})"
    if obj.using != "btree":
        yield f"using {obj.using}"
    if obj.where:
        yield f"where {obj.where}"


@_words.register
def _(obj: Enum) -> Iterable[str]:
    yield f"({', '.join(obj.values)})"
    if obj.storage:
        yield f"as {obj.storage}"


def _default(default: Sql | Literal) -> str:
    """Write a default as the YAML does: `true` is no `True`."""
    if isinstance(default, Sql):
        return default.sql
    if isinstance(default.literal, str):
        return sql.literal(default.literal)
    return json.dumps(default.literal, ensure_ascii=False)


def _item(item: Item) -> str:
    what = item.column if item.column is not None else f"({item.sql})"
    order = " desc" if item.order == "desc" else ""
    return f"{what}{order}{f' nulls {item.nulls}' if item.nulls else ''}"


def _columns(names: Iterable[str]) -> str:
    return f"({', '.join(names)})"


def _quoted(text: str | None) -> str:
    return f"“{text}”" if text else ""
