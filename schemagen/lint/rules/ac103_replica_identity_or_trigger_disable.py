"""Replication or triggers that are switched off.

REPLICA IDENTITY decides what logical replication can send; with NOTHING, or with an index that
goes, UPDATE and DELETE fail on the published table. A disabled trigger keeps no rule and writes no
log, for all clients and not only for the revision, until someone enables it; one that is dropped
never again.

Bad:

```python
op.execute("ALTER TABLE lots DISABLE TRIGGER ALL")
op.execute("UPDATE lots SET note = '' WHERE id = 1")
```

Good:

```python
op.execute("SET LOCAL session_replication_role = replica")
op.execute("UPDATE lots SET note = '' WHERE id = 1")
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.rule import Finding
    from schemagen.lint.sqlview import SqlView

CODE = "AC103"
NAME = "replica-identity-or-trigger-disable"
SEVERITY = "warning"


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for REPLICA IDENTITY, DISABLE TRIGGER and DROP TRIGGER on tables that are in use."""
    for command in view.commands():
        if command.kind == "ReplicaIdentity":
            message = f"this changes what replication sends of {command.table}"
            yield command.finding(message, "look at the subscribers first")
        elif command.kind.startswith("DisableTrig"):
            message = f"triggers of {command.table} are off for all clients"
            yield command.finding(message, "SET LOCAL session_replication_role, for this session")
    made = {(each.table, each.node.trigname) for each in view.of("CreateTrigStmt")}
    for statement, name in view.dropped("OBJECT_TRIGGER"):
        table, _, trigger = name.rpartition(".")
        if (table, trigger) not in made:
            yield statement.finding(f"what the trigger {trigger} of {table} did is done no more")
