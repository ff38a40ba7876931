"""Keys and checks that a column's own words ask for, under any table and name.

Columns of one name stand in many tables, so what they ask for is made once and copied.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TypeVar

from schemagen.kinds import Check, PrimaryKey, Unique
from schemagen.kinds.check import values_in

T = TypeVar("T", PrimaryKey, Unique)


@lru_cache(maxsize=4096)
def key_over(kind: type[T], column: str) -> T:
    """Give a key over one column."""
    return kind(table="t", name="x", columns=(column,))


@lru_cache(maxsize=4096)
def enum_check(column: str, enum: str, values: tuple[str, ...], only: str | None) -> Check:
    """Give the check that holds a column to the values of an enum."""
    data = {"sql": values_in(column, values), "enum": enum, "only": only}
    return Check.model_validate({"table": "t", "name": "x", **data})
