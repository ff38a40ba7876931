"""A command that is measured, and its runs as whole processes."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bench.scale.folder import Folder

_WATCH = Path(__file__).with_name("watch.py")
_SHOWN = 2000  # characters of what a command that failed has said


def _nothing() -> None:
    """Prepare nothing."""


@dataclass(frozen=True, slots=True)
class Case:
    """A command of a contestant.

    Args:
        contestant: who.
        name: what it does, in the tables.
        command: the program and its arguments.
        folder: where it runs; after each run it is as it was.
        env: the variables.
        prepare: done before each run, not measured.
        writes: whether it has to write a file.

    """

    contestant: str
    name: str
    command: tuple[str, ...]
    folder: Folder
    env: Mapping[str, str]
    prepare: Callable[[], None] = _nothing
    writes: bool = False

    def run(self, limit: float) -> Run:
        """Run it once.

        Args:
            limit: it is killed after so many seconds.

        """
        self.prepare()
        with tempfile.NamedTemporaryFile() as output:
            found = watched(self.command, self.folder.root, self.env, limit, output.name)
            said = Path(output.name).read_text(encoding="utf-8", errors="replace")
        touched = self.folder.restore()
        if found.code:
            msg = f"{' '.join(self.command)} ended with {found.code}:\n{said[-_SHOWN:]}"
            raise CommandFailedError(msg)
        if self.writes and not touched and found.code is not None:
            msg = f"{' '.join(self.command)} has written nothing:\n{said[-_SHOWN:]}"
            raise CommandFailedError(msg)
        return found


@dataclass(frozen=True, slots=True)
class Run:
    """One run.

    Args:
        seconds: how long it took.
        worked: how long it had a processor.
        bytes: the most memory that it had.
        code: its exit status; None when it was killed.

    """

    seconds: float
    worked: float
    bytes: int
    code: int | None


class CommandFailedError(Exception):
    """A command did not do what it is measured at."""


class TooLongError(Exception):
    """What has to be there before a command can be measured takes too long."""


def set_up(command: tuple[str, ...], folder: Path, env: Mapping[str, str], limit: float) -> None:
    """Run a command that is not measured. Raises TooLongError.

    Args:
        command: the program and its arguments.
        folder: where it runs.
        env: the variables.
        limit: it is killed after so many seconds.

    """
    with tempfile.NamedTemporaryFile() as output:
        found = watched(command, folder, env, limit, output.name)
        said = Path(output.name).read_text(encoding="utf-8", errors="replace")
    if found.code is None:
        msg = f"{' '.join(command[2:])} takes over {limit / 60:.0f} min"
        raise TooLongError(msg)
    if found.code:
        msg = f"{' '.join(command)} ended with {found.code}:\n{said[-_SHOWN:]}"
        raise CommandFailedError(msg)


def watched(
    command: tuple[str, ...], folder: Path, env: Mapping[str, str], limit: float, output: str
) -> Run:
    """Run a command below the watcher.

    Args:
        command: the program and its arguments.
        folder: where it runs.
        env: the variables.
        limit: it is killed after so many seconds.
        output: the file that gets what it says.

    """
    done = subprocess.run(  # noqa: S603 - our own
        [sys.executable, "-S", _WATCH, str(limit), output, *command],
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    return Run(**json.loads(done.stdout))
