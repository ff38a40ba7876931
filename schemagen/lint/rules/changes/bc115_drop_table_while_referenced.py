"""A table goes while others refer to it.

Their foreign keys go with it, and DROP TABLE locks each of those tables against readers too, all at
once. Take the foreign keys away in a revision before, one table after the other.

Bad:

```diff
 table: lots
 columns:
   id: bigint pk identity
-  model_id: bigint? -> models
+  model_id: bigint?
----
-table: models
-columns: {id: bigint pk identity}
```

```python
op.execute("DROP TABLE lots CASCADE")
```

Good:

```diff
 table: lots
 columns:
   id: bigint pk identity
   model_id: bigint?
----
-table: models
-columns: {id: bigint pk identity}
```

```python
op.drop_constraint("fk_serials_lot", "serials")
op.drop_table("lots")
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.kinds import ForeignKey, Key
from schemagen.lint.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.sqlview import SqlView
    from schemagen.lint.views import DiffView

CODE = "BC115"
NAME = "drop-table-while-referenced"
SEVERITY = "warning"


def diff(view: DiffView) -> Iterator[Finding]:
    """Look for foreign keys that go together with the table that they refer to."""
    for key in view.dropped(ForeignKey):
        there = key.references.table
        if there in view.gone:
            yield Finding(
                f"{key.key} goes together with table {there}, under locks on both",
                key.key,
                help=f"drop the foreign keys first, and {there} in the next revision",
            )


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for DROP TABLE … CASCADE, which drops foreign keys of other tables."""
    for statement, name in view.dropped("OBJECT_TABLE"):
        if statement.node.behavior.name == "DROP_CASCADE" and statement.was_there(name):
            yield statement.finding(
                f"every foreign key to {name}, and every view of it, goes unseen",
                "drop the foreign keys first, each by itself",
                Key("table", "", name),
            )
