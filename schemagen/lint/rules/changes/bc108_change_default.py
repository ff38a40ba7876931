"""A default that means something else from now on.

Rows that are there keep the old value. Clients that send the default themselves, as some ORMs do,
go on writing the old one until they are deployed anew.

Bad:

```diff
 table: lots
 columns:
   id: bigint pk identity
-  status: text = 'NEW'
+  status: text = 'OPEN'
```

```python
op.alter_column("lots", "code", server_default="new")
```

Good:

```diff
 table: lots
 columns:
   id: bigint pk identity
-  status: text
+  status: text = 'OPEN'
```

```python
op.add_column("lots", sa.Column("label", sa.Text(), server_default="new"))
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.kinds import Column
from schemagen.lint.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.sqlview import SqlView
    from schemagen.lint.views import DiffView

CODE = "BC108"
NAME = "change-default"
SEVERITY = "info"


def diff(view: DiffView) -> Iterator[Finding]:
    """Compare the defaults of each column."""
    for old, new in view.altered(Column):
        if None not in (old.default, new.default) and old.default != new.default:
            yield Finding(
                f"{new.key} has another default; rows that are there keep the old one",
                new.key,
                help="deploy the clients that send it themselves as well",
            )


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for SET DEFAULT of columns that were there."""
    added = {(command.table, command.name) for command in view.commands("AddColumn")}
    for command in view.commands("ColumnDefault"):
        is_new = (command.table, command.name) in added
        if command.definition is not None and not is_new:
            yield command.finding(
                f"deployed clients may write the old default of {command.shown} themselves",
                "deploy what writes the new one first",
            )
