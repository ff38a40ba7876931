"""A column that takes no NULL, filled with something that may be NULL.

A row for which `backfill:` gives NULL stops the upgrade. `schemagen verify --precheck URL` counts
such rows in a database. A plain value cannot be NULL, and is not found.

Bad:

```diff
 table: lots
 columns:
   id: bigint pk identity
   code: text?
+  number: {type: text, backfill: upper(code)}
```

Good:

```diff
 table: lots
 columns:
   id: bigint pk identity
   code: text?
+  number: {type: text, backfill: "coalesce(upper(code), '')"}
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import sql
from schemagen.kinds import Column
from schemagen.lint.prechecks import prechecked
from schemagen.lint.queries import where
from schemagen.sql import portable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.rule import Finding
    from schemagen.lint.views import DiffView

CODE = "DD102"
NAME = "not-null-may-fail"
SEVERITY = "warning"


_SAFE = ("coalesce", "now", "gen_random_uuid", "random")


def diff(view: DiffView) -> Iterator[Finding]:
    """Look for columns that are NOT NULL now, and try what fills them."""
    tightened = [new for old, new in view.altered(Column) if old.nullable and not new.nullable]
    come = [column for column in view.added(Column) if not column.nullable]
    for column in (*come, *tightened):
        said = view.direction(column).backfill_on(view.dialect)
        if said and not (_is_never_null(said) or _is_full(view, column, said)):
            yield prechecked(view, column, "what fills it may be NULL", _nulls(view, column, said))


def _nulls(view: DiffView, column: Column, said: str) -> str:
    names = set(sql.identifiers(said)) - {column.name}
    known = [c.name for c in view.table(column.table).columns if c.name in names]
    condition = f"({portable(said)}) IS NULL"
    if not view.is_new(column.key):
        known.append(column.name)
        condition = f"{sql.quote(column.name)} IS NULL AND {condition}"
    return where(view, column.table, known, condition)


def _is_full(view: DiffView, column: Column, said: str) -> bool:
    """Know a column that holds no NULL and is no new one."""
    other = view.table(column.table).column(said)
    return other is not None and not other.nullable and not view.is_new(other.key)


def _is_never_null(said: str) -> bool:
    """Know a plain value, and functions that end with one."""
    solid = [t for t in sql.tokens(said) if t.group not in ("space", "comment")]
    if len(solid) == 1:
        return solid[0].group in ("string", "number", "dollar") or (
            solid[0].text.lower() in ("true", "false", "current_timestamp", "current_date")
        )
    name = solid[0].text.lower()
    if name not in _SAFE or solid[1].text != "(" or solid[-1].text != ")":
        return False
    return name != "coalesce" or solid[-2].group in ("string", "number")
