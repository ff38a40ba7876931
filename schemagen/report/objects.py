"""What an object is, in a few words: `integer? = 0`, `(lot_id) → lots (id) on delete cascade`."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING

from schemagen.kinds import (
    Check,
    Column,
    Enum,
    Exclusion,
    ForeignKey,
    Index,
    Obj,
    PrimaryKey,
    Sequence,
    Table,
    Unique,
)
from schemagen.plan.shown import shown

if TYPE_CHECKING:
    from collections.abc import Iterable


def words(obj: Obj) -> str:
    """Say what an object is, its kind and name left out."""
    kept_to = getattr(obj, "only", None)
    only = f"only {kept_to}" if kept_to else ""
    return " ".join(part for part in (*_words(obj), only) if part)


@singledispatch
def _words(obj: Obj) -> Iterable[str]:  # noqa: ARG001 - the kinds share a signature
    return ()


@_words.register(Table)
def _(obj: Table) -> Iterable[str]:
    return (_quoted(obj.comment),)


@_words.register(Column)
def _(obj: Column) -> Iterable[str]:
    yield f"{obj.type}{'?' if obj.nullable else ''}"
    if obj.identity:
        yield "identity"
    if obj.generated:
        yield f"generated {shown(obj.generated)}"
    if obj.default is not None:
        yield f"= {shown(obj.default)}"


@_words.register(PrimaryKey)
def _(obj: PrimaryKey) -> Iterable[str]:
    return (shown(obj.columns),)


@_words.register(Unique)
def _(obj: Unique) -> Iterable[str]:
    return (shown(obj.columns), "" if obj.nulls_distinct else "nulls not distinct")


@_words.register(ForeignKey)
def _(obj: ForeignKey) -> Iterable[str]:
    yield f"{shown(obj.columns)} → {shown(obj.references)}"
    if obj.on_delete:
        yield f"on delete {obj.on_delete}"
    if obj.on_update:
        yield f"on update {obj.on_update}"


@_words.register(Check)
def _(obj: Check) -> Iterable[str]:
    return (f"({obj.sql})",)


@_words.register(Index)
def _(obj: Index) -> Iterable[str]:
    yield "unique" if obj.unique else ""
    yield shown(obj.columns)
    if obj.using != "btree":
        yield f"using {obj.using}"
    if obj.where:
        yield f"where {obj.where}"


@_words.register(Exclusion)
def _(obj: Exclusion) -> Iterable[str]:
    yield shown(obj.items)
    yield f"using {obj.using}"
    if obj.where:
        yield f"where {obj.where}"


@_words.register(Sequence)
def _(obj: Sequence) -> Iterable[str]:
    yield obj.type if obj.type != "bigint" else ""
    if obj.increment != 1:
        yield f"by {obj.increment}"
    if obj.owned_by:
        yield f"owned by {obj.owned_by}"


@_words.register(Enum)
def _(obj: Enum) -> Iterable[str]:
    yield f"({', '.join(obj.values)})"
    if obj.storage:
        yield f"as {obj.storage}"


def _quoted(text: str | None) -> str:
    return f"“{text}”" if text else ""
