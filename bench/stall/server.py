"""An embedded PostgreSQL server that writes to the disk, and copies of a database with rows."""

from __future__ import annotations

import os
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from schemagen.db import embedded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

# What a small server would have; the embedded one is made to forget.
SETTINGS = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "shared_buffers": "256MB",
    "wal_level": "replica",
    "max_wal_size": "4GB",
    "track_commit_timestamp": "on",  # says when a revision was done
}


_COMMITTED = """
    SELECT coalesce(extract(epoch FROM pg_xact_commit_timestamp(xmin)), 0)::float8
    FROM alembic_version
"""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server.

    Args:
        url: one of its databases, from which others are made.

    """

    url: str

    def at(self, database: str) -> str:
        """Give the URL of a database, as SQLAlchemy takes it."""
        return make_url(self.url).set(database=database).render_as_string(hide_password=False)

    def connect(self, database: str) -> psycopg.Connection:
        """Connect to a database, without transactions."""
        return connect(self.at(database))

    def execute(self, *statements: str | sql.Composed) -> None:
        """Run statements outside of any database that is measured."""
        with connect(self.url) as connection:
            for statement in statements:
                connection.execute(statement)

    @contextmanager
    def copy(self, template: str, rows: int) -> Iterator[Database]:
        """Copy a database, drop it at the end.

        Args:
            template: what is copied.
            rows: that it has.

        """
        name = "measured"
        names = sql.Identifier(name), sql.Identifier(template)
        drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(names[0])
        make = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(*names)
        self.execute(drop, make, "CHECKPOINT")
        try:
            yield Database(self, name, rows)
        finally:
            self.execute(drop)


@dataclass(frozen=True, slots=True)
class Database:
    """A copy that is measured.

    Args:
        server: where it is.
        name: its name.
        rows: that `acct` has.

    """

    server: Server
    name: str
    rows: int

    @property
    def url(self) -> str:
        """Its URL."""
        return self.server.at(self.name)

    def connect(self) -> psycopg.Connection:
        """Connect to it, without transactions."""
        return connect(self.url)

    def committed(self) -> float:
        """Say when the version was committed, and with it the last part of a revision."""
        with self.connect() as connection:
            (when,) = connection.execute(_COMMITTED).fetchone() or (0.0,)
        return float(when)


def connect(url: str) -> psycopg.Connection:
    """Connect without transactions."""
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(plain, autocommit=True)


@contextmanager
def server(settings: Mapping[str, str] = MappingProxyType(SETTINGS)) -> Iterator[Server]:
    """Start a server with the settings of a real one; it ends with this process.

    Args:
        settings: those that the embedded one has otherwise.

    """
    folder = embedded.new_folder()
    try:
        embedded.start(folder, os.getpid())
        running = embedded.running(folder)
        found = Server(running.url)
        found.execute(*(f"ALTER SYSTEM SET {name} = '{value}'" for name, value in settings.items()))
        control = running.programs / "pg_ctl"
        _control(control, folder / "data", "restart")
        try:
            yield found
        finally:
            _control(control, folder / "data", "stop")
    finally:
        embedded.stop(folder)


def _control(program: Path, data: Path, verb: str) -> None:
    """Speak to the server as the user that it runs as."""
    owner = data.stat().st_uid
    command = [program, verb, "-w", "-m", "fast", "-D", data, "-l", data / "log"]
    subprocess.run(  # noqa: S603 - the server's own
        command, user=owner, check=True, stdout=subprocess.DEVNULL, cwd="/"
    )
