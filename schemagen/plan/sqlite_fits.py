"""Which values SQLite would keep although they do not fit their column's new type.

PostgreSQL refuses them; SQLite keeps whatever it is given, and the models fail when they read it.
So a rebuild looks for them before it copies anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import sql
from schemagen.plan.sqlite_casts import ITEMS, form

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from schemagen.kinds import Column
    from schemagen.types import Spec

_RANGES = {
    "smallint": (-32768, 32767),
    "integer": (-2147483648, 2147483647),
    "bigint": (-9223372036854775808, 9223372036854775807),
    "oid": (0, 4294967295),
}
_DIGITS = {"boolean": 1, "smallint": 5, "integer": 10, "bigint": 19, "oid": 10}
_WIDTHS = {
    "boolean": 5,
    "smallint": 6,
    "integer": 11,
    "bigint": 20,
    "oid": 10,
    "uuid": 36,
    "date": 10,
    "time": 15,
    "timestamp": 26,
    "timestamptz": 26,
}
_NO_JSON = "{new} IS NOT NULL AND NOT json_valid({new})"
_STAMP = (
    "substr({new}, 1, 19) IS NOT datetime(substr({new}, 1, 19), '+0 days')",
    "trim(substr({new}, 20), '.0123456789') <> ''",
)
# SQLite takes 30 February until it counts with it.
# The conditions that find values not in the form, as they are once converted.
_MISFITS = {
    "boolean": ("{new} NOT IN (0, 1)",),
    "stamp": _STAMP,
    "span": _STAMP,
    "date": ("{new} IS NOT date({new}, '+0 days')",),
    "time": (
        "substr({new}, 1, 8) IS NOT time(substr({new}, 1, 8))",
        "trim(substr({new}, 9), '.0123456789') <> ''",
    ),
    "uuid": ("length({new}) <> 32", "{new} GLOB '*[^0-9a-f]*'"),
    "json": (_NO_JSON,),
}
# Where the conversion of every value is one of the form.
_ALWAYS = {
    *(("stamp", "date"), ("stamp", "time"), ("date", "stamp"), ("time", "span"), ("span", "time")),
    *(("whole", "boolean"), ("number", "boolean"), ("whole", "json"), ("number", "json")),
    ("boolean", "json"),
}


def misfits(
    table: str, taken: Iterable[str], old: Column | None, new: Column, value: str
) -> tuple[str, ...]:
    """Give the query, in pieces, of the rows whose value does not fit; empty where every one does.

    Args:
        table: where the rows are.
        taken: the names of the table's columns.
        old: the column as it was; None where `value` is the user's own expression.
        new: the column as it comes to be, of the same name.
        value: the SQL of its value.

    """
    conditions = _conditions(old, new)
    if not conditions:
        return ()
    plain, name = sql.quote(new.name), sql.quote(table)
    if value == plain or not any("{new}" in each for each in conditions):
        converted = plain
        start: tuple[str, ...] = (f"SELECT * FROM {name} ",)
    else:
        converted = _free(f"new_{new.name}", taken)
        start = ("SELECT * FROM (", f"SELECT *, {value} AS {converted} ", f"FROM {name}) ")
    said = [each.format(old=plain, new=converted) for each in conditions]
    return (*start, f"WHERE {said[0]}", *(f" OR {each}" for each in said[1:]))


def _free(name: str, taken: Iterable[str]) -> str:
    lower = {each.lower() for each in taken}
    while name.lower() in lower:
        name = f"_{name}"
    return sql.quote(name)


def _conditions(old: Column | None, new: Column) -> list[str]:
    """Give the conditions that find misfits, any of which is enough."""
    before, after = old.spec if old else None, new.spec
    if after is None or after.logical is None:
        return []
    if after.dims:
        return list(_array(before))
    return list(_scalar(before, after, "{old}" if old else "{new}"))


def _array(old: Spec | None) -> Iterator[str]:
    """An array is JSON here, whatever its items are."""
    if old is None or not (old.dims or form(old) in ITEMS):
        yield _NO_JSON
        yield "json_valid({new}) AND json_type({new}) <> 'array'"


def _scalar(old: Spec | None, new: Spec, value: str) -> Iterator[str]:
    mine, theirs = form(old), form(new)
    if theirs == "whole":
        yield from _whole(old, new, value)
    elif theirs == "number":
        yield from _number(old, new, value)
    elif theirs == "text":
        if new.args and new.args[0] < _width(old):
            yield f"length({{new}}) > {new.args[0]}"
    elif theirs in _MISFITS and mine != theirs and (mine, theirs) not in _ALWAYS:
        yield from _MISFITS[theirs]


def _whole(old: Spec | None, new: Spec, value: str) -> Iterator[str]:
    """Numbers are rounded; a text has to be one as it stands."""
    mine = form(old)
    low, high = _RANGES[new.name]
    if mine == "boolean":
        return
    if old is not None and mine == "whole":
        before = _RANGES[old.name]
        if before[0] < low or before[1] > high:
            yield f"{value} NOT BETWEEN {low} AND {high}"
    elif mine == "number":
        yield f"round({value}) NOT BETWEEN {low} AND {high}"
    else:
        yield f"{value} <> CAST({value} AS INTEGER)"
        if new.name != "bigint":  # what is beyond it is beyond CAST
            yield f"CAST({value} AS INTEGER) NOT BETWEEN {low} AND {high}"


def _number(old: Spec | None, new: Spec, value: str) -> Iterator[str]:
    if form(old) not in ("whole", "number", "boolean"):
        yield f"{value} <> CAST({value} AS NUMERIC)"
    if new.args and not _holds(new, old):
        precision, scale = (*new.args, 0)[:2]
        yield f"abs(round({value}, {scale})) >= 1{'0' * (precision - scale)}"


def _holds(new: Spec, old: Spec | None) -> bool:
    """Say whether a numeric has room for every value of another number."""
    room, scale = new.args[0] - (*new.args, 0)[1], (*new.args, 0)[1]
    if old is None or old.dims:
        return False
    if old.name in _DIGITS:
        return room >= _DIGITS[old.name]
    if old.name != "numeric" or not old.args:
        return False
    other, places = old.args[0] - (*old.args, 0)[1], (*old.args, 0)[1]
    return room > other or (room == other and scale >= places)  # 9.99 is rounded to 10.0


def _width(old: Spec | None) -> float:
    """Give how long a value can be as text."""
    if old is None or old.dims or old.logical is None:
        return float("inf")
    if form(old) == "text":
        return old.args[0] if old.args else 1 if old.name == "char" else float("inf")
    return _WIDTHS.get(old.name, float("inf"))
