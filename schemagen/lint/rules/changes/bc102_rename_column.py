"""A column that is called otherwise from one moment to the next.

Clients that are deployed still say the old name and fail until the last of them is replaced. Stop
them for the change; or add the new column, keep both alike until all clients use it, and drop the
old one then.

Bad:

```diff
 table: lots
 columns:
   id: bigint pk identity
-  code: text
+  number: {type: text, renamed_from: code}
```

```python
op.alter_column("lots", "code", new_column_name="label")
```

Good:

```diff
 table: lots
 columns:
   id: bigint pk identity
   code: text
+  number: {type: text?, backfill: code}
```

```python
op.add_column("lots", sa.Column("label", sa.Text()))
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.kinds import Column, Key
from schemagen.lint.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.sqlview import SqlView
    from schemagen.lint.views import DiffView

CODE = "BC102"
NAME = "rename-column"
SEVERITY = "error"


def diff(view: DiffView) -> Iterator[Finding]:
    """Look for renamed columns."""
    for old, new in view.renamed(Column):
        yield Finding(
            f"{old.key} is called {new.name} from one moment to the next",
            new.key,
            help="allow it if the clients are stopped; else add the new one beside the old one",
        )


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for columns that are renamed."""
    for statement in view.on_old("RenameStmt"):
        node = statement.node
        if node.renameType.name == "OBJECT_COLUMN":
            yield statement.finding(
                f"deployed clients ask {statement.table} for {node.subname}, not {node.newname}",
                "add a new column that a trigger keeps equal, and drop the old one later",
                Key("column", statement.table, node.newname),
            )
