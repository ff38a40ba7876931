"""A new key over rows that may repeat.

If two rows have the same values, the upgrade stops there. `schemagen verify --precheck URL` counts
the repeats in a database, so that they are cleared before.

Bad:

```diff
 table: lots
 columns: {id: bigint pk identity, code: text}
+unique: [[code]]
```

Good:

```diff
 table: lots
 columns:
   id: bigint pk identity
   code: text
+  number: text?
+unique: [[number]]
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import sql
from schemagen.kinds import Index, PrimaryKey, Unique
from schemagen.lint.prechecks import prechecked
from schemagen.lint.queries import columns, fill, rows
from schemagen.sql import portable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.kinds import Item
    from schemagen.lint.rule import Finding
    from schemagen.lint.views import DiffView

CODE = "DD101"
NAME = "unique-may-fail"
SEVERITY = "warning"


def diff(view: DiffView) -> Iterator[Finding]:
    """Look for keys that come to tables with rows."""
    indexes = (index for index in view.redefined(Index) if index.unique)
    keys: list[Unique | PrimaryKey | Index] = [*view.redefined(Unique), *indexes]
    for obj in (*keys, *view.redefined(PrimaryKey)):
        if query := _repeats(view, obj):
            yield prechecked(view, obj, "rows of it may repeat", query)


def _repeats(view: DiffView, obj: Unique | PrimaryKey | Index) -> str:
    names = columns(obj.needs(view.after), obj.table)
    fresh = [c for c in view.table(obj.table).columns if c.name in names and view.is_new(c.key)]
    if any(column.identity or not fill(view, column) for column in fresh):
        return ""  # the database counts, or all are NULL, which never repeats
    items = [sql.quote(name) for name in names]
    if isinstance(obj, Index):
        items = [_item(item) for item in obj.columns]
    # NULLs are no repeats, unless the key says so: GROUP BY takes them for the same.
    distinct = isinstance(obj, PrimaryKey) or obj.nulls_distinct
    where = [f"{item} IS NOT NULL" for item in items if distinct]
    where += [f"({portable(obj.where)})"] if isinstance(obj, Index) and obj.where else []
    chosen = f"WHERE {' AND '.join(where)} " if where else ""
    listed = ", ".join(items)
    return (
        f"SELECT {listed}, count(*) FROM {rows(view, obj.table, names)} "
        f"{chosen}GROUP BY {listed} HAVING count(*) > 1"
    )


def _item(item: Item) -> str:
    return sql.quote(item.column) if item.column else f"({portable(item.sql or '')})"
