from __future__ import annotations

import importlib
import subprocess
import sys
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner

from schemagen import __version__
from schemagen.cli import COMMANDS, checking, main

if TYPE_CHECKING:
    from pathlib import Path

    from support.cli import Edit
    from support.project import Project

HEAVY = ("sqlalchemy", "alembic", "pydantic")
# What takes longer to import than it would be of use in a command where all is as usual.
UNUSUAL = (
    *("jinja2", "yaml", "pglast", "asyncio", "configparser", "difflib", "random", "subprocess"),
    *("pydantic_core", "tempfile", "traceback", "_hashlib"),
    *("schemagen.beside", "schemagen.db", "schemagen.history.git", "schemagen.lint.sqlview"),
    *("schemagen.report.sarif", "schemagen.workflow.linting"),
)
# What writes, and what would have a second process do it.
WRITING = {"jinja2", "random", "tempfile", "_hashlib", "schemagen.beside"}
# How many modules of ours a command loads, at most; more is a question, not a mistake.
MOST = {
    ("--help",): 12,
    ("check",): 140,
    ("diff",): 221,
    ("generate", "--dry-run"): 276,
    ("generate",): 276,
}


def test_version() -> None:
    assert CliRunner().invoke(main, ["--version"]).stdout == f"schemagen, version {__version__}\n"


def test_help_lists_every_command_and_the_exit_status() -> None:
    text = CliRunner().invoke(main, ["--help"]).stdout
    assert all(f"  {name} " in text for name in COMMANDS)
    assert "130  interrupted" in text


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_and_can_be_run_without_input(name: str) -> None:
    done = CliRunner().invoke(main, [name, "--help"])
    assert done.exit_code == 0
    assert "--no-input" in done.stdout
    command = main.get_command(click.Context(main), name)
    assert command is not None
    assert command.get_short_help_str(100) == COMMANDS[name]
    assert all(p.help for p in command.params if isinstance(p, click.Option))


def test_a_mistyped_command_is_recognised() -> None:
    done = CliRunner().invoke(main, ["chek"])
    assert done.exit_code == 2
    assert "No such command 'chek', did you mean 'check'?" in done.stderr


def loaded_by(project: Project, *arguments: str, processors: int = 1) -> set[str]:
    """Run a command in a process of its own; give the modules it has imported."""
    code = (
        f"import os, sys; os.sched_getaffinity = lambda _: set(range({processors})); "
        "from schemagen.cli import main; "
        "main(sys.argv[1:], standalone_mode=False); "
        "print('MODULES', *sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=project.root,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.rpartition("MODULES")[2].split())


@pytest.mark.parametrize(
    "arguments",
    [
        ["check"],
        ["check", "--ci"],
        ["diff"],
        ["diff", "--format", "json"],
        ["generate", "--dry-run"],
        ["generate"],
        ["lint"],
        ["explain", "PF101"],
        ["log"],
        ["models"],
        ["json-schema"],
    ],
    ids=" ".join,
)
def test_offline_commands_import_neither_sqlalchemy_nor_alembic(
    generated: Project, edit: Edit, arguments: list[str]
) -> None:
    edit("size: integer = 0", "size: integer = 0\n  note: text?")
    if "--ci" in arguments:
        generated.schemagen("generate").ok()
    assert not loaded_by(generated, *arguments).intersection(HEAVY)


@pytest.mark.parametrize("arguments", MOST, ids=" ".join)
def test_commands_load_what_they_need(
    generated: Project, edit: Edit, arguments: tuple[str, ...]
) -> None:
    edit("size: integer = 0", "size: integer = 0\n  note: text?")
    loaded = loaded_by(generated, *arguments)
    writing = WRITING if arguments[0] == "generate" else set()
    assert loaded.intersection((*HEAVY, *UNUSUAL)) <= writing
    ours = [name for name in loaded if name.split(".")[0] == "schemagen"]
    assert len(ours) <= MOST[arguments]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is one process")
def test_what_a_second_process_writes_takes_the_first_no_time(
    generated: Project, edit: Edit
) -> None:
    edit("size: integer = 0", "size: integer = 0\n  note: text?")
    loaded = loaded_by(generated, "generate", processors=2)
    assert generated.revisions()[1:]
    ours = {name for name in loaded if name.split(".")[0] == "schemagen"}
    assert not {"jinja2", "_hashlib", "schemagen.plan.planning", "schemagen.lint"} & loaded
    assert len(ours) <= MOST["generate",] - 80


def test_of_the_rules_those_on_changes_alone_are_loaded(generated: Project, edit: Edit) -> None:
    edit("size: integer = 0", "size: integer = 0\n  note: text?")
    rules = {n for n in loaded_by(generated, "generate") if n.startswith("schemagen.lint.rules.")}
    assert rules
    assert all(name.startswith("schemagen.lint.rules.changes") for name in rules)


def test_help_imports_no_command(project: Project) -> None:
    not_yet = {*HEAVY, "pydantic_core", "yaml", "jinja2", "schemagen.cli.check"}
    assert not loaded_by(project, "--help") & not_yet


def test_a_bug_of_ours_says_so_in_a_line_and_keeps_the_traceback_back(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking.project, "read", lambda *_, **__: {}["x"])
    monkeypatch.chdir(project.root)
    done = CliRunner().invoke(main, ["check"])
    assert done.exit_code == 2
    assert done.stderr == (
        "error: this is a bug in schemagen: KeyError: 'x'\n"
        "set SCHEMAGEN_DEBUG=1 for the traceback\n"
    )
    done = CliRunner(env={"SCHEMAGEN_DEBUG": "1"}).invoke(main, ["check"])
    assert "Traceback (most recent call last)" in done.stderr


def test_an_interrupt_ends_with_130(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(checking.project, "read", interrupt)
    assert project.schemagen("check").code == 130


def test_a_full_disk_is_no_bug(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", "schema/x")

    monkeypatch.setattr(checking.project, "read", full)
    done = project.schemagen("check")
    assert (done.code, done.stderr) == (2, "error: schema/x: No space left on device\n")


def test_a_missing_schema_folder_is_told(project: Project) -> None:
    done = project.schemagen("check", "--schema", "nowhere")
    assert done.code == 2
    assert done.stderr.startswith("error: there is no schema folder")


def test_a_wrong_configuration_is_shown_with_its_line_and_ends_with_2(project: Project) -> None:
    project.write("pyproject.toml", '[tool.schemagen]\nshema = "schema"\n')
    done = project.schemagen("check")
    assert done.code == 2
    assert '2 | shema = "schema"' in done.stderr
    assert "  | ^^^^^ did you mean 'schema'?" in done.stderr


def test_colour_is_for_terminals_unless_the_environment_says_otherwise(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    assert "\x1b[" not in project.schemagen("diff").stdout
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[32m" in project.schemagen("diff").stdout
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in project.schemagen("diff").stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_are_printed(shell: str) -> None:
    done = CliRunner().invoke(main, ["completion", shell])
    assert "_SCHEMAGEN_COMPLETE" in done.stdout


def test_tables_and_revisions_are_completed_from_file_names(
    generated: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(generated.root)
    complete = importlib.import_module("schemagen.cli.complete")
    context, option = click.Context(main), click.Option(["--x"])
    found = complete.Revision().shell_complete(context, option, "0")
    assert [item.value for item in found] == ["0001_initial"]
    found = complete.Table().shell_complete(context, option, "l")
    assert [item.value for item in found] == ["lots"]


def test_completion_says_nothing_where_the_project_is_not_sound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.schemagen\n")
    monkeypatch.chdir(tmp_path)
    complete = importlib.import_module("schemagen.cli.complete")
    assert complete.Table().shell_complete(click.Context(main), click.Option(["--x"]), "") == []
