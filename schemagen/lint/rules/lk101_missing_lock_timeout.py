"""A lock that is waited for without an end.

A statement that needs a strong lock waits until every open transaction on the table is over, and
all that comes after it waits behind it, readers too. One forgotten transaction of six seconds makes
an ALTER TABLE of a millisecond an outage of six seconds. With a short lock_timeout the statement
gives up and is tried again; the longest wait of a client was then 0.2 seconds.

It is set for the session in env.py, which also runs the revision again when the lock was not given,
or in the revision itself. env.py is looked at as well.

Bad:

```python
op.add_column("lots", sa.Column("note", sa.Text()))
```

Good:

```python
op.execute("SET lock_timeout = '200ms'")
op.add_column("lots", sa.Column("note", sa.Text()))
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.kinds import Key
from schemagen.lint.locks import blocks_writers, locks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.envview import EnvView
    from schemagen.lint.rule import Finding
    from schemagen.lint.sqlview import SqlView

CODE = "LK101"
NAME = "missing-lock-timeout"
SEVERITY = "error"


_HELP = (
    'set it in env.py, and run again on 55P03: `connect_args={"options": "-c lock_timeout=200ms"}`'
)


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for the first statement that may wait for ever for a lock that writers wait behind."""
    for statement in view.statements:
        strong = [lock for lock in locks(statement) if blocks_writers(lock.mode)]
        if strong and statement.scene.waits_forever:
            lock = strong[0]
            message = f"no lock_timeout bounds the wait for {lock.mode} on {lock.table}"
            yield statement.finding(message, _HELP, Key("table", "", lock.table))
            return


def env(view: EnvView) -> Iterator[Finding]:
    """Look for a lock_timeout in env.py."""
    if view.runs and not view.lock_timeout:
        yield view.finding("no lock_timeout is set for the session", _HELP, view.runs[0].line)
