"""A change of type that some values may not survive.

Text that is too long, numbers that are too large, text that is no number: the first such row stops
the upgrade. `schemagen verify --precheck URL` counts them in a database.

Bad:

```diff
 table: lots
 columns:
   id: bigint pk identity
-  code: varchar(50)
+  code: varchar(20)
```

Good:

```diff
 table: lots
 columns:
   id: bigint pk identity
-  code: varchar(50)
+  code: varchar(80)
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import sql
from schemagen.kinds import Column
from schemagen.lint.prechecks import prechecked
from schemagen.lint.queries import unfit, where

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.rule import Finding
    from schemagen.lint.views import DiffView
    from schemagen.types import Spec

CODE = "DD105"
NAME = "cast-may-fail"
SEVERITY = "warning"


_BITS = {"smallint": 15, "integer": 31, "bigint": 63}
_NUMBERS = (*_BITS, "numeric", "real", "double precision")
_TEXT = ("text", "varchar", "char")


def diff(view: DiffView) -> Iterator[Finding]:
    """Compare the types of each column, and write what no value may be."""
    for old, new in view.altered(Column):
        if old.type != new.type and (query := _query(view, old, new)):
            yield prechecked(view, new, f"not every {old.type} is a {new.type}", query)


def _query(view: DiffView, old: Column, new: Column) -> str:
    if not view.is_postgresql:
        return unfit(view, new)
    if not old.spec or not new.spec or view.direction(new).using_on("up", view.dialect):
        return ""
    condition = _unfit(old.spec, new.spec, sql.quote(new.name))
    return where(view, new.table, [new.name], condition, raw=True) if condition else ""


def _unfit(old: Spec, new: Spec, name: str) -> str:
    """Write the condition that is true of the values which do not fit."""
    if old.dims or new.dims:
        return ""
    if new.name in ("varchar", "char") and new.args and old.name in _TEXT:
        longer = not old.args or old.args > new.args
        return f"length({name}) > {new.args[0]}" if longer else ""
    if old.name in _NUMBERS and new.name in _NUMBERS:
        return _too_large(old, new, name)
    if old.name in _TEXT and new.name not in (*_TEXT, "bytea"):
        return f"NOT pg_input_is_valid({name}, {sql.literal(str(new))})"
    return ""


def _too_large(old: Spec, new: Spec, name: str) -> str:
    if new.name in _BITS:
        limit = 2 ** _BITS[new.name]
        fits = old.name in _BITS and _BITS[old.name] <= _BITS[new.name]
        return "" if fits else f"{name} < -{limit} OR {name} >= {limit}"
    if new.name == "numeric" and new.args:
        digits = _digits(new)
        fits = old.name == "numeric" and bool(old.args) and _digits(old) <= digits
        return "" if fits else f"abs({name}) >= 1{'0' * digits}"
    return ""


def _digits(spec: Spec) -> int:
    """Give how many digits stand before the point."""
    precision, scale = (*spec.args, 0)[:2]
    return max(precision - scale, 0)
