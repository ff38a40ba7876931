"""The fields of a kind as pydantic's core validates them."""

from __future__ import annotations

import types
import typing
from functools import partial
from typing import TYPE_CHECKING, Any

from pydantic_core import core_schema

from schemagen.kinds.part import Part

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic_core.core_schema import CoreSchema

    from schemagen.kinds.field import Field

_SIMPLE: dict[Any, Callable[[], CoreSchema]] = {
    Any: core_schema.any_schema,
    str: core_schema.str_schema,
    int: core_schema.int_schema,
    float: core_schema.float_schema,
    bool: core_schema.bool_schema,
}


def fields_schema(kind: type[Part]) -> CoreSchema:
    """Give the schema of a mapping that holds a kind's fields, and no others."""
    fields = {name: _field(info) for name, info in kind.model_fields.items()}
    return core_schema.typed_dict_schema(
        fields, cls_name=kind.__name__, extra_behavior="forbid", total=True
    )


def _field(info: Field) -> core_schema.TypedDictField:
    schema = _of(info.annotation)
    if not info.is_required():  # by a factory: else a mapping would be copied each time
        schema = core_schema.with_default_schema(schema, default_factory=lambda: info.default)
    names = [[info.alias], [info.name]] if info.alias else None
    return core_schema.typed_dict_field(schema, validation_alias=names)  # type: ignore[arg-type] # a list of paths is invariant


def _of(annotation: Any) -> CoreSchema:  # noqa: ANN401 - a type, whatever it is
    if annotation in _SIMPLE:
        return _SIMPLE[annotation]()
    if isinstance(annotation, type) and issubclass(annotation, Part):
        there = partial(_part, annotation)
        return core_schema.no_info_wrap_validator_function(there, fields_schema(annotation))
    origin, args = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Literal:
        return core_schema.literal_schema(list(args))
    if origin is tuple:
        return core_schema.tuple_schema([_of(args[0])], variadic_item_index=0)
    if origin is dict:
        return core_schema.dict_schema(_of(args[0]), _of(args[1]))
    assert origin in (typing.Union, types.UnionType), annotation  # noqa: S101 - of our own making
    return _union(args)


def _union(args: tuple[Any, ...]) -> CoreSchema:
    left = [(_of(each), each.__name__) for each in args if each is not type(None)]
    schema = left[0][0] if len(left) == 1 else core_schema.union_schema(list(left))
    return core_schema.nullable_schema(schema) if type(None) in args else schema


def _part(kind: type[Part], value: Any, read: Callable[[Any], dict[str, Any]]) -> Part:  # noqa: ANN401 - whatever was given
    """Take a part as it is, or make it of its fields."""
    return value if isinstance(value, kind) else kind.model_made(read(value))
