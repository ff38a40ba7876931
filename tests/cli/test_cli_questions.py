"""The question of a rename, asked on a real terminal."""

from __future__ import annotations

import signal
import sys
from typing import TYPE_CHECKING

import pexpect
import pytest

if TYPE_CHECKING:
    from support.cli import Edit
    from support.project import Project


def terminal(project: Project, *arguments: str) -> pexpect.spawn:
    return pexpect.spawn(
        sys.executable,
        ["-m", "schemagen", "generate", *arguments],
        cwd=str(project.root),
        encoding="utf-8",
        timeout=60,
        preexec_fn=hearing_interrupts,
    )


def hearing_interrupts() -> None:
    """A process started in the background ignores SIGINT, and its children inherit that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def finished(child: pexpect.spawn) -> int | None:
    child.expect(pexpect.EOF)
    child.close()
    return child.exitstatus


def test_yes_is_written_into_the_yaml_and_comments_stay(generated: Project, edit: Edit) -> None:
    edit("size: integer = 0", "amount: integer = 0   # pieces")
    child = terminal(generated)
    child.expect_exact("Is column lots.amount the renamed size? [y/N]:")
    child.sendline("y")
    assert finished(child) == 0
    text = generated.read("schema/tables/lots.yaml")
    assert "amount: {type: integer = 0, renamed_from: size}   # pieces" in text
    assert "# as printed on the traveller" in text
    assert generated.revisions()[-1].stem == "0002_rename_size_to_amount"


def test_return_says_no_and_the_drop_then_needs_its_own_yes(generated: Project, edit: Edit) -> None:
    edit("size: integer", "amount: integer")
    before = generated.read("schema/tables/lots.yaml")
    child = terminal(generated)
    child.expect_exact("[y/N]:")
    child.sendline("")
    child.expect_exact("error[G002]")
    assert finished(child) == 1
    assert generated.read("schema/tables/lots.yaml") == before


@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["ctrl-c", "ctrl-d"])
def test_an_interrupt_at_the_question_ends_with_130_and_writes_nothing(
    generated: Project, edit: Edit, key: str
) -> None:
    edit("size: integer", "amount: integer")
    before = generated.read("schema/tables/lots.yaml")
    child = terminal(generated)
    child.expect_exact("[y/N]:")
    child.send(key)
    assert finished(child) == 130
    assert generated.read("schema/tables/lots.yaml") == before
    assert len(generated.revisions()) == 1


def test_tables_are_asked_first_and_then_the_columns_inside(generated: Project, edit: Edit) -> None:
    edit("table: lots", "table: batches")
    edit("size: integer", "amount: integer")
    child = terminal(generated)
    child.expect_exact("Is table batches the renamed lots? [y/N]:")
    child.sendline("y")
    child.expect_exact("Is column batches.amount the renamed size? [y/N]:")
    child.sendline("y")
    assert finished(child) == 0
    assert generated.revisions()[-1].stem == "0002_rename_lots_to_batches"


def test_no_input_never_asks(generated: Project, edit: Edit) -> None:
    edit("size: integer", "amount: integer")
    child = terminal(generated, "--no-input")
    child.expect_exact("error[R001]")
    assert finished(child) == 1
