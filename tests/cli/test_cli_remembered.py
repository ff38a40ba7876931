"""A project in which nothing is amiss is not looked at twice; any other file makes it another."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from schemagen import config
from schemagen.cli import comparing
from schemagen.workflow.project import look

if TYPE_CHECKING:
    from support.cli import Edit
    from support.project import Project

OK = "ok: 1 table, 3 columns, 1 revision, nothing pending\n"
COMMANDS = ("check", "diff")
MODULES = """
import sys
from schemagen.cli import main
try:
    main([{command!r}])
except SystemExit:
    pass
print(*sys.modules)
"""


def modules(project: Project, command: str) -> set[str]:
    """Run a command in a process of its own, and tell what it has imported."""
    code = MODULES.format(command=command)
    run = [sys.executable, "-c", code]
    done = subprocess.run(run, cwd=project.root, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("command", COMMANDS)
def test_the_second_time_nothing_is_read_but_the_files(generated: Project, command: str) -> None:
    first, second = modules(generated, command), modules(generated, command)
    assert {"schemagen.source", "schemagen.history"} <= first
    assert not {"schemagen.source", "schemagen.history", "schemagen.kinds"} & second


def test_a_history_that_is_what_it_was_is_not_read_again(generated: Project, edit: Edit) -> None:
    edit("size: integer = 0", "size: integer = 1")
    generated.schemagen("diff").ok()
    edit("size: integer = 1", "size: integer = 1\n  note: text?")
    assert not {"schemagen.history.files", "schemagen.history.walk"} & modules(generated, "diff")
    generated.schemagen("generate").ok()
    assert [path.stem[:4] for path in generated.revisions()] == ["0001", "0002"]
    assert "schemagen.history.files" in modules(generated, "diff")
    assert generated.schemagen("check", "--ci").ok()


def test_what_is_remembered_of_a_table_is_one_and_the_same(generated: Project) -> None:
    generated.write("schema/tables/boxes.yaml", "table: boxes\ncolumns: {id: int}\n")
    generated.schemagen("diff").ok()
    found = look(config.load(generated.root))
    state, schema = found.history.state(), found.source.schema
    assert state.homes["lots"] is schema.homes["lots"]


@pytest.mark.parametrize("command", COMMANDS)
def test_it_says_the_same(generated: Project, command: str) -> None:
    first, second = (generated.schemagen(command).ok() for _ in range(2))
    assert (first.stdout, first.stderr) == (second.stdout, second.stderr)
    assert first.stderr


@pytest.mark.parametrize(
    "file", ["schema/tables/lots.yaml", "schema/schema.yaml", "pyproject.toml", "entry", "revision"]
)
def test_whatever_changes_is_looked_at(generated: Project, file: str) -> None:
    generated.schemagen("check").ok()
    revision = generated.revisions()[0]
    known = {"entry": revision.with_suffix(".yaml"), "revision": revision}
    path = known.get(file, generated.root / file)
    path.write_text(path.read_text() + "unknown: [\n")
    assert generated.schemagen("check").code != 0


def test_a_new_file_is_looked_at(generated: Project) -> None:
    generated.schemagen("check").ok()
    (generated.root / "schema/tables/more.yaml").write_text("table: more\ncolumns: {id: int}\n")
    assert "add table more" in generated.schemagen("check").ok().stdout
    assert "add" in generated.schemagen("diff").ok().stdout + generated.schemagen("diff").stderr


def test_what_is_pending_or_wrong_is_never_remembered(project: Project) -> None:
    said = [project.schemagen(command).ok() for _ in range(2) for command in COMMANDS]
    assert said[0] == said[2]
    assert said[1] == said[3]
    assert not {"check", "diff"} & {kept.name for kept in (project.root / ".schemagen").iterdir()}


def test_what_is_written_meanwhile_is_looked_at_the_next_time(
    generated: Project, edit: Edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = comparing.compare

    def slow(*given: Any) -> str | None:  # noqa: ANN401 - as the one it stands for
        said = real(*given)
        edit("size: integer = 0", "size: integer = 0\n  note: text?")
        return said

    with monkeypatch.context() as patched:
        patched.setattr(comparing, "compare", slow)
        assert "no difference" in generated.schemagen("diff").ok().stderr
    assert "+ column note" in generated.schemagen("diff").ok().stdout


def test_a_link_to_nothing_is_no_file(generated: Project) -> None:
    (generated.root / "schema/tables/gone.yaml").symlink_to("nowhere.yaml")
    assert [generated.schemagen("check").ok().stderr for _ in range(2)] == [OK, OK]


def test_ci_believes_no_memory(generated: Project) -> None:
    generated.schemagen("check").ok()
    (generated.root / "backend/models/lots.py").write_text("# edited\n")
    assert generated.schemagen("check").ok().stderr == OK
    assert "G011" in generated.schemagen("check", "--ci").stdout


@pytest.mark.parametrize(
    "kept", ["", "{", "\xff", "all is well", "\n\nall is well", "0" * 64 + "\n"]
)
def test_a_memory_that_is_none_is_passed_over(generated: Project, kept: str) -> None:
    generated.schemagen("check").ok()
    memory = generated.root / ".schemagen/check"
    memory.write_text(kept)
    assert generated.schemagen("check").ok().stderr == OK
    assert memory.read_text().endswith(f"\n{OK.strip()}")


def test_where_nothing_can_be_kept_nothing_is(generated: Project) -> None:
    shutil.rmtree(generated.root / ".schemagen")
    Path(generated.root / ".schemagen").write_text("a file in the way")
    assert [generated.schemagen("check").ok().stderr for _ in range(2)] == [OK, OK]


def test_it_keeps_itself_out_of_version_control(generated: Project) -> None:
    generated.schemagen("diff").ok()
    assert (generated.root / ".schemagen/.gitignore").read_text() == "*\n"


def test_it_is_kept_in_the_project_and_nowhere_else(generated: Project, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.rmtree(generated.root / ".schemagen")
    (generated.root / ".schemagen").symlink_to(elsewhere)
    assert generated.schemagen("check").ok().stderr == OK
    assert not list(elsewhere.iterdir())


def test_an_id_that_is_no_text_is_kept_like_any_other(generated: Project) -> None:
    by_hand = 'revision = "0002\\ud800"\ndown_revision = "0001_initial"\n'
    (generated.versions / "0002_by_hand.py").write_text(by_hand)
    said = [generated.schemagen("diff").ok().stderr for _ in range(2)]
    assert said == ["no difference between 0002\\ud800 and yaml\n"] * 2
    assert (generated.root / ".schemagen/diff").exists()


def test_nothing_is_written_through_a_link(generated: Project, tmp_path: Path) -> None:
    kept = generated.root / ".schemagen"
    shutil.rmtree(kept, ignore_errors=True)
    kept.mkdir()
    for name in (".gitignore", "check", f"check.{os.getpid()}"):
        (kept / name).symlink_to(tmp_path / f"else{name}")
    generated.schemagen("check").ok()
    assert not list(tmp_path.glob("else*"))
    assert (kept / "check").is_file()
