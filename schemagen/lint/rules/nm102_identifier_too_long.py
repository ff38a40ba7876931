"""A name that PostgreSQL cuts without a word.

Names have at most 63 bytes. PostgreSQL cuts a longer one, with a notice that no one reads; two that
begin alike are then the same, and what looks for the written name later does not find it.

Bad:

```python
name = "idx_" + "very_" * 12 + "long"
op.execute(f"CREATE INDEX {name} ON lots (code)")
```

Good:

```python
op.create_index("idx_lots_code", "lots", ["code"])
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.lint import tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.rule import Finding
    from schemagen.lint.sqlview import SqlView

CODE = "NM102"
NAME = "identifier-too-long"
SEVERITY = "error"


_LONGEST = 63


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for names of more than 63 bytes in what a statement says."""
    for statement in view.statements:
        for name in sorted(set(tree.identifiers(statement.text))):
            if len(name.encode()) > _LONGEST:
                cut = name.encode()[:_LONGEST].decode(errors="ignore")
                yield statement.finding(f"{name!r} is cut to {cut!r}", "choose a shorter name")
