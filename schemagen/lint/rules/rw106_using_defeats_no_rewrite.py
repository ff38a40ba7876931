"""A USING that makes a cheap type change an expensive one.

Where the rows could stay as they are, PostgreSQL sees that only when it casts by itself, or when
USING is that very cast. `USING trim(code)`, or `at AT TIME ZONE 'UTC'` for a timestamp that becomes
timestamptz, writes the table anew. Leave USING out; for time zones, SET TimeZone to UTC before.

Bad:

```python
op.execute("SET TimeZone = 'UTC'")
op.execute("ALTER TABLE lots ALTER at TYPE timestamptz USING at AT TIME ZONE 'UTC'")
```

Good:

```python
op.execute("SET TimeZone = 'UTC'")
op.execute("ALTER TABLE lots ALTER at TYPE timestamptz USING at::timestamptz")
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.lint import rewrites, tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.rule import Finding
    from schemagen.lint.sqlview import SqlView
    from schemagen.lint.statement import Command

CODE = "RW106"
NAME = "using-defeats-no-rewrite"
SEVERITY = "warning"


_TIMES = ("timestamp", "timestamptz")


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for a USING that is no plain cast, where a plain cast would keep the rows."""
    for command in view.commands("AlterColumnType"):
        zoned = tree.type_text(command.definition.typeName) in _TIMES and _says_zone(command)
        if not rewrites.is_plain_cast(command) and (zoned or rewrites.type_fits(command)):
            yield command.finding(
                f"the USING makes the change of {command.shown} write the table anew",
                "leave USING out; for time zones SET TimeZone = 'UTC' before it",
            )


def _says_zone(command: Command) -> bool:
    calls = tree.inside(command.definition.raw_default, "FuncCall")
    return any(tree.function(call) == "timezone" for call in calls)
