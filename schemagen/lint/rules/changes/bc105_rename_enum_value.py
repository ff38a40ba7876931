"""A value of an enum that is called otherwise from one moment to the next.

Deployed clients write the old word and are refused, and they do not know the new one that they
read. Add the new value first, write it, move the rows, and take the old one away at last.

Bad:

```diff
 enums:
-  colour: {storage: varchar(10), values: [RED, BLUE]}
+  colour: {storage: varchar(10), values: [RED, {name: AZURE, renamed_from: BLUE}]}
 ---
 table: parts
 columns: {id: bigint pk identity, colour: colour}
```

```python
op.execute("ALTER TYPE colour RENAME VALUE 'blue' TO 'azure'")
```

Good:

```diff
 enums:
-  colour: {storage: varchar(10), values: [RED, BLUE]}
+  colour: {storage: varchar(10), values: [RED, BLUE, AZURE]}
 ---
 table: parts
 columns: {id: bigint pk identity, colour: colour}
```

```python
with op.get_context().autocommit_block():
    op.execute("ALTER TYPE colour ADD VALUE IF NOT EXISTS 'azure' AFTER 'blue'")
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.kinds import Key
from schemagen.lint.rule import Finding
from schemagen.lint.tree import dotted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.sqlview import SqlView
    from schemagen.lint.views import DiffView

CODE = "BC105"
NAME = "rename-enum-value"
SEVERITY = "error"


def diff(view: DiffView) -> Iterator[Finding]:
    """Look for values with an earlier name."""
    for enum, value, old in view.renamed_values:
        yield Finding(
            f"{Key('enum_value', enum.name, old)} is called {value} from one moment to the next",
            Key("enum_value", enum.name, value),
            help="allow it if the clients are stopped; else add the new one beside the old one",
        )


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for RENAME VALUE."""
    for statement in view.of("AlterEnumStmt"):
        node = statement.node
        if node.oldVal:
            enum = dotted(node.typeName)
            yield statement.finding(
                f"deployed clients write {node.oldVal!r} into {enum}, not {node.newVal!r}",
                "add the new value, move the rows, and leave the old one unused",
                Key("enum", "", enum),
            )
