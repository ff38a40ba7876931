"""The documentation tells the truth: its commands are run and print what is shown."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support import pages
from support.pages import Command
from support.shell import Shell

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.pages import Block, Session
    from support.postgres import Server

ROOT = Path(__file__).resolve().parents[2]
PAGES = (ROOT / "README.md", ROOT / "docs" / "guide.md", ROOT / "docs" / "online.md")
_BROKEN = ("here-document", "SyntaxError", "Traceback", "this is a bug in schemagen")
SESSIONS = [session for page in PAGES for session in pages.sessions(page)]


@pytest.mark.parametrize("session", SESSIONS, ids=str)
def test_what_a_page_shows_is_what_happens(
    session: Session,
    tmp_path: Path,
    postgres_server_if_needed: Callable[[], Server],
    pytestconfig: pytest.Config,
) -> None:
    update = pytestconfig.getoption("--update-docs")
    if session.dialect == "sqlite":
        replay(session, Shell.open(tmp_path / "f2x"), update=update)
        return
    server = postgres_server_if_needed()
    with server.database("f2x") as url:
        replay(session, Shell.open(tmp_path / "f2x", url, server.psql), update=update)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_no_page_shows_a_command_that_a_shell_or_python_cannot_read(page: Path) -> None:
    shown = page.read_text(encoding="utf-8")
    assert [word for word in _BROKEN if word in shown] == []


def replay(session: Session, shell: Shell, *, update: bool) -> None:
    """Make the edits and run the commands of a session; with `update`, write the outputs anew."""
    for block in session.blocks:
        if block.file:
            edit(block, shell)
            continue
        if block.words == pages.HIDDEN:
            prepare(block, shell)
            continue
        shown = pages.commands(block)
        terminal = block.words == "console terminal"
        real = [shell.ask(c) for c in shown] if terminal else shell.run(shown)
        where = f"{session.page.name}:{block.line}"
        if update:
            rewrite(session.page, block, shown, real)
        else:
            for one, two in zip(shown, real, strict=True):
                assert pages.agrees(one.output, two.output), (
                    f"{where}: $ {one.text}\n--- shown\n{one.output}\n--- real\n{two.output}"
                )


def prepare(block: Block, shell: Shell) -> None:
    (done,) = shell.run([Command(f"set -e\n{block.text}echo prepared", "")])
    assert done.output.endswith("prepared"), done.output


def edit(block: Block, shell: Shell) -> None:
    if block.words.startswith("diff "):
        shell.write(block.file, pages.edited(shell.read(block.file), block.text))
    else:
        shell.write(block.file, block.text)


def rewrite(page: Path, block: Block, shown: list[Command], real: list[Command]) -> None:
    """Write what has changed into the page; an output that still agrees stays as it is cut."""
    kept = [
        one if pages.agrees(one.output, two.output) else two
        for one, two in zip(shown, real, strict=True)
    ]
    whole = page.read_text(encoding="utf-8")
    fence = f"```{block.words}\n"
    new = whole.replace(f"{fence}{block.text}```", f"{fence}{pages.console(kept)}```", 1)
    page.write_text(new, encoding="utf-8", newline="\n")
