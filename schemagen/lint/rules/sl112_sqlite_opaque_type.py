"""A type that SQLite keeps as text, with no idea of what it means.

Arrays, ranges, network addresses and the like are plain text there: nothing is checked, the
operators are missing, and they sort by their letters. Runs only when selected.

Bad:

```yaml
table: hosts
columns: {id: bigint pk identity, address: inet, tags: "text[]"}
```

Good:

```yaml
table: hosts
columns: {id: bigint pk identity, address: varchar(45)}
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.lint.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.views import SchemaView
    from schemagen.types import Spec

CODE = "SL112"
NAME = "sqlite-opaque-type"
SEVERITY = "info"
DEFAULT = False


_KNOWN = ("text", "varchar", "char", "json", "jsonb", "uuid", "interval")


def schema(view: SchemaView) -> Iterator[Finding]:
    """Look for types that are text or JSON in SQLite and more in PostgreSQL."""
    for table in view.sqlite.views():
        for column in table.columns:
            spec = column.spec
            if spec and spec.logical and (spec.dims or _is_text(spec)):
                yield Finding(
                    f"SQLite keeps {column.key} as text and checks nothing",
                    column.key,
                    help="allow it, if nobody relies on it in SQLite",
                    dialect="sqlite",
                )


def _is_text(spec: Spec) -> bool:
    assert spec.logical is not None  # noqa: S101 - the caller has looked
    return spec.logical.generic == "sa.Text" and spec.name not in _KNOWN
