"""The fields of an object as plain data under their names in the YAML."""

from __future__ import annotations

from typing import Any

from schemagen.kinds import Column, Item, Literal, Obj, Options, Owner, Part, Sql
from schemagen.source.defaults import looks_like_sql
from schemagen.source.vocabulary import fields
from schemagen.types import DIALECTS

_ALIASES = {info.alias or name: name for name, info in Options.model_fields.items()}


def own_fields(obj: Obj) -> dict[str, Any]:
    """Give the fields that are not at their default, and the overrides."""
    kind = type(obj)
    said = {
        key: plain(getattr(obj, name))
        for key, name in fields(kind).items()
        if not kind.model_fields[name].is_default(getattr(obj, name))
    }
    for dialect in DIALECTS:
        if there := getattr(obj, dialect):
            keys = {name: key for key, name in fields(kind).items()}
            said[dialect] = {keys[name]: _override(obj, name, v) for name, v in there.items()}
    return said


def plain(value: Any) -> Any:  # noqa: ANN401 - a field's value
    """Write a field's value as maps, lists, text, numbers and booleans."""
    if isinstance(value, Item):
        return _item(value)
    if isinstance(value, Sql):
        return {"sql": value.sql}
    if isinstance(value, Literal):
        return literal(value.literal)
    if isinstance(value, Owner):
        return str(value)
    if isinstance(value, Part):
        found = value.model_dump(exclude_defaults=True, by_alias=True)
        return {key: list(v) if isinstance(v, tuple) else v for key, v in found.items()}
    return [plain(v) for v in value] if isinstance(value, tuple) else value


def literal(value: Any) -> Any:  # noqa: ANN401 - any literal
    """Write a literal default: itself, unless it would be read as something else."""
    taken = isinstance(value, dict) and len(value) == 1 and bool({"sql", "literal"} & set(value))
    return (
        {"literal": value} if taken or (isinstance(value, str) and looks_like_sql(value)) else value
    )


def _override(obj: Obj, name: str, value: Any) -> Any:  # noqa: ANN401 - a field's value
    if isinstance(obj, Column) and name == "identity":
        return False if value is None else (value or True)
    if isinstance(obj, Column) and name == "default" and isinstance(value, dict):
        return value if "sql" in value else literal(value.get("literal"))
    if name == "options":
        keys = {python: key for key, python in _ALIASES.items()}
        return {keys[python]: v for python, v in value.items()}
    return value


def _item(item: Item) -> Any:  # noqa: ANN401 - text or a mapping
    said = item.model_dump(exclude_defaults=True, by_alias=True)
    name = item.column or ""
    odd = not name.replace("_", "").isalnum() or set(said) - {"column", "order", "nulls"}
    if odd:
        return said
    words = [name, *(["desc"] if item.order == "desc" else [])]
    return " ".join([*words, *(["nulls", item.nulls] if item.nulls else [])])
