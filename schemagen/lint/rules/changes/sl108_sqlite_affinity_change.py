"""A change of type after which SQLite holds values in another form.

SQLite gives a column an affinity by the name of its type, and stores values by it: `'007'` in an
integer column is 7. The revision casts each value; what SQL of your own compares with may be
another form now.

Bad:

```diff
 table: parts
 columns:
   id: bigint pk identity
-  code: text
+  code: integer
```

Good:

```diff
 table: parts
 columns:
   id: bigint pk identity
-  code: varchar(20)
+  code: text
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.kinds import Column
from schemagen.lint.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.views import DiffView

CODE = "SL108"
NAME = "sqlite-affinity-change"
SEVERITY = "info"


_WORDS = (
    ("integer", ("int",)),
    ("text", ("char", "clob", "text")),
    ("blob", ("blob", "bytea")),
    ("real", ("real", "double", "float")),
)


def diff(view: DiffView) -> Iterator[Finding]:
    """Compare the affinities of each column's types."""
    for old, new in view.altered(Column) if not view.is_postgresql else ():
        before, after = _affinity(old.type), _affinity(new.type)
        if before != after:
            yield Finding(
                f"SQLite holds {new.key} as {after} instead of {before}",
                new.key,
                help="look at the SQL that compares it",
                dialect="sqlite",
            )


def _affinity(kind: str) -> str:
    """Give the affinity by SQLite's own rules, which go by parts of the type's name."""
    name = kind.lower()
    return next((a for a, words in _WORDS if any(w in name for w in words)), "numeric")
