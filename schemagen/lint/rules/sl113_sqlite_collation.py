"""A collation that only one of the databases has.

SQLite knows BINARY, NOCASE and RTRIM; PostgreSQL knows those of its system, such as `de-x-icu`. A
table with a collation that the database does not have cannot be made there. What a column says for
both is an error of its own (P007); here are overrides, and the items of indexes.

Bad:

```yaml
table: users
columns:
  id: bigint pk identity
  name: {type: text, sqlite: {collation: de-x-icu}}
```

Good:

```yaml
table: users
columns:
  id: bigint pk identity
  name: {type: text, postgresql: {collation: de-x-icu}}
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.kinds import Column, Index
from schemagen.lint.rule import Finding
from schemagen.types import CALLED, DIALECTS, OTHER, SQLITE_COLLATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.kinds import Obj
    from schemagen.lint.views import SchemaView

CODE = "SL113"
NAME = "sqlite-collation"
SEVERITY = "warning"


def schema(view: SchemaView) -> Iterator[Finding]:
    """Look at the collations of columns and of the items of indexes, on each database."""
    for dialect in DIALECTS:
        for obj in view.schema.on(dialect):
            for name in _collations(obj):
                if (name.lower() in SQLITE_COLLATIONS) != (dialect == "sqlite"):
                    yield Finding(
                        f"{CALLED[dialect]} has no collation {name!r}, which {obj.key} asks for",
                        obj.key,
                        help=f"say it under `{OTHER[dialect]}:`",
                        dialect=dialect,
                    )


def _collations(obj: Obj) -> Iterator[str]:
    if isinstance(obj, Column) and obj.collation:
        yield obj.collation
    if isinstance(obj, Index):
        yield from (item.collate for item in obj.columns if item.collate)
