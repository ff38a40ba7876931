"""Pages of the documentation, read as programs: their edits are made and their commands are run.

A page is a Markdown file. Its blocks are known by the words after the fence:

    console            `$ command` lines, each followed by what it prints, run by a shell
    console terminal   the same at a terminal, where questions are answered as the block answers
    diff FILE          an edit of a file: ` `, `-` and `+` lines that stand in it, in this order
    yaml FILE          the whole text of a file; without a FILE the block is only to be read

A comment `<!-- run` … `-->` holds commands that a reader need not see.

`<!-- project -->` begins with a fresh copy of the repository, `<!-- project: postgresql -->` with
DATABASE_URL naming an empty PostgreSQL database. What is in front of the first one belongs to the
first project. A line `…` in an output stands for any lines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ELLIPSIS = "…"
_BLOCK = re.compile(r"^```(?P<words>[^\n`]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_HIDDEN = re.compile(r"^<!-- run\n(?P<text>.*?)^-->$", re.MULTILINE | re.DOTALL)
_PROJECT = re.compile(r"^<!-- project(?:: (?P<dialect>\w+))? -->$", re.MULTILINE)
HIDDEN = "hidden"
_RUN = ("console", "console terminal", HIDDEN)
_EDITS = ("diff", "yaml")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block.

    Args:
        words: the words after the fence.
        text: what is between the fences.
        line: the line of the fence.

    """

    words: str
    text: str
    line: int

    @property
    def is_run(self) -> bool:
        """Whether it holds commands."""
        return self.words in _RUN

    @property
    def file(self) -> str:
        """The file that an edit is for."""
        sort, _, file = self.words.partition(" ")
        return file if sort in _EDITS else ""


@dataclass(frozen=True, slots=True)
class Session:
    """The blocks that follow each other in one copy of the project.

    Args:
        page: the file that they stand in.
        dialect: of the database.
        number: counted from 1.
        blocks: those that are run, or edit a file.

    """

    page: Path
    dialect: str
    number: int
    blocks: tuple[Block, ...]

    def __str__(self) -> str:
        """Name the test by the page and the line that it begins at."""
        return f"{self.page.stem}-{self.number}-{self.dialect}"


@dataclass(frozen=True, slots=True)
class Command:
    """A command of a block and the output that the page shows."""

    text: str
    output: str


def sessions(page: Path) -> list[Session]:
    """Read a page."""
    whole = page.read_text(encoding="utf-8")
    marks = list(_PROJECT.finditer(whole))
    starts = [0, *(mark.start() for mark in marks[1:])]
    found = []
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(whole)], strict=True), 1):
        dialect = (marks[number - 1]["dialect"] if marks else None) or "sqlite"
        blocks = tuple(b for b in _blocks(whole, start, end) if b.is_run or b.file)
        if blocks:
            found.append(Session(page, dialect, number, blocks))
    return found


def blocks(page: Path) -> list[Block]:
    """Give all blocks of a page."""
    whole = page.read_text(encoding="utf-8")
    return list(_blocks(whole, 0, len(whole)))


def _blocks(whole: str, start: int, end: int) -> Iterator[Block]:
    seen = [(m, m["words"].strip()) for m in _BLOCK.finditer(whole, start, end)]
    hidden = [(m, HIDDEN) for m in _HIDDEN.finditer(whole, start, end)]
    for found, words in sorted([*seen, *hidden], key=lambda pair: pair[0].start()):
        line = whole.count("\n", 0, found.start()) + 1
        yield Block(words, found["text"], line)


def commands(block: Block) -> list[Command]:
    """Take a console block apart; a line that begins with `>` goes on with the command."""
    found: list[tuple[list[str], list[str]]] = []
    for line in block.text.splitlines():
        if line.startswith("$ "):
            found.append(([line[2:]], []))
        elif (line == ">" or line.startswith("> ")) and not found[-1][1]:
            found[-1][0].append(line[2:])
        else:
            found[-1][1].append(line)
    return [Command("\n".join(said), "\n".join(shown).rstrip()) for said, shown in found]


def console(said: list[Command]) -> str:
    """Write commands and their outputs as a block's text."""
    lines: list[str] = []
    for command in said:
        first, *rest = command.text.split("\n")
        lines += [f"$ {first}", *(f"> {line}".rstrip() for line in rest)]
        lines += command.output.split("\n") if command.output else []
    return "".join(f"{line}\n" for line in lines)


def agrees(shown: str, real: str) -> bool:
    """Say whether an output is what the page shows, `…` standing for any lines."""
    pattern = "".join(
        r"(?:.*\n)*" if line.strip() == ELLIPSIS else re.escape(normal(line)) + r"\n"
        for line in shown.split("\n")
    )
    return re.fullmatch(pattern, f"{normal(real)}\n") is not None


def normal(text: str) -> str:
    """Take out what differs from day to day: dates, and the seconds that things took."""
    return re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d(?:\.\d+)?)?", "<date>", text)


def edited(text: str, edit: str) -> str:
    """Make the edit of a `diff` block; each run of its lines has to stand in the text once."""
    lines = edit.splitlines()
    old = "".join(f"{line[1:]}\n" for line in lines if line[:1] != "+")
    new = "".join(f"{line[1:]}\n" for line in lines if line[:1] != "-")
    assert text.count(old) == 1, f"{text.count(old)} places for this edit:\n{edit}"
    return text.replace(old, new)
