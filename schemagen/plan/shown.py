"""A field's value in a few words, as the YAML would say it: `(is_active, sort_order desc)`."""

from __future__ import annotations

import json
from functools import singledispatch
from typing import TYPE_CHECKING

from schemagen import sql
from schemagen.kinds import (
    Element,
    Generated,
    Identity,
    Item,
    Literal,
    Obj,
    Owner,
    References,
    Sql,
)
from schemagen.kinds.part import Part

if TYPE_CHECKING:
    from collections.abc import Mapping


@singledispatch
def shown(value: object) -> str:
    """Write a value for people: what is unset or empty is `none`."""
    return "none" if value is None else json.dumps(value, ensure_ascii=False, default=str)


@shown.register(str)
def _(value: str) -> str:
    return repr(value) if " " in value or not value else value


@shown.register(tuple)
def _(value: tuple) -> str:  # type: ignore[type-arg]
    inner = ", ".join(str(v) if isinstance(v, str) else shown(v) for v in value)
    return f"({inner})" if value else "none"


@shown.register(dict)
def _(value: dict) -> str:  # type: ignore[type-arg]
    return _fields(value)


@shown.register(Part)
def _(value: Part) -> str:
    return _fields(value.model_dump(by_alias=True, exclude_defaults=True))


@shown.register(Obj)
def _(value: Obj) -> str:
    return str(value.key)


@shown.register(Sql)
def _(value: Sql) -> str:
    return value.sql


@shown.register(Literal)
def _(value: Literal) -> str:
    return sql.literal(value.literal) if isinstance(value.literal, str) else _json(value.literal)


@shown.register(References)
def _(value: References) -> str:
    return f"{value.table} {shown(value.columns)}"


@shown.register(Generated)
def _(value: Generated) -> str:
    return f"({value.sql}){' stored' if value.stored else ''}"


@shown.register(Identity)
def _(value: Identity) -> str:
    fields = value.model_dump(exclude_defaults=True)
    return _fields(fields) if fields else "by default"


@shown.register(Owner)
def _(value: Owner) -> str:
    return str(value)


@shown.register(Item)
def _(value: Item) -> str:
    said = {
        "collate": value.collate,
        "": value.opclass,
        "desc": "" if value.order == "desc" else None,
        "nulls": value.nulls,
    }
    if isinstance(value, Element):
        said["with"] = value.with_
    parts = [f"{word} {name}".strip() for word, name in said.items() if name is not None]
    return " ".join([value.column if value.column is not None else f"({value.sql})", *parts])


def _fields(fields: Mapping[str, object]) -> str:
    inner = ", ".join(f"{name}: {shown(value)}" for name, value in fields.items())
    return f"{{{inner}}}" if fields else "none"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
