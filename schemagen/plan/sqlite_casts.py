"""How SQLite gets a column's values from one type into another.

SQLite keeps whatever it is given, so a value that is only copied would stay in the old type's form,
which the models of the new type cannot read, or misread: they hold any text for true.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from schemagen.kinds import Column

# Types whose values SQLite holds in one form.
_FORMS = {
    "stamp": ("timestamp", "timestamptz"),
    "date": ("date",),
    "time": ("time", "timetz"),
    "boolean": ("boolean",),
    "whole": ("smallint", "integer", "bigint", "oid"),
    "number": ("numeric", "real", "double precision"),
    "text": ("text", "varchar", "char"),
    "uuid": ("uuid",),
    "bytes": ("bytea",),
    "json": ("json", "jsonb"),
}
_FORM = {name: form for form, names in _FORMS.items() for name in names}
_UUID = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))  # its parts in the 32 digits that are stored
_TRUE = "'true', 't', 'yes', 'y', 'on', '1'"  # as PostgreSQL reads them
_FALSE = "'false', 'f', 'no', 'n', 'off', '0'"
_CASTS = {
    ("stamp", "date"): "substr({0}, 1, 10)",
    ("stamp", "time"): "substr({0}, 12)",
    ("date", "stamp"): "{0} || ' 00:00:00.000000'",
    ("whole", "boolean"): "{0} <> 0",
    ("number", "boolean"): "{0} <> 0",
    ("number", "whole"): "CAST(round({0}) AS INTEGER)",
    ("boolean", "text"): "CASE {0} WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE {0} END",
    ("text", "boolean"): (
        f"CASE WHEN lower({{0}}) IN ({_TRUE}) THEN 1 "
        f"WHEN lower({{0}}) IN ({_FALSE}) THEN 0 ELSE {{0}} END"
    ),
    ("text", "uuid"): "lower(replace({0}, '-', ''))",
    ("uuid", "text"): " || '-' || ".join(f"substr({{0}}, {at}, {size})" for at, size in _UUID),
    ("text", "bytes"): "CAST({0} AS BLOB)",
    ("bytes", "text"): "CAST({0} AS TEXT)",
    ("whole", "json"): "json_array({0})",  # PostgreSQL makes an array of the one value
    ("number", "json"): "json_array({0})",
}


def cast(old: Column, new: Column, value: str) -> str:
    """Write `value`, one of the old column's type, in the form of the new column's."""
    return _CASTS.get((_form(old), _form(new)), "{0}").format(value)


def _form(column: Column) -> str:
    spec = column.spec
    if spec is None or spec.logical is None:
        return ""
    return "" if spec.dims else _FORM.get(spec.logical.name, "")
