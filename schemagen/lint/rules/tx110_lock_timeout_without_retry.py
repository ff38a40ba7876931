"""An env.py that sets a lock_timeout and gives up when it is over.

With a short lock_timeout a migration fails whenever someone happens to hold the lock, and is then
run again by hand until it gets through. Run it again in env.py when the error is 55P03 (lock not
available) or 40P01 (deadlock), with a random pause, but never when a revision was committed and the
target is a relative one (`+1`): it would go too far.

Bad:

```python env.py
engine = create_engine(url, connect_args={"options": "-c lock_timeout=200ms"})
context.configure(connection=engine.connect())
context.run_migrations()
```

Good:

```python env.py
engine = create_engine(url, connect_args={"options": "-c lock_timeout=200ms"})
context.configure(connection=engine.connect())
for attempt in range(120):
    try:
        context.run_migrations()
        break
    except DBAPIError as error:
        if error.orig.sqlstate not in ("55P03", "40P01"):
            raise
        time.sleep(random.random())
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.envview import EnvView
    from schemagen.lint.rule import Finding

CODE = "TX110"
NAME = "lock-timeout-without-retry"
SEVERITY = "warning"


def env(view: EnvView) -> Iterator[Finding]:
    """Look for a way to run again."""
    if view.lock_timeout and not (view.says("55P03") or view.says("LockNotAvailable")):
        yield view.finding(
            f"lock_timeout is {view.lock_timeout}, and nothing runs again when it is over",
            "run again on 55P03 and 40P01, with a random pause",
            view.lock_timeout_line,
        )
