"""A change of type that writes the table anew.

PostgreSQL keeps the rows where every old value is the same bytes in the new type: a longer varchar,
varchar to text, a numeric with more digits and the same scale. For all else it writes the table and
every index anew under ACCESS EXCLUSIVE; int to bigint took 6.8 seconds for two million rows. What
the type was is read in the history.

`schemagen generate` writes a revision that fills a second column and swaps the two, when the YAML
says `strategy: shadow`; `strategy: rewrite` says that the table may be locked that long.

Bad:

```python
op.alter_column("lots", "size", type_=sa.BigInteger())
```

Good:

```python
op.add_column("lots", sa.Column("size_new", sa.BigInteger()))
```

Bad:

```diff
 table: lots
 columns:
   id: bigint pk identity
-  size: integer
+  size: bigint
```

Good:

```diff
 table: lots
 columns:
   id: bigint pk identity
-  size: integer
+  size: {type: bigint, strategy: shadow}
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.kinds import Column
from schemagen.lint import rewrites, tree
from schemagen.lint.rule import Finding
from schemagen.plan.rewrites import REWRITE, work

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.sqlview import SqlView
    from schemagen.lint.views import DiffView

CODE = "RW101"
NAME = "type-change-rewrites"
SEVERITY = "error"
STRATEGY = "rewrite"


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for type changes that do not keep the rows as they are."""
    for command in view.commands("AlterColumnType"):
        if not rewrites.type_fits(command):
            new = tree.type_shown(command.definition.typeName)
            was = command.column.type if command.column else ""
            change = f"goes{was and f' from {was}'} to {new}"
            if was == new:  # an enum that was put aside, and made with other values
                change = f"gets a new {new}"
            yield command.finding(
                f"{command.shown} {change}: the table is written anew while it is locked",
                "fill a second column in batches and swap the two (strategy: shadow)",
            )


def pending(view: DiffView) -> Iterator[Finding]:
    """Look for type changes that do not say how they are to be made."""
    for old, new in view.altered(Column) if view.is_postgresql else ():
        said = view.direction(new).strategy
        if work(old, new, view.after) == REWRITE and said not in ("shadow", "rewrite"):
            yield Finding(
                f"{new.key} goes from {old.type} to {new.type}, which writes its table anew",
                new.key,
                help="say how: `strategy: shadow`, or `strategy: rewrite` if it may be locked",
                dialect="postgresql",
            )
