"""Defaults read back: a plain value where the database holds one, else an expression."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from schemagen import sql, types
from schemagen.exprs.columns import default_sql
from schemagen.kinds import Column, Literal, Sql
from schemagen.patterns import pattern

if TYPE_CHECKING:
    from schemagen.kinds import Value

_TEXT = pattern(r"'((?:[^']|'')*)'(?:::[\w \"().,\[\]]+)?\Z", re.DOTALL)
_NUMBER = pattern(r"\(?(-?\d+(?:\.\d+)?)\)?(?:::[\w ().,]+)?\Z")
_NUMBERS = ("smallint", "integer", "bigint", "numeric", "real", "double precision")


def read_default(text: str, kind: str, is_enum: bool = False) -> Value:  # noqa: FBT001, FBT002 - one of two kinds of types
    """Read a default as the database prints it.

    Args:
        text: `'LOT'::character varying`, `0`, `now()`.
        kind: the column's type.
        is_enum: whether that is an enum.

    """
    for value in _values(text, kind, is_enum=is_enum):
        if _says(value, kind) == _said(text):
            return Literal(literal=value)
    return Sql(sql=text)


def _values(text: str, kind: str, *, is_enum: bool) -> list[Any]:
    """Give the values that the text may stand for."""
    spec = _spec(kind)
    name = spec.name if spec and spec.logical and not spec.dims else ""
    if name in _NUMBERS:
        inner = _TEXT.match(text)
        return _number(inner[1] if inner else text)
    if text in ("true", "false"):
        return [text == "true"]
    inner = _TEXT.match(text)
    if inner is None:
        return []
    content = inner[1].replace("''", "'")
    if name in ("json", "jsonb"):
        return _json(content)
    if spec and spec.dims:
        return [[]] if content == "{}" else []
    return [content] if name or is_enum else []


def _number(text: str) -> list[Any]:
    found = _NUMBER.match(text)
    if not found:
        return []
    return [float(found[1]) if "." in found[1] else int(found[1])]


def _json(text: str) -> list[Any]:
    try:
        return [json.loads(text)]
    except ValueError:
        return []


def _says(value: Any, kind: str) -> str | None:  # noqa: ANN401 - any literal
    """Write a value as schemagen would."""
    column = Column(table="t", name="c", type=kind, default=Literal(literal=value))
    return default_sql(column, "postgresql")


def _said(text: str) -> str:
    """Take away what a database puts around a plain value."""
    if found := _TEXT.match(text):
        inner = found[1]
        return inner if _NUMBER.match(inner) and "::" in text and _is_number(text) else f"'{inner}'"
    found = _NUMBER.match(text)
    return found[1] if found else text


def _is_number(text: str) -> bool:
    cast = sql.tokens(text.rpartition("::")[2])
    spec = _spec("".join(t.text for t in cast))
    return bool(spec and spec.name in _NUMBERS)


def _spec(text: str) -> types.Spec | None:
    try:
        return types.parse(text)
    except ValueError:
        return None
