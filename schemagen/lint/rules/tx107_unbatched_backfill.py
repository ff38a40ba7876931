"""All rows of a table that is in use, changed by one statement.

Every row that it has changed stays locked until it ends; 200,000 rows made writers wait for 3.5
seconds, batches of 5,000 with a pause of 10 ms for 74 ms. Go along the primary key, and commit
after each batch.

Bad:

```python
op.execute("UPDATE lots SET note = '' WHERE note IS NULL")
```

Good:

```python
with op.get_context().autocommit_block():
    op.execute(
        '''
        DO $$ DECLARE at bigint := 0; last bigint; BEGIN
            SELECT max(id) INTO last FROM lots;
            WHILE at < last LOOP
                UPDATE lots SET note = '' WHERE id > at AND id <= at + 5000 AND note IS NULL;
                COMMIT;
                at := at + 5000;
            END LOOP;
        END $$
        '''
    )
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.lint import batches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.rule import Finding
    from schemagen.lint.sqlview import SqlView

CODE = "TX107"
NAME = "unbatched-backfill"
SEVERITY = "error"


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for UPDATE and DELETE that nothing keeps to a few rows."""
    for statement in view.on_old("UpdateStmt", "DeleteStmt"):
        if batches.changes_many(statement):
            verb = "UPDATE" if statement.kind == "UpdateStmt" else "DELETE"
            yield statement.finding(
                f"this {verb} locks every row of {statement.table} that it changes until it ends",
                "batches along the primary key, each with its own commit",
            )
