"""Commands in which a second process replays the history say what they say without one."""

from __future__ import annotations

import json
import os
import re
import signal
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from support import sidelong

from schemagen.workflow import ahead, order, writing

if TYPE_CHECKING:
    from support.cli import Edit
    from support.project import Project, Result

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is one process")
_CREATED = re.compile(r"Create Date: [\d .:-]+")
FILES = ("schema/tables/lots.yaml", "schema/tables/boxes.yaml")
COMMANDS = (
    ("check",),
    ("check", "--ci"),
    ("check", "--format", "json"),
    ("diff",),
    ("diff", "yaml", "head"),
    ("diff", "0001", "yaml", "--format", "json"),
    ("diff", "--sql", "sqlite"),
    ("generate", "--dry-run"),
    ("lint",),
)


def run(project: Project, arguments: tuple[str, ...]) -> Result:
    """Run a command that has not been run before."""
    for name in ("check", "diff", "objects"):
        (project.root / ".schemagen" / name).unlink(missing_ok=True)
    done = project.schemagen(*arguments)
    return replace(done, stdout=_CREATED.sub("", done.stdout))


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("pending", [False, True], ids=["", "pending"])
def test_a_command_says_the_same(
    generated: Project,
    edit: Edit,
    arguments: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
    *,
    pending: bool,
) -> None:
    if pending:
        edit("size: integer = 0", "size: integer = 0\n  note: text?")
    alone = run(generated, arguments)
    answers = sidelong.begin_always(monkeypatch)
    assert run(generated, arguments) == alone
    assert any(answers)


def test_no_object_is_told_that_is_there_already(
    generated: Project, edit: Edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {f"schema/tables/t{n}.yaml": f"table: t{n}\ncolumns: {{id: int}}\n" for n in range(9)}
    for name, text in files.items():
        generated.write(name, text)
    generated.schemagen("generate").ok()
    answers = sidelong.begin_always(monkeypatch)
    run(generated, ("diff",)).ok()
    edit("size: integer = 0", "size: integer = 0\n  note: text?")
    run(generated, ("diff",)).ok()
    told = [json.loads(answer)["unlike"] for answer in answers if answer and answer[:1] == b"{"]
    assert [set(unlike) for unlike in told] == [set(), {"lots"}]


def test_what_is_remembered_is_in_the_order_of_the_history(
    generated: Project, edit: Edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    generated.write("schema/tables/boxes.yaml", "table: boxes\ncolumns: {id: int, size: int?}\n")
    generated.schemagen("generate").ok()

    def said() -> list[str]:
        run(generated, ("diff", "base", "yaml")).ok()  # shows something, with nothing pending
        assert (generated.root / ".schemagen" / "objects").exists()
        before = {name: generated.read(name) for name in FILES}
        edit("  size: integer = 0\n", "")
        generated.write(FILES[1], "table: boxes\ncolumns: {id: int}\n")
        dropping = ("generate", "--dry-run", "--allow-drop", "all")
        found = [generated.schemagen(*command).stdout for command in (("diff",), dropping)]
        for name, text in before.items():
            generated.write(name, text)
        return [_CREATED.sub("", text) for text in found]

    alone = said()
    sidelong.begin_always(monkeypatch)
    assert said() == alone


def test_a_revision_is_written_the_same(
    generated: Project, edit: Edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit("size: integer = 0", "amount: {type: integer, default: 0, renamed_from: size}")
    sidelong.begin_always(monkeypatch)
    run(generated, ("generate",)).ok()
    _, entry = generated.revisions()[-1], generated.revisions()[-1].with_suffix(".yaml")
    assert "rename: column" in entry.read_text("utf-8")
    assert run(generated, ("check", "--ci")).ok()


@pytest.mark.parametrize("wrong", ["schema/tables/lots.yaml", "entry", "revision"])
def test_a_mistake_is_told_the_same(
    generated: Project, wrong: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    revision = generated.revisions()[0]
    known = {"entry": revision.with_suffix(".yaml"), "revision": revision}
    path = known.get(wrong, generated.root / wrong)
    path.write_text(path.read_text("utf-8") + "unknown: [\n", "utf-8")
    alone = [run(generated, command) for command in COMMANDS]
    sidelong.begin_always(monkeypatch)
    assert [run(generated, command) for command in COMMANDS] == alone
    assert alone[0].code


def test_one_that_is_killed_is_not_missed(
    generated: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = [run(generated, command) for command in COMMANDS]
    answers = sidelong.begin_always(monkeypatch)
    monkeypatch.setattr(ahead, "_replay", lambda *_: os.kill(os.getpid(), signal.SIGKILL))
    assert [run(generated, command) for command in COMMANDS] == alone
    assert None in answers


def test_revisions_that_change_meanwhile_are_no_ground_to_build_on(
    generated: Project, edit: Edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit("size: integer = 0", "size: integer = 0\n  note: text?")
    sidelong.begin_always(monkeypatch)
    real, revision = ahead.Ahead.__exit__, generated.revisions()[0]

    def change(self: ahead.Ahead, *args: object) -> None:
        real(self, *args)
        revision.write_text(revision.read_text("utf-8") + "# more\n", "utf-8")

    monkeypatch.setattr(ahead.Ahead, "__exit__", change)
    done = run(generated, ("generate",))
    assert (done.code, done.stderr) == (
        2,
        "error: the revisions were changed while they were read: run it again\n",
    )
    assert generated.revisions() == [revision]


WISHES = (
    ("generate",),
    ("generate", "--dry-run"),
    ("generate", "--format", "json"),
    ("generate", "--dry-run", "--format", "json", "--offline", "--irreversible"),
    ("generate", "-m", "named"),
    ("generate", "--amend", "--allow-drop", "all"),
)


def everything(project: Project) -> dict[str, str]:
    """Give all that is written, but for the times."""
    texts = (path for path in project.root.rglob("*") if path.suffix in {".py", ".yaml", ".json"})
    return {str(path): _CREATED.sub("", path.read_text("utf-8")) for path in texts}


def written(project: Project, arguments: tuple[str, ...]) -> tuple[Result, dict[str, str]]:
    """Run a command, and undo what it has done; give what it said and what it wrote."""
    before = {path: path.read_bytes() for path in project.root.rglob("*") if path.is_file()}
    done = run(project, arguments)
    after = everything(project)
    for path in [path for path in project.root.rglob("*") if path.is_file()]:
        path.unlink()
    for path, content in before.items():
        path.write_bytes(content)
    return done, after


@pytest.mark.parametrize("arguments", WISHES, ids=" ".join)
def test_what_a_second_process_writes_is_the_same(
    generated: Project, edit: Edit, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    edit("size: integer = 0", "size: bigint = 7\n  note: text?")
    alone = written(generated, arguments)
    assert alone[0].code == 0, alone[0].stderr
    sidelong.begin_always(monkeypatch)
    real, here = writing.write, os.getpid()

    def elsewhere(given: order.Order) -> order.Written:
        assert os.getpid() != here
        return real(given)

    monkeypatch.setattr(writing, "write", elsewhere)
    assert written(generated, arguments) == alone


def test_one_that_is_killed_while_it_writes_is_not_missed(
    generated: Project, edit: Edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit("size: integer = 0", "size: integer = 0\n  note: text?")
    alone = written(generated, ("generate",))
    assert alone[0].code == 0
    answers = sidelong.begin_always(monkeypatch)
    monkeypatch.setattr(writing, "practise", lambda _: os.kill(os.getpid(), signal.SIGKILL))
    assert written(generated, ("generate",)) == alone
    assert None in answers


REVISION, REBUILD, TABLE = "revision.py.j2", "rebuild.py.j2", "models/table.py.j2"
MISTAKES = (
    (REVISION, "{% if %}", "line 1: Expected an expression"),
    (REVISION, "{{ nothing.at.all }}", "line 1: 'nothing' is undefined"),
    (REVISION, "\n{{ 1 / 0 }}", "line 2: division by zero"),
    (REVISION, "def (", "it makes no Python, see line 1 of what it makes"),
    (REVISION, "\0", "it makes no Python"),
    (REVISION, "\udcff", "cannot be read"),
    (REBUILD, "\n\n{{ nothing.at.all }}", "line 3: 'nothing' is undefined"),
    (REBUILD, "def (", "it makes no Python"),
    (TABLE, "{% macro m() %}\n{{ 1 / 0 }}{% endmacro %}\n{{ m() }}", "line 2: division by zero"),
)


def with_template(project: Project, file: str, text: str, folder: str = "templates") -> None:
    """Give a project a template of its own, and a change that needs it."""
    path = project.root / "templates" / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    settings = project.read("pyproject.toml")
    if "templates = " not in settings:
        said = f'[tool.schemagen]\ntemplates = "{folder}"\n'
        project.write("pyproject.toml", settings.replace("[tool.schemagen]\n", said))


@pytest.mark.parametrize("case", MISTAKES, ids=map(repr, MISTAKES))
def test_a_template_of_the_projects_own_that_is_wrong_is_told_the_same(
    generated: Project, edit: Edit, case: tuple[str, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file, mistake, told = case
    edit("size: integer = 0", "size: bigint = 0")  # SQLite makes the table anew
    with_template(generated, file, mistake, "schema/../templates")
    alone = generated.schemagen("generate")
    sidelong.begin_always(monkeypatch)
    assert generated.schemagen("generate") == alone
    assert alone.code == 2
    assert file in alone.stderr
    assert told in alone.stderr
    assert not generated.revisions()[1:]


def test_of_two_that_are_wrong_both_ways_tell_the_same(
    generated: Project, edit: Edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit("size: integer = 0", "size: bigint = 0")
    for file in (REVISION, TABLE):
        with_template(generated, file, "{{ nothing }}")
    alone = generated.schemagen("generate")
    sidelong.begin_always(monkeypatch)
    assert generated.schemagen("generate") == alone
    assert alone.code == 2
