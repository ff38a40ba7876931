"""One run of one revision under load, and what the clients saw."""

from __future__ import annotations

import contextlib
import sys
import threading
import time
from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from bench.stall.clients import Clients
from bench.stall.server import connect

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator

    from bench.stall.clients import Sample
    from bench.stall.projects import Project
    from bench.stall.server import Database

READER = 6.0  # seconds that a transaction stays open, idle, once the migration has connected
_WARM, _TAIL, _AFTER = 2.0, 1.0, 0.3
_CONNECTED = """
    SELECT extract(epoch FROM backend_start)::float8 FROM pg_stat_activity
    WHERE application_name = 'stall' AND datname = %s
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """What one run was like; times are in seconds.

    Args:
        stall: the longest wait of a writer.
        slow: what 99 of 100 writes were faster than.
        read: the longest wait of the reader.
        total: from the migration's connection to its last commit.
        before: errors of the clients up to that commit, by class.
        after: errors since then.

    """

    stall: float
    slow: float
    read: float
    total: float
    before: dict[str, int]
    after: dict[str, int]

    def __str__(self) -> str:
        """Give a line."""
        errors = f"errors {self.before or 'none'}, then {self.after or 'none'}"
        writes = f"writes {self.stall * 1000:.0f} ms (99 % {self.slow * 1000:.0f})"
        return f"{writes}, reads {self.read * 1000:.0f} ms, {self.total:.2f} s, {errors}"

    def fields(self) -> dict[str, object]:
        """Give them for JSON."""
        return asdict(self)


def measure(database: Database, project: Project, *, reader: bool) -> Measured:
    """Upgrade a database while clients work on it.

    Args:
        database: it is changed.
        project: whose head it goes to.
        reader: whether a transaction that has read `acct` stays open for a while.

    """
    clients = Clients(database)
    try:
        time.sleep(_WARM)
        with idle(database) if reader else contextlib.nullcontext() as connected:
            migration = project.upgrade(database.url)
            start = connection_of(database, migration)
            if connected:
                connected.set()
            said, _ = migration.communicate()
        end = time.time()
        time.sleep(_TAIL)
    finally:
        writers, reading = clients.stop()
    if migration.returncode:
        sys.exit(f"alembic upgrade:\n{said}")
    return _judge(writers, reading, (start, database.committed(), end))


def _judge(writers: list[Sample], reader: Sample, times: tuple[float, float, float]) -> Measured:
    start, done, end = times
    writes = sorted(took for one in writers for took in one.between(start, end + _AFTER))
    errors = [error for one in (*writers, reader) for error in one.errors]
    return Measured(
        stall=writes[-1],
        slow=writes[len(writes) * 99 // 100],
        read=max(reader.between(start, end + _AFTER)),
        total=done - start,
        before=dict(Counter(name for when, name in errors if when <= done)),
        after=dict(Counter(name for when, name in errors if when > done)),
    )


def connection_of(database: Database, migration: subprocess.Popen[str]) -> float:
    """Wait until the migration has connected; give the time."""
    with connect(database.server.url) as connection:
        while migration.poll() is None:
            if found := connection.execute(_CONNECTED, (database.name,)).fetchone():
                return float(found[0])
            time.sleep(0.01)
    sys.exit(f"alembic upgrade ended too soon:\n{migration.communicate()[0]}")


@contextlib.contextmanager
def idle(database: Database) -> Iterator[threading.Event]:
    """Keep a transaction open that has read the table, until some time after the event."""
    connected, reads = threading.Event(), threading.Event()

    def read() -> None:
        with database.connect() as connection, connection.transaction():
            connection.execute("SELECT id FROM acct LIMIT 1")
            reads.set()
            connected.wait()
            time.sleep(READER)

    thread = threading.Thread(target=read)
    thread.start()
    reads.wait()
    try:
        yield connected
    finally:
        connected.set()
        thread.join()
