"""Pieces of JSON Schema, and how Python's annotations are written in it."""

from __future__ import annotations

import types
import typing
from typing import Any

Json = dict[str, Any]

_SIMPLE: dict[Any, Json] = {
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    str: {"type": "string"},
}


def closed(properties: dict[str, Json], required: list[str] | None = None) -> Json:
    """Write an object that has no other keys."""
    found: Json = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**found, "required": required} if required else found


def array(items: Json, least: int = 1) -> Json:
    """Write a list."""
    return {"type": "array", "items": items, "minItems": least}


def one_or_more(value: Json) -> Json:
    """Write a value or a list of them."""
    return {"anyOf": [value, array(value)]}


def of_annotation(annotation: Any) -> Json:  # noqa: ANN401 - a type, whatever it is
    """Write a field's type; None only says that the key can be left out."""
    if annotation in _SIMPLE:
        return dict(_SIMPLE[annotation])
    origin, args = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Literal:
        return {"enum": list(args)}
    if origin in (typing.Union, types.UnionType):
        found = [of_annotation(each) for each in args if each is not type(None)]
        return found[0] if len(found) == 1 else {"anyOf": found}
    if origin is tuple:
        return array(of_annotation(args[0]))
    if origin is dict:
        return {"type": "object", "additionalProperties": of_annotation(args[1])}
    return {}
