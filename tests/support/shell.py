"""A shell in a copy of this repository, for the commands that the documentation shows."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pexpect

from support.pages import Command

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

REPOSITORY = Path(__file__).parents[2]
SHOWN_ROOT = "/srv/f2x"
SHOWN_URL = "postgresql+psycopg://f2x@db/f2x"
_PARTS = ("schema", "backend", "alembic.ini", "pyproject.toml", ".gitignore", ".gitattributes")
_MARK = "--- that was the output of a command ---"
_QUESTION = re.compile(r"\[y/N\]: (?P<answer>\w*)$", re.MULTILINE)
_SECONDS = 60
_WHO = ("NAME", "EMAIL")


@dataclass(frozen=True, slots=True)
class Shell:
    """A folder with a copy of the repository's schema and backend, and a shell in it.

    Args:
        root: the folder.
        environment: what is set for every command, on top of the environment.
        hidden: texts that are shown in another way.

    """

    root: Path
    environment: Mapping[str, str]
    hidden: Mapping[str, str]

    @classmethod
    def open(cls, root: Path, url: str = "", psql: str = "") -> Shell:
        """Make the copy.

        Args:
            root: a folder that is not there yet.
            url: the database, if it is not to be dev.db.
            psql: the client's path.

        """
        root.mkdir(parents=True)
        for name in committed():
            if name.startswith(_PARTS):
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(REPOSITORY / name, root / name)
        tools = [str(Path(sys.executable).parent), *([str(Path(psql).parent)] if psql else [])]
        there = {
            "PATH": os.pathsep.join([*tools, os.environ["PATH"]]),
            "NO_COLOR": "1",
            "COLUMNS": "100",
            "GIT_CONFIG_GLOBAL": os.devnull,
            **{f"GIT_{who}_{what}": "f2x" for who in ("AUTHOR", "COMMITTER") for what in _WHO},
            **({"DATABASE_URL": url} if url else {}),
        }
        hidden = {
            str(root): SHOWN_ROOT,
            str(REPOSITORY): SHOWN_ROOT,
            **({url: SHOWN_URL} if url else {}),
        }
        return cls(root, there, hidden)

    def run(self, commands: Sequence[Command]) -> list[Command]:
        """Run the commands of one block, one after the other in one shell; give what they print."""
        lines = [f"{c.text}\nset -- $?; echo '{_MARK}'; (exit $1)" for c in commands]
        done = subprocess.run(
            ["bash", "-c", "\n".join(lines)],
            cwd=self.root,
            env=self._whole(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=_SECONDS * 5,
            check=False,
        )
        outputs = done.stdout.split(f"{_MARK}\n")
        return [
            Command(c.text, self._shown(out)) for c, out in zip(commands, outputs, strict=False)
        ]

    def ask(self, command: Command) -> Command:
        """Run a command at a terminal, and give the answers that the page gives."""
        child = pexpect.spawn(
            "bash",
            ["-c", command.text],
            cwd=str(self.root),
            env=self._whole(),
            encoding="utf-8",
            timeout=_SECONDS,
            dimensions=(50, 200),
        )
        said: list[str] = []
        for question in _QUESTION.finditer(command.output):
            child.expect_exact("[y/N]: ")
            said += [child.before, child.after]
            child.sendline(question["answer"])
        child.expect(pexpect.EOF)
        said.append(child.before)
        child.close()
        return Command(command.text, self._shown("".join(said).replace("\r\n", "\n")))

    def write(self, file: str, text: str) -> None:
        """Write a file, given by its path below the root."""
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")

    def read(self, file: str) -> str:
        """Read a file, given by its path below the root."""
        return (self.root / file).read_text(encoding="utf-8")

    def _whole(self) -> dict[str, str]:
        there = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "FORCE_COLOR")}
        return {**there, **self.environment}

    def _shown(self, output: str) -> str:
        for real, shown in self.hidden.items():
            output = output.replace(real, shown)
        lines = (line.rstrip() for line in output.rstrip().split("\n"))
        return "\n".join(lines)


def committed() -> Iterator[str]:
    """Give the files of the repository, as they are on disk."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    return (n for n in listed.stdout.split("\0") if n and (REPOSITORY / n).is_file())
