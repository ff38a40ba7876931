"""A constraint on a domain, for which every table that uses it is read.

ALTER DOMAIN … ADD CONSTRAINT looks at every row of every table that has a column of the domain, and
takes SHARE on all of them, so their writers wait. NOT VALID and then VALIDATE CONSTRAINT, in two
transactions, does not make them wait.

Bad:

```python
op.execute("ALTER DOMAIN code ADD CONSTRAINT code_not_empty CHECK (value <> '')")
```

Good:

```python
op.execute("ALTER DOMAIN code ADD CONSTRAINT code_not_empty CHECK (value <> '') NOT VALID")
with op.get_context().autocommit_block():
    op.execute("ALTER DOMAIN code VALIDATE CONSTRAINT code_not_empty")
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.lint import tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.rule import Finding
    from schemagen.lint.sqlview import SqlView

CODE = "LK118"
NAME = "domain-constraint-scans"
SEVERITY = "error"


_ADD, _SET_NOT_NULL = "C", "O"


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for constraints on domains that are valid from the start."""
    for statement in view.of("AlterDomainStmt"):
        node = statement.node
        adds = node.subtype == _ADD and not node.def_.skip_validation
        if adds or node.subtype == _SET_NOT_NULL:
            name = tree.dotted(node.typeName)
            yield statement.finding(
                f"every table that uses {name} is read, and its writers wait",
                "add it NOT VALID, then VALIDATE CONSTRAINT in an autocommit_block",
            )
