"""What one text can say to both databases, and what it cannot."""

from __future__ import annotations

from functools import singledispatch

from schemagen.kinds import Column, Index, Obj, PrimaryKey, Table, Unique
from schemagen.kinds.base import Literal


def serves_both(obj: Obj) -> bool:
    """Say whether one text can create the object on both databases."""
    return not (obj.sqlite or obj.postgresql or obj.only_on) and _alike(obj)


@singledispatch
def _alike(obj: Obj) -> bool:  # noqa: ARG001 - most kinds are alike
    return True


@_alike.register(Table)
def _(obj: Table) -> bool:
    return not obj.options.strict


@_alike.register(Column)
def _(obj: Column) -> bool:
    listed = isinstance(obj.default, Literal) and isinstance(obj.default.literal, list)
    array = obj.spec is not None and bool(obj.spec.dims)
    return not (obj.collation or (listed and array))


@_alike.register(PrimaryKey)
@_alike.register(Unique)
def _(obj: PrimaryKey | Unique) -> bool:
    return obj.deferrable is None


@_alike.register(Index)
def _(obj: Index) -> bool:
    return not any(item.nulls or item.opclass or item.collate for item in obj.columns)
