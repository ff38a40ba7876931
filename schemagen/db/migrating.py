"""Alembic at work on scratch databases, in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any

from schemagen.errors import SchemagenError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from schemagen.db.scratch import Database


class MoveError(Exception):
    """A database did not get where it should; the message is what was said.

    Args:
        said: the error's words.
        kind: the error's class.
        at: the revision that failed; empty when it was none.

    """

    def __init__(self, said: str, kind: str, at: str = "") -> None:
        """Keep the words."""
        super().__init__(said)
        self.kind = kind
        self.at = at


class Migrator:
    """The process that runs Alembic.

    Args:
        to: its stdin.
        back: its stdout.

    """

    def __init__(self, to: IO[str], back: IO[str]) -> None:
        """Keep the ways to it."""
        self._to, self._back = to, back

    def revisions(self) -> frozenset[str]:
        """Give the ids of the revisions that Alembic finds. Raises SchemagenError."""
        said = self._ask(verb="list")
        if "error" in said:
            msg = f"Alembic cannot read the project: {said['error']}"
            raise SchemagenError(msg)
        return frozenset(said["revisions"])

    def upgrade(self, database: Database, target: str) -> None:
        """Upgrade a database. Raises MoveError."""
        self._move("upgrade", database, target)

    def downgrade(self, database: Database, target: str) -> None:
        """Downgrade a database. Raises MoveError."""
        self._move("downgrade", database, target)

    def _move(self, verb: str, database: Database, target: str) -> None:
        said = self._ask(verb=verb, url=database.url, target=target)
        if said.get("type") == "ElsewhereError":
            raise SchemagenError(_NOT_LISTENING)
        if "error" in said:
            raise MoveError(said["error"], said["type"], said["at"])

    def _ask(self, **request: str) -> dict[str, Any]:
        try:
            self._to.write(json.dumps(request) + "\n")
            self._to.flush()
            line = self._back.readline()
        except OSError:
            line = ""
        if not line:
            msg = "the process that runs Alembic has ended: a revision, or env.py, has ended it"
            raise SchemagenError(msg)
        said: dict[str, Any] = json.loads(line)
        return said


_NOT_LISTENING = (
    "env.py connects to another database than the one that it is given, so nothing was run\n"
    "let it take the URL from `-x url=…`, from the option sqlalchemy.url or from DATABASE_URL"
)


@contextmanager
def migrator(root: Path) -> Iterator[Migrator]:
    """Start the process for a project; it ends with the block."""
    process = subprocess.Popen(
        [sys.executable, "-m", "schemagen.db.migrator"],
        cwd=root,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert process.stdin  # noqa: S101 - asked for above
    assert process.stdout  # noqa: S101 - as above
    with process, process.stdin, process.stdout:
        try:
            yield Migrator(process.stdin, process.stdout)
        finally:
            process.kill()
