"""The short form of a column in an entry: `TYPE[?] [identity] [= DEFAULT]`.

The part of the language's short form that a resolved column needs; keys and references are objects
of their own. It is read here and not by the language's reader, which may grow: what an entry says
stays the same for ever. A column that would not come back as it is has the long form.
"""

from __future__ import annotations

import re

from schemagen import sql
from schemagen.kinds import Column, Identity, Literal, Sql
from schemagen.patterns import pattern

_FIELDS = ("table", "name", "type", "nullable", "default", "identity")
_SHORT = pattern(
    r"(?P<type>[^?=\n]*?[^?=\s])(?P<null>\?)?(?P<identity> identity)?(?: = (?P<default>.+))?\Z"
)
_NUMBER = pattern(r"-?(?:0|[1-9]\d*)(?P<fraction>\.\d+(?:e[-+]?\d+)?)?\Z", re.ASCII)
_WORDS = {"true": True, "false": False, "null": None}


def write(column: Column) -> str | None:
    """Write a column in short, or give None when only the long form holds it."""
    text = column.type + "?" * column.nullable
    if column.identity is not None:
        text += " identity"
    if column.default is not None:
        text += f" = {_default(column.default)}"
    try:
        back = read(column.table, column.name, text)
    except ValueError:
        return None
    same = back == column and type(_plain(back)) is type(_plain(column))
    return text if same else None


def _plain(column: Column) -> object:
    return column.default.literal if isinstance(column.default, Literal) else None


def _default(default: Sql | Literal) -> str:
    if isinstance(default, Sql):
        return default.sql
    value = default.literal
    if isinstance(value, str):
        return sql.literal(value)
    words = {repr(word): text for text, word in _WORDS.items()}
    return words.get(repr(value), repr(value))


def read(table: str, name: str, text: str) -> Column:
    """Read a column. Raises ValueError when the text is no short form."""
    found = _SHORT.match(text)
    if not found:
        msg = f"{text!r} is no short form of a column"
        raise ValueError(msg)
    return Column(
        table=table,
        name=name,
        type=found["type"],
        nullable=bool(found["null"]),
        identity=Identity() if found["identity"] else None,
        default=_value(found["default"]) if found["default"] else None,
    )


def _value(text: str) -> Sql | Literal:
    if text in _WORDS:
        return Literal(literal=_WORDS[text])
    if number := _NUMBER.match(text):
        return Literal(literal=float(text) if number["fraction"] else int(text))
    quoted = sql.tokens(text)
    if len(quoted) == 1 and text.startswith("'") and text.endswith("'") and len(text) > 1:
        return Literal(literal=text[1:-1].replace("''", "'"))
    return Sql(sql=text)
