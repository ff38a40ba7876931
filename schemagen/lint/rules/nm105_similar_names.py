"""Two columns that a reader will mix up.

Names that differ only in `_`, or by a plural, lead to queries that ask for the wrong one and get an
answer.

Bad:

```yaml
table: users
columns: {id: bigint pk identity, user_name: text, username: text}
```

Good:

```yaml
table: users
columns: {id: bigint pk identity, login: text, display_name: text}
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.lint.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.views import SchemaView

CODE = "NM105"
NAME = "similar-names"
SEVERITY = "info"


def schema(view: SchemaView) -> Iterator[Finding]:
    """Compare the names of each table's columns without what is easily overlooked."""
    for table in view.schema.views():
        seen: dict[str, str] = {}
        for column in table.columns:
            folded = column.name.replace("_", "").lower().removesuffix("s")
            if other := seen.get(folded):
                yield Finding(
                    f"{column.key} is easily mistaken for {other}",
                    column.key,
                    help="give one of them a name that says what it is",
                )
            seen[folded] = column.name
