"""Defaults: plain values are literals and must fit the column's type; SQL is said to be SQL."""

from __future__ import annotations

import datetime as dt
import json
import math
import re
from decimal import ROUND_HALF_UP as _HALF_UP
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, Any

from schemagen import sql, types
from schemagen.kinds import Literal, Sql, Value
from schemagen.patterns import pattern
from schemagen.records import replace
from schemagen.source.literals import EXAMPLES, written_as
from schemagen.source.model import BAD
from schemagen.source.nodes import Broken, Map, Node, Scalar, plain, sort_of
from schemagen.source.shorthand import exact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.kinds import Enum
    from schemagen.source.reader import Reader

_DATE = r"\d{4,}-\d\d-\d\d"
_TIME = r"\d\d:\d\d(:\d\d(\.\d+)?)?"
_ZONE = r"( ?(Z|[+-]\d\d(:?\d\d)?))?"
_SHAPES: dict[str, tuple[str, str]] = {
    "date": (_DATE, "2026-01-31"),
    "time": (_TIME, "12:30:00"),
    "timetz": (_TIME + _ZONE, "12:30:00+00"),
    "timestamp": (f"{_DATE}([ T]{_TIME})?", "2026-01-31 12:30:00"),
    "timestamptz": (f"{_DATE}([ T]{_TIME}{_ZONE})?", "2026-01-31 12:30:00+00"),
    "uuid": (r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", "a UUID in digits"),
}
_LARGEST_REAL = Decimal("3.4028235e38")
_RANGES = {"smallint": 15, "integer": 31, "bigint": 63}
_NUMBER = pattern(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_CALL = pattern(r"[A-Za-z_][\w.]*\s*\(.*\)\Z", re.DOTALL)
_WORDS = frozenset(
    {"current_timestamp", "current_date", "current_time", "current_user", "session_user"}
    | {"localtime", "localtimestamp", "user", "current_role", "current_catalog", "current_schema"}
)


def read_default(reader: Reader, node: Node | None) -> Any:  # noqa: ANN401 - a Value, None or BAD
    """Read a default; whether it fits its type is looked at when the type is known."""
    if node is None:
        return None
    if isinstance(node, Map) and len(node.entries) == 1 and {"sql", "literal"} & set(node.entries):
        key, value = next(iter(node))[0], next(iter(node.entries.values())).value
        if key == "sql":
            said = reader.sql(value)
            return BAD if said is None else _expression(reader, said, value)
        return _literal(reader, value)
    if isinstance(node, Scalar) and isinstance(node.value, str) and looks_like_sql(node.value):
        reader.error(
            "S019",
            f"{node.text!r} is text here, and a database would keep it as such for ever",
            node,
            help=f"write {{sql: {node.text}}} for the expression, {{literal: …}} for the text",
        )
        return BAD
    return _literal(reader, node)


def looks_like_sql(text: str) -> bool:
    """Say whether text is written like a call or one of SQL's own values."""
    return bool(_CALL.match(text)) or text.lower() in _WORDS


def _expression(reader: Reader, said: str, node: Node) -> Any:  # noqa: ANN401 - a Value or BAD
    found = [t for t in sql.tokens(said) if t.group not in ("space", "comment")]
    alone = found[0] if len(found) == 1 else None
    if alone and alone.group == "quoted":
        reader.error("S019", "text stands in single quotes", node, help=f"'{alone.text[1:-1]}'")
        return BAD
    if alone and alone.group == "word" and alone.text.lower() not in {*_WORDS, "true", "false"}:
        if alone.text.lower() == "null":
            return None
        way_out = f"text stands in single quotes: = '{alone.text}'"
        reader.error("S019", f"{alone.text!r} is no SQL value", node, help=way_out)
        return BAD
    return Sql(sql=said)


def _literal(reader: Reader, node: Node) -> Any:  # noqa: ANN401 - a Value, None or BAD
    if isinstance(node, Broken):
        return BAD
    value = plain(node)
    if isinstance(value, float) and not math.isfinite(value):
        reader.error("S020", f"{value} is no literal", node, help="write it as {sql: …}")
        return BAD
    if isinstance(value, float) and isinstance(node, Scalar) and not exact(node.text):
        return Sql(sql=node.text)
    return None if value is None else Literal(literal=value)


def check_fit(
    reader: Reader, default: Value | None, spec: types.Spec | None, enum: Enum | None, node: Node
) -> bool:
    """Say whether a default fits its column's type, after a diagnostic if not."""
    value = _plain(default, spec) if default and spec else None
    if value is None or spec is None:
        return True
    at = node.get("literal") or node if isinstance(node, Map) else node
    wrong = misfit(value, spec, enum)
    if wrong:
        says, way_out = wrong
        found = repr(value) if isinstance(value, str) else sort_of(at)
        found = default.sql if isinstance(default, Sql) else found
        reader.error("S020", f"{found} does not fit type {spec}", at, label=says, help=way_out)
    return not wrong


def _plain(default: Value, spec: types.Spec) -> Any:  # noqa: ANN401 - any literal
    """Give a literal; also a number with more digits than Python keeps, which is written as SQL."""
    if not isinstance(default, Sql):
        return default.literal
    number = spec.logical and spec.logical.family == "number" and not spec.dims
    return Decimal(default.sql) if number and _NUMBER.fullmatch(default.sql) else None


def misfit(value: Any, spec: types.Spec, enum: Enum | None = None) -> tuple[str, str] | None:  # noqa: ANN401
    """Say what a literal should be and how to write it; None when it fits."""
    if spec.dims:
        return _no_list(value, spec, enum)
    if enum is not None:
        return _not_a_value(value, enum)
    name = spec.name
    family = spec.logical.family if spec.logical else ""
    if name == "boolean":
        fits = isinstance(value, bool)
        return None if fits else ("expected true or false", "write true or false, without quotes")
    if family == "number":
        return _not_a_number(value, spec)
    if name in ("json", "jsonb") or spec.logical is None:
        return None
    return _not_text(value, spec)


def _no_list(value: Any, spec: types.Spec, enum: Enum | None) -> tuple[str, str] | None:  # noqa: ANN401
    if not isinstance(value, list):
        return "expected a list", "[] is the empty one"
    item = replace(spec, dims=0)
    wrong = (misfit(each, item, enum) for each in _items(value) if each is not None)
    return next((found for found in wrong if found), None)


def _items(value: list[Any]) -> Iterator[Any]:
    """Give the items of a list, and of the lists in it."""
    for each in value:
        if isinstance(each, list):
            yield from _items(each)
        else:
            yield each


def _not_text(value: Any, spec: types.Spec) -> tuple[str, str] | None:  # noqa: ANN401 - any literal
    if not isinstance(value, str):
        return "expected text", f"quote it: '{json.dumps(value)}'"
    return _not_its_text(value, spec)


def _not_a_value(value: Any, enum: Enum) -> tuple[str, str] | None:  # noqa: ANN401 - any literal
    return None if value in enum.values else ("", f"one of: {', '.join(enum.values)}")


def _not_a_number(value: Any, spec: types.Spec) -> tuple[str, str] | None:  # noqa: ANN401 - as above
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return "expected a number", "write a number, without quotes"
    if spec.name == "numeric" and spec.args:
        return _too_many_digits(Decimal(str(value)), spec)
    bits = _RANGES.get(spec.name)
    if bits is None:
        return _not_a_float(Decimal(value), spec)
    if not isinstance(value, int) and value % 1:
        return "expected a whole number", ""
    low, high = -(2**bits), 2**bits - 1
    return None if low <= value <= high else ("out of range", f"from {low} to {high}")


def _too_many_digits(value: Decimal, spec: types.Spec) -> tuple[str, str] | None:
    precision, scale = (*spec.args, 0)[:2]
    limit = Decimal(10) ** (precision - scale)
    with localcontext() as context:
        context.prec = 2000  # PostgreSQL's limits are 1000 digits on either side
        if abs(value) < limit and abs(value.quantize(Decimal(1).scaleb(-scale), _HALF_UP)) < limit:
            return None
    return "out of range", f"{spec} holds less than {limit}"


def _not_a_float(value: Decimal, spec: types.Spec) -> tuple[str, str] | None:
    if spec.name == "real" and abs(value) > _LARGEST_REAL:
        return "out of range", f"up to {_LARGEST_REAL}"
    return None


def _not_its_text(value: str, spec: types.Spec) -> tuple[str, str] | None:
    if spec.name in ("varchar", "char") and spec.args and len(value) > spec.args[0]:
        return f"{len(value)} characters", f"the type holds {spec.args[0]}"
    if not written_as(spec.name, value):
        return f"no {spec.name} that PostgreSQL reads", f"write it as {EXAMPLES[spec.name]}"
    shape = _SHAPES.get(spec.name)
    if shape and not re.fullmatch(shape[0], value):
        return f"expected something like {shape[1]}", "an expression is written {sql: …}"
    if shape and spec.name != "uuid" and not _happens(value):
        return "there is no such day or time", "write one that there is"
    return None


def _happens(value: str) -> bool:
    """Say whether a date and a time are on the calendar and the clock."""
    date = re.match(r"(\d{4,})-(\d\d)-(\d\d)", value)
    time = re.search(r"(\d\d):(\d\d)(?::(\d\d))?", value)
    try:
        if date:
            year, month, day = (int(part) for part in date.groups())
            dt.date(2000 + year % 400 if year else 0, month, day)  # days repeat after 400
        if time:
            hour, minute, second = (int(part or 0) for part in time.groups())
            dt.time(hour, minute, second)
    except ValueError:
        return False
    return True
