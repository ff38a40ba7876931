"""A column that no longer counts by itself.

The number that comes next is forgotten with its sequence: the way down starts it again behind the
highest number that is still there, so numbers of deleted rows come twice. Inserts that leave the
column out fail.

Bad:

```diff
 table: lots
 columns:
-  id: bigint pk identity
+  id: bigint pk
```

```python
op.execute("DROP SEQUENCE lots_number_seq")
```

Good:

```diff
 table: lots
 columns:
-  id: bigint pk identity
+  id: {type: bigint pk, identity: {always: true}}
```

```python
op.execute("ALTER SEQUENCE lots_number_seq OWNED BY NONE")
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

CODE = "DL107"
NAME = "drop-identity"
SEVERITY = "warning"


def diff(view: DiffView) -> Iterator[Finding]:
    """Look for identities that go while their column stays."""
    for old, new in view.altered(Column):
        if old.identity and not new.identity:
            yield Finding(
                f"{new.key} forgets which number comes next",
                new.key,
                help="note the sequence's last value first, or allow it",
            )


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for sequences that are dropped, and for DROP IDENTITY."""
    for statement, name in view.dropped("OBJECT_SEQUENCE"):
        yield statement.finding(f"the sequence {name} goes, and where it had got to", _HELP)
    for command in view.commands("DropIdentity"):
        yield command.finding(f"{command.shown} forgets where it had got to", _HELP)


_HELP = "write down last_value first: the way back begins to count from 1"
