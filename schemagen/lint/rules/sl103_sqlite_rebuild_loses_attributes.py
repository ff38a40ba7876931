"""Alembic's batch mode, which makes a SQLite table anew from what it can reflect.

What it does not see is gone: checks, collations, AUTOINCREMENT, expression and descending indexes,
triggers; it cannot copy generated columns, and fails where a view mentions the table. `schemagen
generate` writes the table out from the YAML instead. With `table_args` and `reflect_args`, or with
`copy_from`, batch mode can be told; then allow it.

Bad:

```python
with op.batch_alter_table("lots") as batch:
    batch.alter_column("code", nullable=False)
```

Good:

```python
op.execute("CREATE TABLE lots_new (id INTEGER PRIMARY KEY, code TEXT NOT NULL)")
op.execute("INSERT INTO lots_new SELECT id, code FROM lots")
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.diagnostics import Place
from schemagen.lint.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.envview import EnvView
    from schemagen.lint.sqlview import SqlView

CODE = "SL103"
NAME = "sqlite-rebuild-loses-attributes"
SEVERITY = "error"


_HELP = "let schemagen generate write the rebuild"


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for batch_alter_table."""
    for line in view.calls("batch_alter_table"):
        yield Finding(
            "batch mode keeps only what it can reflect of the table",
            place=Place(view.file, line),
            help=_HELP,
            dialect="sqlite",
        )


def env(view: EnvView) -> Iterator[Finding]:
    """Look for render_as_batch, which makes autogenerate write batch mode."""
    for configure in view.configures:
        if configure.is_on("render_as_batch"):
            message = "autogenerate writes batch mode, which keeps only what it can reflect"
            yield view.finding(message, _HELP, configure.line)
