"""Values for a column: several for each row, the likeliest to be accepted first.

On PostgreSQL every value is text, which the server casts to the column's type. On SQLite it is what
SQLAlchemy would store.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from schemagen import sql

if TYPE_CHECKING:
    from collections.abc import Iterable

    from schemagen.kinds import Column
    from schemagen.schema import Schema

Value = str | int | float | bytes | None
_WORDS = ("it's {}", 'say "{}"', "naïve {}", "{}  two", "50% {}", ":name {}", "\\{}\n")
# What checks often ask of a text: its case, its letters, the match of a pattern.
_PLAIN = ("A1", "a1", "ABC", "abc", "1")
_WILDCARDS = str.maketrans("%_", "aa")
_LONG = 200
_ENTIRE = ("smallint", "integer", "bigint", "oid")


def candidates(column: Column, schema: Schema, dialect: str, row: int) -> list[Value]:
    """Give what a column could hold in the row of this number, counted from 0.

    Args:
        column: as the dialect has it.
        schema: as the dialect has it.
        dialect: `sqlite` or `postgresql`.
        row: different rows get different values where the type has enough of them.

    """
    said = _turned(_said_in_checks(column, schema), row)
    if enum := column.enum(schema):
        values: list[Value] = list(_turned(schema.enums[enum.name].values, row))
        spec = column.spec
        return [_list(values[:2], dialect) for _ in [0]] if spec and spec.dims else values
    spec = column.spec
    if spec is None or spec.logical is None:
        return [*said, str(row + 1), row + 1]
    if spec.dims:
        items = [_of(spec.logical.name, spec.args, dialect, row + i) for i in range(2)]
        return [_list(items, dialect)]
    first = _of(spec.logical.name, spec.args, dialect, row)
    fitting = [v for v in said if _fits(v, spec.logical.name, spec.args)]
    return [first, *_cast(fitting, spec.logical.name, dialect)]


def _turned(values: Iterable[str], by: int) -> list[str]:
    found = list(values)
    at = by % len(found) if found else 0
    return found[at:] + found[:at]


def _said_in_checks(column: Column, schema: Schema) -> list[str]:
    """Give the literals of every check and index condition that mentions the column."""
    view = schema.view(column.table)
    texts = [check.sql for check in view.checks if column.name in sql.identifiers(check.sql)]
    out: dict[str, None] = {}
    for text in texts:
        for token in sql.tokens(text):
            if token.group == "string":
                said = token.text[1:-1].replace("''", "'")
                out |= dict.fromkeys([said, said.translate(_WILDCARDS)])
            elif token.group == "number":
                out |= dict.fromkeys(_around(token.text))
    return [*out, *(_PLAIN if texts and _is_text(column) else ())]


def _is_text(column: Column) -> bool:
    spec = column.spec
    return bool(spec and spec.logical and spec.logical.name in ("text", "varchar", "char"))


def _around(number: str) -> list[str]:
    """Give numbers near the one of a check, and a text of that length."""
    try:
        value = int(number)
    except ValueError:
        return [number]
    long = ["x" * value] if 0 < value <= _LONG else []
    return [str(value), str(value + 1), str(value - 1), *long]


def _fits(text: str, name: str, args: tuple[int, ...]) -> bool:
    if name in ("varchar", "char"):
        return not args or len(text) <= args[0]
    if name in (*_ENTIRE, "numeric", "real", "double precision"):
        return bool(re.fullmatch(r"-?\d+(\.\d+)?", text))
    return name in ("text", "date", "time", "timestamp", "timestamptz")


def _cast(values: list[str], name: str, dialect: str) -> list[Value]:
    if dialect == "sqlite" and name in _ENTIRE:
        return [int(float(v)) for v in values]
    return list(values)


def _list(items: list[Value], dialect: str) -> str:
    if dialect == "postgresql":
        return "{" + ",".join(_element(str(i)) for i in items) + "}"
    return "[" + ", ".join(_element(i) if isinstance(i, str) else str(i) for i in items) + "]"


def _element(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _of(name: str, args: tuple[int, ...], dialect: str, row: int) -> Value:
    """Give a value of a type of the table."""
    number = row + 1
    if name == "numeric":
        return _numeric(number, args, dialect)
    if name in ("varchar", "char", "text", "bit", "varbit"):
        return _sized(name, number, args)
    if name in _ENTIRE:
        return str(number) if dialect == "postgresql" else number
    if name == "boolean":
        return number % 2 if dialect == "sqlite" else ("false", "true")[number % 2]
    text = _OTHERS[name][dialect == "postgresql"].format(number, number % 10, number % 24)
    if dialect == "sqlite" and name == "bytea":
        return text.encode()
    return float(text) if dialect == "sqlite" and name in _FLOATS else text


_FLOATS = ("real", "double precision", "money")
# For SQLite and for PostgreSQL; {0} is the row's number, {1} its last digit, {2} one below 24.
_OTHERS = {
    "real": ("{0}.5", "{0}.5"),
    "double precision": ("{0}.25", "{0}.1"),
    "money": ("{0}.5", "{0}.50"),
    "bytea": ("\x00\x01bytes {0}", r"\x0001ff0{1}"),
    "date": ("2024-02-2{1}", "2024-02-2{1}"),
    "time": ("{2:02}:30:15.000000", "{2:02}:30:15.25"),
    "timetz": ("{2:02}:30:15.000000", "{2:02}:30:15.25+02"),
    "timestamp": ("2024-02-2{1} {2:02}:30:15.123456", "2024-02-2{1} {2:02}:30:15.123456"),
    "timestamptz": ("2024-02-2{1} {2:02}:30:15.123456", "2024-02-2{1} {2:02}:30:15.123456+00"),
    "interval": ("1970-01-0{1} 00:00:00.000000", "{0} days 02:00"),
    "uuid": ("{0:032x}", "{0:032x}"),
    "json": ('{{"n": {0},  "t": "é"}}', '{{"n": {0},  "t": "é"}}'),
    "jsonb": ('{{"n": {0}, "t": "é"}}', '{{"n": {0}, "t": "é"}}'),
    "inet": ("10.0.0.{1}", "10.0.0.{1}"),
    "cidr": ("10.0.{1}.0/24", "10.0.{1}.0/24"),
    "macaddr": ("08:00:2b:01:02:0{1}", "08:00:2b:01:02:0{1}"),
    "macaddr8": ("08:00:2b:01:02:03:04:0{1}", "08:00:2b:01:02:03:04:0{1}"),
    "tsvector": ("word {0}", "word {0}"),
    "tsquery": ("word", "word"),
    "int4range": ("[1,{0}]", "[1,{0}]"),
    "int8range": ("[1,{0}]", "[1,{0}]"),
    "numrange": ("[1,{0}]", "[1,{0}]"),
    "daterange": ("[2024-01-01,2024-02-2{1}]", "[2024-01-01,2024-02-2{1}]"),
    "tsrange": ("[2024-01-01,2024-02-2{1}]", "[2024-01-01,2024-02-2{1}]"),
    "tstzrange": ("[2024-01-01,2024-02-2{1}]", "[2024-01-01,2024-02-2{1}]"),
    "int4multirange": ("{{[1,{0}]}}", "{{[1,{0}]}}"),
    "int8multirange": ("{{[1,{0}]}}", "{{[1,{0}]}}"),
    "nummultirange": ("{{[1,{0}]}}", "{{[1,{0}]}}"),
    "datemultirange": ("{{[2024-01-01,2024-02-2{1}]}}", "{{[2024-01-01,2024-02-2{1}]}}"),
    "tsmultirange": ("{{[2024-01-01,2024-02-2{1}]}}", "{{[2024-01-01,2024-02-2{1}]}}"),
    "tstzmultirange": ("{{[2024-01-01,2024-02-2{1}]}}", "{{[2024-01-01,2024-02-2{1}]}}"),
    "point": ("({0},0.5)", "({0},0.5)"),
    "line": ("{{1,1,{0}}}", "{{1,1,{0}}}"),
    "lseg": ("[(0,0),(1,{0})]", "[(0,0),(1,{0})]"),
    "box": ("({0},1),(0,0)", "({0},1),(0,0)"),
    "path": ("((0,0),(1,{0}))", "((0,0),(1,{0}))"),
    "polygon": ("((0,0),(1,0),(1,{0}))", "((0,0),(1,0),(1,{0}))"),
    "circle": ("<(0,0),{0}>", "<(0,0),{0}>"),
    "xml": ("<a>{0}</a>", "<a>{0}</a>"),
    "jsonpath": ('$."a"[{0}]', '$."a"[{0}]'),
    "pg_lsn": ("0/{0}", "0/{0}"),
}


def _sized(name: str, number: int, args: tuple[int, ...]) -> str:
    """Write bits, or text with whatever is hard to quote, as far as it fits."""
    if name in ("bit", "varbit"):
        width = args[0] if args else 1
        return format(number, f"0{width}b")[-width:]
    length = args[0] if args else 40
    said = _WORDS[number % len(_WORDS)].format(number)
    return said if len(said) <= length else f"{number}"[-length:]


def _numeric(number: int, args: tuple[int, ...], dialect: str) -> Value:
    """Write a number with all the decimals that there is room for."""
    precision, scale = (*args, 0)[:2] if args else (6, 2)
    text = f"{number}.{'123456789'[: min(scale, precision - 1)]}" if scale else str(number)
    if precision == scale:
        text = f"0.{number}"
    return text if dialect == "postgresql" else float(text)
