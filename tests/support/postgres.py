"""A PostgreSQL server for the tests: the embedded one, or the one that the environment names."""

from __future__ import annotations

import fcntl
import itertools
import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import psycopg
from sqlalchemy.engine import URL, make_url

from schemagen.db import embedded
from schemagen.db.embedded import new_folder, stop
from support.spare import Spare

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OTHER_SERVER = "SCHEMAGEN_TEST_POSTGRES"  # a URL whose user may create databases
_numbers = itertools.count(1)
_spare = Spare()


__all__ = ["Server", "new_folder", "plain", "start", "stop"]


@dataclass(frozen=True, slots=True)
class Server:
    """A running server.

    Args:
        url: one of its databases, from which others are created.
        psql: the client's path.

    """

    url: URL
    psql: str

    @contextmanager
    def database(self, name: str = "test") -> Iterator[str]:
        """Give the URL of an empty database, which is nobody else's until the end."""
        database = _spare.take() or self._created(name)
        url = self.url.set(database=database)
        try:
            yield url.render_as_string(hide_password=False)
        finally:
            if not _spare.give_back(database, plain(url)):
                self.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')

    def _created(self, name: str) -> str:
        name = f"{name}_{os.getpid()}_{next(_numbers)}"
        self.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
        return name

    def execute(self, statement: str) -> None:
        """Run one statement outside a transaction."""
        with psycopg.connect(plain(self.url), autocommit=True) as connection:
            connection.execute(statement)


def plain(url: URL | str) -> str:
    """Give a URL as psql and psycopg take it."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def start(folder: Path, owner: int) -> Server:
    """Give the server of `folder`, started if it is not running.

    Args:
        folder: from `new_folder`.
        owner: the process with whose end the server ends.

    """
    if other := os.environ.get(OTHER_SERVER):
        return Server(make_url(other).set(drivername="postgresql+psycopg"), _psql_on_path())
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "ready").exists():
            embedded.start(folder, owner)
    running = embedded.running(folder)
    return Server(make_url(running.url), str(running.programs / "psql"))


def _psql_on_path() -> str:
    return shutil.which("psql") or "psql"
