"""A new column that numbers the rows that are there.

serial and GENERATED … AS IDENTITY give every row a number, so the table is written anew under
ACCESS EXCLUSIVE. Add a plain column, let a sequence be the default for new rows, number the old
ones in batches, and then make it an identity.

Bad:

```python
op.add_column("lots", sa.Column("number", sa.BigInteger(), sa.Identity()))
```

Good:

```python
op.add_column("lots", sa.Column("number", sa.BigInteger()))
op.execute("CREATE SEQUENCE lots_number_seq OWNED BY lots.number")
op.execute("ALTER TABLE lots ALTER COLUMN number SET DEFAULT nextval('lots_number_seq')")
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.kinds import Column
from schemagen.lint import tree
from schemagen.lint.rewrites import SERIALS
from schemagen.lint.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.sqlview import SqlView
    from schemagen.lint.views import DiffView

CODE = "RW104"
NAME = "serial-identity-rewrites"
SEVERITY = "error"


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for new columns that are serial or identity."""
    for command in view.commands("AddColumn"):
        name = tree.dotted(command.definition.typeName.names)
        kinds = {constraint.kind for constraint in command.constraints}
        if name in SERIALS or "identity" in kinds:
            yield command.finding(
                f"{command.shown} numbers every row while the table is locked",
                "a plain column with nextval() as its default, filled in batches",
            )


def pending(view: DiffView) -> Iterator[Finding]:
    """Look for new columns that count."""
    for column in view.added(Column) if view.is_postgresql else ():
        if column.identity:
            yield Finding(
                f"{column.key} numbers every row while its table is locked",
                column.key,
                help="add a bigint that is NULL, fill it, and make it an identity then",
                dialect="postgresql",
            )
