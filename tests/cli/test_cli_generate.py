from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.databases import at
from support.project import Project

from schemagen.workflow import writing

if TYPE_CHECKING:
    from support.cli import Edit

ADDED = ("size: integer = 0", "size: integer = 0\n  note: text?")
RENAMED = ("size: integer", "amount: integer")
DROPPED = ("  size: integer = 0\n", "")


def names(project: Project) -> list[str]:
    return sorted(p.name for p in project.versions.iterdir() if not p.name.startswith("__"))


def files(project: Project) -> dict[str, bytes]:
    found = (p for p in project.root.rglob("*") if p.is_file() and "__pycache__" not in p.parts)
    return {p.relative_to(project.root).as_posix(): p.read_bytes() for p in found}


def test_the_first_revision_is_the_initial_one_with_the_whole_state(project: Project) -> None:
    done = project.schemagen("generate").ok()
    assert names(project) == ["0001_initial.py", "0001_initial.yaml"]
    assert "\nschema:\n" in project.read("backend/alembic/versions/0001_initial.yaml")
    assert done.stdout.splitlines() == [
        "backend/alembic/versions/0001_initial.py",
        "backend/alembic/versions/0001_initial.yaml",
        "backend/models/__init__.py",
        "backend/models/base.py",
        "backend/models/lots.py",
        "schema/table.schema.json",
    ]
    assert done.stderr.endswith("next: schemagen verify, then: alembic upgrade head\n")


def test_the_next_one_is_numbered_and_named_by_what_it_does(generated: Project, edit: Edit) -> None:
    edit(*ADDED)
    generated.schemagen("generate").ok()
    text = generated.read("backend/alembic/versions/0002_add_note_to_lots.py")
    assert 'revision = "0002_add_note_to_lots"' in text
    assert 'down_revision = "0001_initial"' in text
    assert "Entry: 0002_add_note_to_lots.yaml" in text
    ast.parse(text)


def test_after_it_there_is_nothing_to_do(generated: Project) -> None:
    before = files(generated)
    done = generated.schemagen("generate").ok()
    assert done.stderr == "nothing to do: the history has all that the YAML has\n"
    assert files(generated) == before


def test_a_revision_that_is_generated_runs(generated: Project, edit: Edit, tmp_path: Path) -> None:
    edit(*ADDED)
    generated.schemagen("generate").ok()
    url = f"sqlite:///{tmp_path}/test.db"
    generated.upgrade(url)
    assert at(url).rows("SELECT name FROM pragma_table_info('lots') WHERE name = 'note'")
    generated.downgrade(url, "base")
    assert not at(url).rows("SELECT name FROM sqlite_master WHERE name = 'lots'")


def test_a_name_of_ones_own_is_taken_as_it_is(generated: Project, edit: Edit) -> None:
    edit(*ADDED)
    generated.schemagen("generate", "-m", "tell_more").ok()
    assert "0002_tell_more.py" in names(generated)


@pytest.mark.parametrize("message", ["Tell more", "tell-more", "é", "a\nb", "../x"])
def test_a_name_that_is_no_slug_is_refused_and_never_mended(
    generated: Project, edit: Edit, message: str
) -> None:
    edit(*ADDED)
    done = generated.schemagen("generate", "-m", message)
    assert done.code == 2
    assert "C006" in done.stderr
    assert len(generated.revisions()) == 1


def test_a_dry_run_prints_the_revision_and_writes_nothing(generated: Project, edit: Edit) -> None:
    edit(*ADDED)
    before = files(generated)
    done = generated.schemagen("generate", "--dry-run").ok()
    assert 'op.add_column("lots", sa.Column("note", sa.Text(), nullable=True))' in done.stdout
    assert files(generated) == before


def test_json_says_what_was_written(generated: Project, edit: Edit) -> None:
    edit(*ADDED)
    document = json.loads(generated.schemagen("generate", "--format", "json").ok().stdout)
    assert document["version"] == 1
    assert document["revision"] == "0002_add_note_to_lots"
    assert document["written"] is True
    assert document["changes"][0]["name"] == "note"
    assert {"path": document["path"], "removed": False} in document["files"]


def test_json_of_nothing_to_do_names_no_revision(generated: Project) -> None:
    document = json.loads(generated.schemagen("generate", "--format", "json").ok().stdout)
    assert document["revision"] is None


def test_errors_in_the_yaml_stop_it(generated: Project, edit: Edit) -> None:
    edit("size: integer", "size: intege")
    assert generated.schemagen("generate").code == 1
    assert len(generated.revisions()) == 1


def test_an_unhinted_rename_shows_both_readings_and_the_line_to_paste(
    generated: Project, edit: Edit
) -> None:
    edit(*RENAMED)
    done = generated.schemagen("generate")
    assert done.code == 1
    assert "error[R001]: column lots.amount could be size renamed" in done.stderr
    assert "  amount: {type: integer = 0, renamed_from: size}\n" in done.stderr
    assert "schemagen generate --assume-drop lots.size\n" in done.stderr
    assert len(generated.revisions()) == 1


def test_the_line_to_paste_makes_it_a_rename(generated: Project, edit: Edit) -> None:
    edit(*RENAMED)
    shown = generated.schemagen("generate").stderr.splitlines()
    line = next(each.strip() for each in shown if "renamed_from:" in each)
    edit("amount: integer = 0", line)
    generated.schemagen("generate").ok()
    assert "0002_rename_size_to_amount.py" in names(generated)


def test_findings_are_json_for_who_asked_for_json(generated: Project, edit: Edit) -> None:
    edit(*RENAMED)
    done = generated.schemagen("generate", "--format", "json")
    (found,) = json.loads(done.stdout)["diagnostics"]
    assert found["code"] == "R001"
    assert found["fix"]["text"] == "  amount: {type: integer = 0, renamed_from: size}"


def test_assume_drop_is_the_other_answer(generated: Project, edit: Edit) -> None:
    edit(*RENAMED)
    generated.schemagen("generate", "--assume-drop", "lots.size").ok()
    assert "0002_add_amount_to_lots.py" in names(generated)


def test_a_plain_drop_names_what_is_lost_and_needs_a_yes(generated: Project, edit: Edit) -> None:
    edit(*DROPPED)
    done = generated.schemagen("generate")
    assert done.code == 1
    assert "error[G002]: column lots.size would be dropped" in done.stderr
    assert "--allow-drop lots.size" in done.stderr


@pytest.mark.parametrize("name", ["lots.size", "size", "all"])
def test_a_drop_is_allowed_by_name_or_with_all_others(
    generated: Project, edit: Edit, name: str
) -> None:
    edit(*DROPPED)
    done = generated.schemagen("generate", "--allow-drop", name).ok()
    assert "drops column lots.size and all that is in it" in done.stderr


def test_a_mistyped_drop_is_recognised(generated: Project, edit: Edit) -> None:
    edit(*DROPPED)
    done = generated.schemagen("generate", "--allow-drop", "lots.sise")
    assert done.code == 1
    assert "did you mean 'lots.size'?" in done.stderr


def test_a_bare_column_name_that_could_be_two_allows_neither(generated: Project) -> None:
    second = generated.read("schema/tables/lots.yaml").replace("lots", "boxes")
    generated.write("schema/tables/boxes.yaml", second)
    generated.schemagen("generate").ok()
    for name in ("lots", "boxes"):
        text = generated.read(f"schema/tables/{name}.yaml")
        generated.write(f"schema/tables/{name}.yaml", text.replace("  size: integer = 0\n", ""))
    done = generated.schemagen("generate", "--allow-drop", "size")
    assert done.code == 1
    assert done.stderr.count("error[G002]") == 2


def test_a_dropped_table_is_one_loss_and_its_model_goes_with_it(generated: Project) -> None:
    (generated.root / "schema/tables/lots.yaml").unlink()
    done = generated.schemagen("generate")
    assert done.stderr.count("error[G002]") == 1
    assert "id, code, size" in done.stderr
    done = generated.schemagen("generate", "--allow-drop", "lots").ok()
    assert "removed backend/models/lots.py" in done.stdout
    assert not (generated.root / "backend/models/lots.py").exists()


def test_a_model_of_a_persons_own_stays(generated: Project) -> None:
    own = generated.write("backend/models/mine.py", "x = 1\n")
    (generated.root / "schema/tables/lots.yaml").unlink()
    generated.schemagen("generate", "--allow-drop", "all").ok()
    assert own.exists()


def test_a_missing_backfill_is_a_decision_and_no_failing_migration(
    generated: Project, edit: Edit
) -> None:
    edit(ADDED[0], f"{ADDED[0]}\n  weight: integer")
    done = generated.schemagen("generate")
    assert done.code == 1
    assert "error[G001]" in done.stderr


def test_irreversible_leaves_the_way_down_out(generated: Project, edit: Edit) -> None:
    edit(*ADDED)
    generated.schemagen("generate", "--irreversible").ok()
    text = generated.read("backend/alembic/versions/0002_add_note_to_lots.py")
    assert "raise CommandError" in text


def test_two_heads_name_both_and_the_commands_that_join_them(
    generated: Project, edit: Edit
) -> None:
    edit(*ADDED)
    generated.schemagen("generate").ok()
    mine = "backend/alembic/versions/0002_add_note_to_lots"
    for end in ("py", "yaml"):
        text = generated.read(f"{mine}.{end}").replace("add_note_to_lots", "theirs")
        generated.write(f"backend/alembic/versions/0002_theirs.{end}", text)
    edit("note: text?", "note: text?\n  more: text?")
    done = generated.schemagen("generate")
    assert done.code == 1
    assert "error[H005]" in done.stderr
    assert "0002_theirs" in done.stderr
    assert "schemagen undo 0002_" in done.stderr
    assert "schemagen generate" in done.stderr


@pytest.mark.parametrize("at", range(1, 4))
def test_a_failure_at_any_rename_leaves_every_file_as_it_was(
    generated: Project, edit: Edit, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    edit(*ADDED)
    before = files(generated)
    count, real = 0, Path.replace

    def failing(self: Path, target: Path) -> Path:
        nonlocal count
        count += 1
        if count == at:
            raise OSError(28, "No space left on device", str(target))
        return real(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    done = generated.schemagen("generate")
    assert done.code == 2
    assert "No space left on device" in done.stderr
    assert files(generated) == before


def test_what_is_not_python_is_a_bug_and_writes_nothing(
    generated: Project, edit: Edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(*ADDED)
    before = files(generated)
    monkeypatch.setattr(writing, "revision_text", lambda *_: "def (")
    done = generated.schemagen("generate")
    assert done.code == 2
    assert "this is a bug in schemagen: SyntaxError" in done.stderr
    assert files(generated) == before


def test_offline_is_the_plain_way(tmp_path: Path) -> None:
    lots = "table: lots\ncolumns: {id: int, code: text}\n"
    project = Project.create(tmp_path / "project", {"lots.yaml": lots}, online=True)
    project.schemagen("generate").ok()
    project.write("schema/lots.yaml", f"{lots}indexes: {{codes: [code]}}\n")
    online, plain = (
        project.schemagen("generate", "--dry-run", *flags).ok().stdout
        for flags in ((), ("--offline",))
    )
    assert "postgresql_concurrently=True" in online
    assert "concurrently" not in plain
    assert "op.create_index" in plain
