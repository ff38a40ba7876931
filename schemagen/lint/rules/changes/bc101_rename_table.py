"""A table that is called otherwise from one moment to the next.

Clients that are deployed still ask for the old name and fail, from the moment that the revision
commits until the last of them is replaced. Stop them for the change, or leave a view under the old
name for as long as one needs it.

Bad:

```diff
-table: lots
+table: batches
+renamed_from: lots
 columns: {id: bigint pk identity}
```

```python
op.rename_table("lots", "batches")
```

Good:

```diff
-table: lots
+table: batches
+renamed_from: lots
+allow: [rename-table]
 columns: {id: bigint pk identity}
```

```python
op.rename_table("lots", "batches")
op.execute("CREATE VIEW lots AS SELECT * FROM batches")
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.kinds import Table
from schemagen.lint import tree
from schemagen.lint.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.sqlview import SqlView
    from schemagen.lint.views import DiffView

CODE = "BC101"
NAME = "rename-table"
SEVERITY = "error"


def diff(view: DiffView) -> Iterator[Finding]:
    """Look for renamed tables."""
    for old, new in view.renamed(Table):
        yield Finding(
            f"{old.key} is called {new.name} from one moment to the next",
            new.key,
            help="allow it if the clients are stopped; else leave a view under the old name",
        )


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for tables that are renamed and leave no view behind."""
    left = {tree.table(each.node.view) for each in view.of("ViewStmt")}
    for statement in view.on_old("RenameStmt"):
        is_table = statement.node.renameType.name == "OBJECT_TABLE"
        if is_table and statement.table not in left:
            yield statement.finding(
                f"deployed clients ask for {statement.table}, not for {statement.node.newname}",
                "leave a view of the old name behind until no client asks for it",
            )
