"""A PostgreSQL server for the tests: the embedded one, or the one that the environment names."""

from __future__ import annotations

import fcntl
import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
from sqlalchemy.engine import URL, make_url

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

OTHER_SERVER = "SCHEMAGEN_TEST_POSTGRES"  # a URL whose user may create databases
_START_SECONDS = 90
_numbers = itertools.count(1)


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
        """Create an empty database and give its URL; it is dropped at the end."""
        name = f"{name}_{os.getpid()}_{next(_numbers)}"
        self.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
        try:
            yield self.url.set(database=name).render_as_string(hide_password=False)
        finally:
            self.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def execute(self, statement: str) -> None:
        """Run one statement outside a transaction."""
        with psycopg.connect(plain(self.url), autocommit=True) as connection:
            connection.execute(statement)


def plain(url: URL | str) -> str:
    """Give a URL as psql and psycopg take it."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def new_folder() -> Path:
    """Give a folder in which the workers of one test run share a server."""
    return Path(tempfile.mkdtemp(prefix="schemagen-pg-"))


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
            _start_keeper(folder, owner)
    ready = json.loads((folder / "ready").read_text())
    return Server(make_url(ready["url"]), str(Path(ready["bin"]) / "psql"))


def stop(folder: Path) -> None:
    """Stop the server of `folder`, if there is one, and wait until it is gone."""
    ready = folder / "ready"
    if ready.exists():
        pid = json.loads(ready.read_text())["pid"]
        os.kill(pid, signal.SIGTERM)
        _wait(lambda: not ready.exists(), "the server did not stop")
    shutil.rmtree(folder, ignore_errors=True)


def _start_keeper(folder: Path, owner: int) -> None:
    command = [sys.executable, str(Path(__file__).with_name("keeper.py")), str(folder), str(owner)]
    with (folder / "keeper.log").open("w") as log:
        keeper = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )

    def ready() -> bool:
        if keeper.poll() is not None:
            msg = f"PostgreSQL did not start:\n{(folder / 'keeper.log').read_text()}"
            raise RuntimeError(msg)
        return (folder / "ready").exists()

    _wait(ready, "PostgreSQL did not start in time")
    keeper.returncode = 0  # it outlives this process, if need be; no warning about that


def _wait(done: Callable[[], bool], otherwise: str) -> None:
    end = time.monotonic() + _START_SECONDS
    while not done():
        if time.monotonic() > end:
            raise RuntimeError(otherwise)
        time.sleep(0.05)


def _psql_on_path() -> str:
    return shutil.which("psql") or "psql"
