"""A new foreign key over rows that may refer to nothing.

If one does, the upgrade stops there. `schemagen verify --precheck URL` counts them in a database.
Decide what becomes of them before: correct them, set them to NULL, or keep them elsewhere.

Bad:

```diff
 table: models
 columns: {id: bigint pk identity}
 ---
 table: lots
 columns:
   id: bigint pk identity
-  model_id: bigint?
+  model_id: bigint? -> models
```

Good:

```diff
 table: models
 columns: {id: bigint pk identity}
 ---
 table: lots
 columns:
   id: bigint pk identity
+  model_id: bigint? -> models
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import sql
from schemagen.kinds import ForeignKey
from schemagen.lint.prechecks import prechecked
from schemagen.lint.queries import fill, rows
from schemagen.qualified import bare

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.rule import Finding
    from schemagen.lint.views import DiffView

CODE = "DD104"
NAME = "fk-may-fail"
SEVERITY = "warning"


def diff(view: DiffView) -> Iterator[Finding]:
    """Look for foreign keys that come to columns with values."""
    for key in view.redefined(ForeignKey):
        table = view.table(key.table)
        fresh = [c for c in table.columns if c.name in key.columns and view.is_new(c.key)]
        if all(fill(view, column) for column in fresh):
            yield prechecked(view, key, "rows of it may refer to nothing", _orphans(view, key))


def _orphans(view: DiffView, key: ForeignKey) -> str:
    there, mine = key.references.table, sql.quote(bare(key.table))
    given = [f"{mine}.{sql.quote(name)} IS NOT NULL" for name in key.columns]
    query = f"SELECT * FROM {rows(view, key.table, key.columns)} WHERE {' AND '.join(given)}"
    if there in view.fresh:
        return query  # nothing is in there yet
    pairs = zip(key.references.columns, key.columns, strict=True)
    same = [f"referred.{sql.quote(one)} = {mine}.{sql.quote(two)}" for one, two in pairs]
    found = _referred(view, key)
    return f"{query} AND NOT EXISTS (SELECT 1 FROM {found} WHERE {' AND '.join(same)})"


def _referred(view: DiffView, key: ForeignKey) -> str:
    found = rows(view, key.references.table, key.references.columns)
    return f"(SELECT * FROM {found}) AS referred"
