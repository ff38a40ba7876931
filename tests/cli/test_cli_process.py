"""A command's process: it ends as it is, and everything is said and done by then."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from support.cli import Edit
    from support.project import Project

RUN = (
    "import atexit, sys; from schemagen.__main__ import run; sys.argv[0] = 'schemagen'; "
    "atexit.register(print, 'at the end'); run()"
)
EARLY = """
import schemagen.__main__ as begun
def interrupted(command):
    raise KeyboardInterrupt
begun._second = interrupted
begun.run()
"""
LIVING = """
import gc, os, sys
from schemagen.__main__ import run
def end(code):
    print(sum(type(obj).__name__ == "Project" for obj in gc.get_objects()), file=sys.stderr)
    sys.stderr.flush()
    leave(code)
leave, os._exit = os._exit, end
run()
"""
FULL = Path("/dev/full")


BEGUN = """
import sys
from schemagen.__main__ import _second
with _second(sys.argv[1:]) as calls:
    print(calls._second is not None, "click" in sys.modules)
"""


def run(project: Project, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", RUN, *arguments],
        cwd=project.root,
        env={name: said for name, said in os.environ.items() if name != "PYTHONUNBUFFERED"},
        capture_output=True,
        text=True,
        check=False,
    )


def told_to(stdout: IO[str] | int, project: Project) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "schemagen", "log"],
        cwd=project.root,
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(("diff",), 0), (("diff", "--exit-code"), 1), (("check", "--schema", "nowhere"), 2)],
    ids=["as it should be", "a difference", "a mistake"],
)
def test_it_ends_with_the_code_of_the_command(
    generated: Project, edit: Edit, arguments: tuple[str, ...], code: int
) -> None:
    edit("size: integer = 0", "size: integer = 0\n  note: text?")
    done = run(generated, *arguments)
    assert done.returncode == code
    assert done.returncode == generated.schemagen(*arguments).code


def test_all_that_is_said_is_written_before(generated: Project, edit: Edit) -> None:
    columns = "".join(f"\n  column_{n}: text?" for n in range(3000))
    edit("size: integer = 0", f"size: integer = 0{columns}")
    done = run(generated, "diff", "--format", "json")
    assert done.stdout == generated.schemagen("diff", "--format", "json").stdout + "at the end\n"
    assert len(done.stdout) > 200_000


def test_what_is_to_be_done_at_the_end_is_done(generated: Project) -> None:
    assert run(generated, "--version").stdout.endswith("\nat the end\n")


@pytest.mark.skipif(not FULL.exists(), reason="there is no such device")
def test_what_cannot_be_written_is_no_success(generated: Project) -> None:
    with FULL.open("w") as full:
        done = told_to(full, generated)
    assert done.returncode
    assert "No space left on device" in done.stderr


def test_nobody_who_reads_is_no_bug(generated: Project) -> None:
    reads, writes = os.pipe()
    os.close(reads)
    done = told_to(writes, generated)
    os.close(writes)
    assert done.returncode
    assert "Traceback" not in done.stderr


def test_who_watches_it_comes_to_an_end_as_well(generated: Project) -> None:
    watched = [sys.executable, "-m", "cProfile", "-o", "profile", "-m", "schemagen", "diff"]
    subprocess.run(watched, cwd=generated.root, capture_output=True, check=True)
    assert (generated.root / "profile").stat().st_size


def test_nobody_there_to_ask_is_no_bug(generated: Project, edit: Edit) -> None:
    edit("size: integer = 0", "amount: integer = 0")
    done = subprocess.run(
        ["/bin/sh", "-c", '"$0" -m schemagen generate <&-', sys.executable],
        cwd=generated.root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "R001" in done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is one process")
@pytest.mark.parametrize("command", ["generate", "diff", "--help", ""])
def test_what_takes_longest_begins_before_the_options_are_read(command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", BEGUN, *command.split()], capture_output=True, text=True, check=True
    )
    has_two = command == "generate" and len(os.sched_getaffinity(0)) > 1
    assert done.stdout == f"{has_two} False\n"


def test_an_interrupt_before_there_is_a_command_is_no_bug() -> None:
    done = subprocess.run(
        [sys.executable, "-c", EARLY], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "interrupted\n")


@pytest.mark.parametrize("command", ["check", "diff", "generate --dry-run"])
def test_what_a_command_has_read_is_not_taken_apart(
    generated: Project, edit: Edit, command: str
) -> None:
    edit("size: integer = 0", "size: integer = 0\n  note: text?")
    done = subprocess.run(
        [sys.executable, "-c", LIVING, *command.split()],
        cwd=generated.root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr.splitlines()[-1] == "1"
