"""A new column that old clients do not know they have to fill.

`backfill:` fills the rows that are there. An insert of a client that is still deployed leaves the
column out, and without a default it fails.

Bad:

```diff
 table: lots
 columns:
   id: bigint pk identity
+  code: {type: text, backfill: "'unknown'"}
```

```python
op.add_column("lots", sa.Column("code", sa.Text(), nullable=False))
```

Good:

```diff
 table: lots
 columns:
   id: bigint pk identity
+  code: text = 'unknown'
```

```python
op.add_column("lots", sa.Column("code", sa.Text(), server_default="", nullable=False))
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.kinds import Column
from schemagen.lint import tree
from schemagen.lint.rewrites import SERIALS
from schemagen.lint.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.sqlview import SqlView
    from schemagen.lint.views import DiffView

CODE = "BC103"
NAME = "required-column-without-default"
SEVERITY = "error"


def diff(view: DiffView) -> Iterator[Finding]:
    """Look for columns that come to tables with rows and need a value."""
    for column in view.added(Column):
        fills_itself = column.default is not None or column.identity or column.generated
        if not column.nullable and not fills_itself:
            yield Finding(
                f"{column.key} has no default, so inserts of deployed clients fail",
                column.key,
                help="give it a default, or allow NULL until all clients write it",
            )


_FILLED = {"default", "identity", "generated"}


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for new NOT NULL columns that nothing fills."""
    for command in view.commands("AddColumn"):
        kinds = {constraint.kind for constraint in command.constraints}
        is_serial = tree.dotted(command.definition.typeName.names) in SERIALS
        if kinds & {"not_null", "primary_key"} and not (kinds & _FILLED or is_serial):
            yield command.finding(
                f"deployed clients insert into {command.table} without {command.name}",
                "let it be NULL at first, or give it a default",
            )
