"""Objects to plain data and back.

A map holds the fields that are not at their default, under their names in YAML. Two things have a
shorter form: a column (`varchar(50)? = 'LOT'`) and an index item that is only a column (its name).
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from schemagen.history import short
from schemagen.kinds import KINDS, Column, Index, Item, Literal, Obj, Part
from schemagen.kinds.part import reasons

if TYPE_CHECKING:
    from schemagen.kinds.field import Field

_IDENTITY = ("table", "name")
_OVERRIDES = ("sqlite", "postgresql")


def body(obj: Obj) -> Any:  # noqa: ANN401 - text or a map
    """Write an object without its key, as short as it goes."""
    written = short.write(obj) if isinstance(obj, Column) else None
    return written if written is not None else fields(obj)


def fields(obj: Obj) -> dict[str, Any]:
    """Write an object's fields without its key, as a map."""
    return {name: value for name, value in _set_fields(obj).items() if name not in _IDENTITY}


def differing(old: Obj, new: Obj) -> tuple[dict[str, Any], dict[str, Any]]:
    """Write the fields in which two objects of one kind differ, on both sides."""
    was: dict[str, Any] = {}
    now: dict[str, Any] = {}
    for name, info in type(new).model_fields.items():
        before, after = plain(getattr(old, name)), plain(getattr(new, name))
        if name not in _IDENTITY and _canonical(before) != _canonical(after):
            was[info.alias or name] = before
            now[info.alias or name] = after
    return was, now


def make(kind: str, table: str, name: str, data: object) -> Obj:
    """Read an object. Raises ValueError (pydantic's, too) when the data is not one."""
    if kind == Column.kind and isinstance(data, str):
        return short.read(table, name, data)
    cls = KINDS[kind]
    return cls.model_validate({"table": table, "name": name, **_read(cls, data)})


def patch(obj: Obj, data: object) -> Obj:
    """Give the object with the fields in `data`, read as `make` reads them. Raises ValueError."""
    cls = type(obj)
    kept = {name: getattr(obj, name) for name in cls.model_fields}
    return cls.model_validate({**kept, **_read(cls, data)})


def _read(cls: type[Obj], data: object) -> dict[str, Any]:
    if not isinstance(data, dict):
        msg = "expected a map of fields"
        raise ValueError(msg)  # noqa: TRY004 - pydantic's errors are ValueErrors
    for name in _IDENTITY:
        if name in data:
            msg = f"{name!r} is not a field to set"
            raise ValueError(msg)
    names = _names(cls)
    read: dict[str, Any] = {names.get(word, str(word)): value for word, value in data.items()}
    if cls is Index and isinstance(items := read.get("columns"), list):
        read["columns"] = [{"column": i} if isinstance(i, str) else i for i in items]
    return read


@cache
def _names(cls: type[Obj]) -> dict[object, str]:
    """Give the fields of a kind by what they are called in an entry."""
    return {info.alias or name: name for name, info in cls.model_fields.items()}


def plain(value: Any) -> Any:  # noqa: ANN401 - a field's value
    """Write a field's value as maps, lists, text, numbers, booleans and None."""
    if isinstance(value, Literal):
        return {"literal": plain(value.literal)}
    if isinstance(value, Part):
        written = _set_fields(value)
        alone = isinstance(value, Item) and value.column is not None and len(written) == 1
        return value.column if alone and isinstance(value, Item) else written
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return value


def _set_fields(model: Part) -> dict[str, Any]:
    written: dict[str, Any] = {
        info.alias or name: plain(value)
        for name, info in type(model).model_fields.items()
        if not _is_default(info, value := getattr(model, name))
    }
    overrides = {name: written.pop(name) for name in _OVERRIDES if name in written}
    return {**written, **overrides}


def _is_default(info: Field, value: object) -> bool:
    return type(value) is type(info.default) and info.is_default(value)


def _canonical(data: object) -> str:
    """Tell apart what Python calls equal: 1, 1.0 and true."""
    return json.dumps(data, sort_keys=True)


def reason(error: ValueError) -> str:
    """Say in one line why data is no object."""
    found = (f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in reasons(error)[:2])
    return "; ".join(found) or str(error)
