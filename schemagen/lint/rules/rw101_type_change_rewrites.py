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
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.lint import rewrites, tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.rule import Finding
    from schemagen.lint.sqlview import SqlView

CODE = "RW101"
NAME = "type-change-rewrites"
SEVERITY = "error"


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for type changes that do not keep the rows as they are."""
    for command in view.commands("AlterColumnType"):
        if not rewrites.type_fits(command):
            new = tree.type_text(command.definition.typeName)
            old = f" from {command.column.type}" if command.column else ""
            yield command.finding(
                f"{command.shown} goes{old} to {new}: the table is written anew while it is locked",
                "fill a second column in batches and swap the two (strategy: shadow)",
            )
