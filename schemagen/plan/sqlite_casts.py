"""How SQLite gets a column's values from one type into another.

SQLite keeps whatever it is given, so a value that is only copied would stay in the old type's form,
which the models of the new type cannot read, or misread: they hold any text for true.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from schemagen.kinds import Column
    from schemagen.types import Spec

# Types whose values SQLite holds in one form.
_FORMS = {
    "stamp": ("timestamp", "timestamptz"),
    "span": ("interval",),  # since 1970-01-01 00:00:00
    "date": ("date",),
    "time": ("time", "timetz"),
    "boolean": ("boolean",),
    "whole": ("smallint", "integer", "bigint", "oid"),
    "number": ("numeric", "real", "double precision", "money"),
    "text": ("text", "varchar", "char"),
    "uuid": ("uuid",),
    "bytes": ("bytea",),
    "json": ("json", "jsonb"),
}
_FORM = {name: form for form, names in _FORMS.items() for name in names}
_UUID = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))  # its parts in the 32 digits that are stored
_TRUE = "'true', 't', 'yes', 'y', 'on', '1'"  # as PostgreSQL reads them
_FALSE = "'false', 'f', 'no', 'n', 'off', '0'"
_BOOLEAN = (
    f"CASE WHEN lower({{0}}) IN ({_TRUE}) THEN 1 "
    f"WHEN lower({{0}}) IN ({_FALSE}) THEN 0 ELSE {{0}} END"
)  # fmt: skip
_CASTS = {
    ("stamp", "date"): "substr({0}, 1, 10)",
    ("stamp", "time"): "substr({0}, 12)",
    ("date", "stamp"): "{0} || ' 00:00:00.000000'",
    ("whole", "boolean"): "{0} <> 0",
    ("number", "boolean"): "{0} <> 0",
    ("number", "whole"): "CAST(round({0}) AS INTEGER)",
    ("boolean", "text"): "CASE {0} WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE {0} END",
    ("text", "boolean"): _BOOLEAN,
    ("json", "boolean"): _BOOLEAN,
    # As they are stored: a `T` between date and time goes, what is not said of the time is zero.
    ("text", "stamp"): (
        "replace({0}, 'T', ' ') || substr(' 00:00:00.000000', max(1, length({0}) - 9))"
    ),
    ("text", "time"): "{0} || substr(':00.000000', max(1, length({0}) - 4))",
    ("time", "span"): "'1970-01-01 ' || {0}",
    ("span", "time"): "substr({0}, 12)",
    ("text", "uuid"): "lower(replace({0}, '-', ''))",
    ("uuid", "text"): " || '-' || ".join(f"substr({{0}}, {at}, {size})" for at, size in _UUID),
    ("text", "bytes"): "CAST({0} AS BLOB)",
    ("bytes", "text"): "CAST({0} AS TEXT)",
    ("whole", "json"): "json_array({0})",  # PostgreSQL makes an array of the one value
    ("number", "json"): "json_array({0})",
}


# Scalars that become the one item of an array.
ITEMS = ("whole", "number")


def cast(old: Column, new: Column, value: str) -> str:
    """Write `value`, one of the old column's type, in the form of the new column's."""
    if old.spec is None or new.spec is None:
        return value
    if old.spec.dims or new.spec.dims:
        return _array(old.spec, new.spec, value)
    mine, theirs = form(old.spec), form(new.spec)
    if theirs == "number" and _is_rounded(old.spec, new.spec):
        return f"round({value}, {(*new.spec.args, 0)[1]})"
    return _CASTS.get((mine, theirs), "{0}").format(value)


def form(spec: Spec | None) -> str:
    """Name the form in which SQLite holds the values of a type; an array's is that of its items."""
    return "" if spec is None or spec.logical is None else _FORM.get(spec.logical.name, "")


def _is_rounded(old: Spec, new: Spec) -> bool:
    if not new.args or form(old) not in ("number", "text"):
        return False
    return not old.args or form(old) == "text" or (*old.args, 0)[1] > (*new.args, 0)[1]


def _array(old: Spec, new: Spec, value: str) -> str:
    if not old.dims and new.dims == 1 and form(old) in ITEMS:
        return f"CASE WHEN {value} IS NOT NULL THEN json_array({value}) END"
    return value
