"""Data that is right as it is: each value of the very type of its field, or a list for a tuple.

Almost all data is, and is taken without pydantic's core, which takes as long to import as a small
schema takes to read. Where this has an answer, it is the core's; all else is left to that, whether
it has to be converted or refused.
"""

from __future__ import annotations

import types
import typing
from functools import cache, partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from schemagen.kinds.part import Part

    Take = Callable[[Any, bool], Any]

_OTHER = object()
_SIMPLE = (str, int, float, bool, type(None))


def fields(kind: type[Part], data: Any, *, strict: bool = False) -> dict[str, Any] | None:  # noqa: ANN401 - whatever was given
    """Give all fields of a kind as data has them; None if that is for pydantic to say.

    Args:
        kind: the kind.
        data: its fields under their names, or as they are called in an entry.
        strict: take no list for a tuple.

    """
    rows = _rows(kind)
    if type(data) is not dict:
        return None
    found: dict[str, Any] = {}
    left = len(data)
    for name, key, take, default in rows:
        said = data.get(key, _OTHER)
        if said is _OTHER and key is not name:
            said = data.get(name, _OTHER)
        if said is _OTHER:
            value = default
        else:
            left -= 1
            value = take(said, strict)
        if value is _OTHER:
            return None
        found[name] = value
    return None if left else found


@cache
def _rows(kind: type[Part]) -> list[tuple[str, str, Take, Any]]:
    """Give the fields: name, name in an entry, what takes a value, and the default."""
    return [
        (
            name,
            info.alias or name,
            _taking(info.annotation),
            _OTHER if info.is_required() else info.default,
        )
        for name, info in kind.model_fields.items()
    ]


@cache
def _taking(annotation: Any) -> Take:  # noqa: ANN401 - a type, whatever it is
    origin, args = typing.get_origin(annotation), typing.get_args(annotation)
    if annotation in _SIMPLE or origin in (typing.Union, types.UnionType):
        return _union(args or (annotation,))
    if origin is typing.Literal:
        return partial(_one_of, frozenset(args))
    if origin is tuple:
        return partial(_several, _taking(args[0]))
    if origin is dict:
        return partial(_mapping, _taking(args[0]), _taking(args[1]))
    return (lambda value, _: value) if annotation is Any else partial(_part, annotation)


def _union(args: tuple[Any, ...]) -> Take:
    simple = frozenset(each for each in args if each in _SIMPLE)
    rest = [_taking(each) for each in args if each not in simple]
    return partial(_any_of, simple, rest) if rest else partial(_exact, simple)


def _exact(kinds: frozenset[type], value: Any, _: bool) -> Any:  # noqa: ANN401, FBT001 - as each that takes a value
    return value if type(value) in kinds else _OTHER


def _one_of(values: frozenset[str], value: Any, _: bool) -> Any:  # noqa: ANN401, FBT001 - as above
    return value if type(value) is str and value in values else _OTHER


def _several(take: Take, value: Any, strict: bool) -> Any:  # noqa: ANN401, FBT001 - as above
    if type(value) is not tuple and (strict or type(value) is not list):
        return _OTHER
    found = tuple(take(item, strict) for item in value)
    return _OTHER if _OTHER in found else found


def _mapping(take_key: Take, take: Take, value: Any, strict: bool) -> Any:  # noqa: ANN401, FBT001 - as above
    if type(value) is not dict:
        return _OTHER
    found = {take_key(key, strict): take(item, strict) for key, item in value.items()}
    return _OTHER if _OTHER in found or _OTHER in found.values() else found


def _any_of(simple: frozenset[type], rest: list[Take], value: Any, strict: bool) -> Any:  # noqa: ANN401, FBT001 - as above
    """Take what one alternative takes, and one alone."""
    if type(value) in simple:
        return value
    found = [taken for take in rest if (taken := take(value, strict)) is not _OTHER]
    return found[0] if len(found) == 1 else _OTHER


def _part(kind: type[Part], value: Any, strict: bool) -> Any:  # noqa: ANN401, FBT001 - as above
    if isinstance(value, kind):
        return value
    found = fields(kind, value, strict=strict)
    return _OTHER if found is None else kind.model_made(found)
