"""Runs of Alembic in processes that die when told to.

As a script it is a server: it has imported everything, and forks for each line of its input, so a
run costs a tenth of a second. A run may be killed at its n-th statement, just before the database
gets it; a commit counts as one.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Order:
    """What to run.

    Args:
        url: the database.
        arguments: of `alembic`.
        kill_at: the number of the statement at which the process is killed; 0 lets it live.
        pages: how many pages an SQLite file may have; 0 is any number.

    """

    url: str
    arguments: tuple[str, ...]
    kill_at: int = 0
    pages: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended."""

    killed: bool
    code: int
    said: str

    def ok(self) -> Outcome:
        """Fail the test if the run did not end well."""
        assert not self.killed
        assert self.code == 0, self.said
        return self


@dataclass(frozen=True, slots=True)
class Mortals:
    """The running server."""

    process: subprocess.Popen[str]

    def run(self, url: str, *arguments: str, kill_at: int = 0, pages: int = 0) -> Outcome:
        """Run `alembic`."""
        order = Order(url, arguments, kill_at, pages)
        print(json.dumps(asdict(order)), file=self.process.stdin, flush=True)
        return Outcome(**json.loads(self.process.stdout.readline()))


@contextmanager
def mortals(root: Path) -> Iterator[Mortals]:
    """Start the server in the folder of a project."""
    command = [sys.executable, __file__]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=root, stdin=pipe, stdout=pipe, text=True) as process:
        yield Mortals(process)
        process.stdin.close()


def _serve() -> None:
    import alembic.command  # noqa: F401, PLC0415 - before the forks
    import psycopg  # noqa: F401, PLC0415
    import pydantic_settings  # noqa: F401, PLC0415
    import sqlalchemy.dialects.postgresql  # noqa: PLC0415
    import sqlalchemy.dialects.sqlite  # noqa: F401, PLC0415

    for line in sys.stdin:
        given = json.loads(line)
        order = Order(**{**given, "arguments": tuple(given["arguments"])})
        with tempfile.TemporaryFile("w+") as out:
            if (pid := os.fork()) == 0:
                os.dup2(out.fileno(), 1)
                os.dup2(out.fileno(), 2)
                os._exit(_live(order))
            _, status = os.waitpid(pid, 0)
            out.seek(0)
            killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
            code = os.waitstatus_to_exitcode(status)
            outcome = Outcome(killed, code, out.read())
        print(json.dumps(asdict(outcome)), flush=True)  # noqa: T201 - the answer


def _live(order: Order) -> int:
    from alembic.config import CommandLine  # noqa: PLC0415 - only the server needs it
    from sqlalchemy import Engine, event  # noqa: PLC0415

    seen = 0

    def count(*_: object) -> None:
        nonlocal seen
        seen += 1
        if seen == order.kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def limit(raw: object, _record: object) -> None:
        raw.execute(f"PRAGMA max_page_count = {order.pages}")

    event.listen(Engine, "before_cursor_execute", count)
    event.listen(Engine, "commit", count)
    if order.pages:
        event.listen(Engine, "connect", limit)
    os.environ["DATABASE_URL"] = order.url
    try:
        CommandLine(prog="alembic").main(list(order.arguments))
    except SystemExit as stopped:
        return int(stopped.code or 0) % 256
    except BaseException:  # noqa: BLE001 - as the interpreter would
        sys.excepthook(*sys.exc_info())
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 0


if __name__ == "__main__":
    _serve()
