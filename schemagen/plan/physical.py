"""What of a schema exists physically on a dialect: the rest is no reason for a step there.

An enum that the database stores as text is no object of its own there: its columns have the text
type, and its check holds the values. So enums turn into varchars, and back, by one mechanism.
Likewise, a serial column is an integer with a sequence and a default, and an identity on SQLite.
"""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING

from schemagen import types
from schemagen.kinds import (
    Check,
    Column,
    Enum,
    Identity,
    Index,
    Obj,
    Options,
    PrimaryKey,
    Table,
    Unique,
)
from schemagen.kinds.base import Literal
from schemagen.kinds.sequence import Sequence, of_serial, spelled_out
from schemagen.schema import Schema

if TYPE_CHECKING:
    from collections.abc import Callable


def physical(schema: Schema, dialect: str) -> Schema:
    """Give the schema as `dialect` stores it."""
    name = (physical, dialect)
    if name not in schema.made:  # both ways are planned, and looked at for hazards
        mine = schema.on(dialect)
        made = (found for obj in mine if (found := stored(obj, mine, dialect)) is not None)
        schema.made[name] = Schema((*_sequences(mine, dialect), *made))
    return schema.made[name]


def _sequences(schema: Schema, dialect: str) -> list[Sequence]:
    """Give the sequences that serial columns come with."""
    if dialect == "sqlite":
        return []
    return [of_serial(obj) for obj in schema if isinstance(obj, Column) and obj.is_serial]


def stored(obj: Obj, schema: Schema, dialect: str) -> Obj | None:
    """Give one object as `dialect` stores it; None when it does not exist there."""
    if isinstance(obj, Enum) and is_text(obj, dialect):
        return None
    keep: Callable[[Obj], Obj] = _sqlite if dialect == "sqlite" else _postgresql
    return keep(_resolved(obj.on(dialect), schema, dialect))


def is_text(enum: Enum, dialect: str) -> bool:
    """Say whether `dialect` stores the enum's values as text."""
    return dialect == "sqlite" or enum.storage is not None


def _resolved(obj: Obj, schema: Schema, dialect: str) -> Obj:
    if isinstance(obj, Check) and obj.enum:
        enum = schema.enums.get(obj.enum)
        return obj.model_copy(update={"enum": None}) if enum and is_text(enum, dialect) else obj
    if not isinstance(obj, Column):
        return obj
    changed: dict[str, object] = {}
    if isinstance(obj.default, Literal) and obj.default.literal is None:
        changed["default"] = None
    key = obj.enum(schema)
    enum = schema.enums[key.name] if key else None
    if enum and is_text(enum, dialect):
        dims = obj.spec.dims if obj.spec else 0
        changed["type"] = (enum.storage or "text") + "[]" * dims
    return obj.model_copy(update=changed) if changed else obj


@singledispatch
def _sqlite(obj: Obj) -> Obj:
    return _bare(obj)


def _bare(obj: Obj) -> Obj:
    """Give an object without what SQLite does not know of any constraint or index."""
    said: dict[str, object] = {"comment": None, "not_valid": False, "no_inherit": False}
    said |= {"include": (), "deferrable": None} if isinstance(obj, PrimaryKey) else {}
    fields = type(obj).model_fields
    changed = {n: v for n, v in said.items() if n in fields and getattr(obj, n) != v}
    return obj.model_copy(update=changed) if changed else obj


@_sqlite.register(Table)
def _(obj: Table) -> Obj:
    options = obj.options.model_copy(update={"with_": {}, "tablespace": None})
    return obj.model_copy(update={"comment": None, "options": options})


@_sqlite.register(Column)
def _(obj: Column) -> Obj:
    identity = Identity() if obj.identity or obj.is_serial else None
    kind = types.on_sqlite(obj.type)
    return obj.model_copy(update={"comment": None, "identity": identity, "type": kind})


@_sqlite.register(Unique)
def _(obj: Unique) -> Obj:
    bare = {"nulls_distinct": True, "include": (), "deferrable": None, "comment": None}
    return obj.model_copy(update=bare)


@_sqlite.register(Index)
def _(obj: Index) -> Obj:
    items = tuple(item.model_copy(update={"opclass": None, "nulls": None}) for item in obj.columns)
    bare: dict[str, object] = {"using": "btree", "include": (), "with_": {}, "comment": None}
    bare["nulls_distinct"] = True
    return obj.model_copy(update={**bare, "columns": items})


@singledispatch
def _postgresql(obj: Obj) -> Obj:
    return obj


@_postgresql.register(Table)
def _(obj: Table) -> Obj:
    options = Options(with_=obj.options.with_, tablespace=obj.options.tablespace)
    return obj.model_copy(update={"options": options})


@_postgresql.register(Column)
def _(obj: Column) -> Obj:
    return spelled_out(obj) if obj.is_serial else obj
