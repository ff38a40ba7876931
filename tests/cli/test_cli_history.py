"""`log`, `undo`, `record`, `generate --data`, `models` and `json-schema`."""

from __future__ import annotations

import ast
import importlib.util
import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from support.cli import Edit
    from support.project import Project

NOTE = ("size: integer = 0", "size: integer = 0\n  note: text?")

ADD_NOTE = 'op.execute("alter table lots add note text")'
DROP_NOTE = 'op.execute("alter table lots drop note")'


@pytest.fixture
def two(generated: Project, edit: Edit) -> Project:
    edit(*NOTE)
    generated.schemagen("generate").ok()
    return generated


def by_hand(project: Project, body: str = "pass", way_down: str = "pass") -> str:
    """Write a revision as `alembic revision` would, on top of the first."""
    text = (
        '"""Add a note.\n\nRevision ID: 0002_by_hand\nRevises: 0001_initial\n'
        'Create Date: 2026-01-02 03:04:05\n"""\n\nfrom alembic import op\n\n'
        'revision = "0002_by_hand"\ndown_revision = "0001_initial"\nbranch_labels = None\n'
        f"depends_on = None\n\n\ndef upgrade() -> None:\n    {body}\n\n\n"
        f"def downgrade() -> None:\n    {way_down}\n"
    )
    project.write("backend/alembic/versions/0002_by_hand.py", text)
    return text


class TestLog:
    def test_it_tells_the_newest_last_with_ids(self, two: Project) -> None:
        lines = two.schemagen("log").ok().stdout.splitlines()
        assert lines[0] == "0001_initial"
        assert "    + table lots (3 columns)" in lines
        assert "0002_add_note_to_lots (head)" in lines
        assert lines[-1] == "        + column note text?"

    def test_the_newest_alone(self, two: Project) -> None:
        assert "0001" not in two.schemagen("log", "-n", "1").ok().stdout.splitlines()[0]

    def test_json_has_every_change(self, two: Project) -> None:
        document = json.loads(two.schemagen("log", "--format", "json").ok().stdout)
        first, second = document["revisions"]
        assert first["down"] == []
        assert len(first["changes"]) == 6
        assert second["is_head"]
        assert second["changes"][0]["name"] == "note"

    def test_a_hand_written_revision_has_its_place(self, generated: Project) -> None:
        by_hand(generated)
        text = generated.schemagen("log").ok().stdout
        assert "0002_by_hand (head)" in text
        assert "Add a note." in text
        assert "written by hand" in text

    def test_no_history_says_what_to_do(self, project: Project) -> None:
        assert "schemagen generate" in project.schemagen("log").ok().stderr


class TestUndo:
    def test_the_head_goes_with_its_entry_and_the_yaml_stays(self, two: Project) -> None:
        yaml = two.read("schema/tables/lots.yaml")
        two.schemagen("undo").ok()
        assert not list(two.versions.glob("0002*"))
        assert two.read("schema/tables/lots.yaml") == yaml

    def test_a_dry_run_removes_nothing(self, two: Project) -> None:
        done = two.schemagen("undo", "--dry-run").ok()
        assert "would remove backend/alembic/versions/0002_add_note_to_lots.py" in done.stdout
        assert len(list(two.versions.glob("0002*"))) == 2

    def test_a_revision_that_another_follows_stays(self, two: Project) -> None:
        done = two.schemagen("undo", "0001")
        assert done.code == 2
        assert "0002_add_note_to_lots follows 0001_initial" in done.stderr

    def test_with_two_heads_it_has_to_be_named(self, two: Project) -> None:
        by_hand(two)
        done = two.schemagen("undo")
        assert done.code == 2
        assert "schemagen undo 0002_add_note_to_lots" in done.stderr
        assert "schemagen undo 0002_by_hand" in done.stderr
        two.schemagen("undo", "0002_by_hand").ok()
        assert [p.stem for p in two.revisions()] == ["0001_initial", "0002_add_note_to_lots"]

    def test_what_a_person_wrote_is_removed_by_name_alone(self, generated: Project) -> None:
        by_hand(generated)
        assert "name it: schemagen undo 0002_by_hand" in generated.schemagen("undo").stderr
        generated.schemagen("undo", "0002_by_hand").ok()

    @pytest.mark.parametrize("where", ["environment", "dotenv", "ini", "default"])
    def test_the_working_database_goes_back_first(
        self, two: Project, tmp_path: Path, where: str
    ) -> None:
        url = f"sqlite:///{tmp_path}/dev.db"
        if where == "dotenv":
            two.write(".env", f'# the desk\nexport DATABASE_URL="{url}"\n')
        elif where == "ini":
            ini = two.read("alembic.ini")
            two.write("alembic.ini", ini.replace("[alembic]", f"[alembic]\nsqlalchemy.url = {url}"))
        elif where == "default":
            url = f"sqlite:///{two.root}/dev.db"
        two.upgrade(url)
        if where == "environment":
            done = two.schemagen_process("undo", DATABASE_URL=url)
        else:
            done = two.schemagen("undo")
        assert done.code == 2
        assert "first: alembic downgrade 0001_initial" in done.stderr
        two.downgrade(url, "0001_initial")
        two.schemagen("undo").ok()

    def test_no_database_file_is_made_by_looking(self, two: Project) -> None:
        two.write(".env", "DATABASE_URL=sqlite:///./nothing.db\n")
        two.schemagen("undo").ok()
        assert not (two.root / "nothing.db").exists()

    @pytest.mark.parametrize(
        "url",
        [
            "nonsense:s3cret",
            "postgresql://me:s3cret@host:port/x",
            "postgresql://me:s3cret?@127.0.0.1:1/x",
            "postgresql+psycopg://me:/s3cret@127.0.0.1:1/x",
            "nonsense://me:s3cret@host/x",
        ],
    )
    def test_a_url_that_cannot_be_used_is_not_repeated_with_its_password(
        self, two: Project, url: str
    ) -> None:
        two.write(".env", f"DATABASE_URL={url}\n")
        done = two.schemagen("undo")
        assert done.code == 2
        assert "s3cret" not in done.stderr

    def test_a_database_that_does_not_answer_stops_it_and_its_password_stays_secret(
        self, two: Project
    ) -> None:
        url = "postgresql+psycopg://me:s3cret@127.0.0.1:1/x?password=s3cret"
        two.write(".env", f"DATABASE_URL={url}\n")
        done = two.schemagen("undo")
        assert done.code == 2
        assert "postgresql+psycopg://***@127.0.0.1:1/x does not answer" in done.stderr
        assert "s3cret" not in done.stderr + done.stdout
        two.schemagen_process("undo", DATABASE_URL="").ok()


class TestRecord:
    def test_the_difference_becomes_the_entry_of_a_hand_written_revision(
        self, generated: Project, edit: Edit
    ) -> None:
        by_hand(generated, ADD_NOTE, DROP_NOTE)
        edit(*NOTE)
        done = generated.schemagen("record", "0002").ok()
        assert "+ column note text?" in done.stderr
        text = generated.read("backend/alembic/versions/0002_by_hand.py")
        assert "Create Date: 2026-01-02 03:04:05\nEntry: 0002_by_hand.yaml\n" in text
        assert generated.schemagen("check").ok().stderr.startswith("ok: ")

    def test_what_a_revision_does_not_do_is_not_told(self, generated: Project, edit: Edit) -> None:
        text = by_hand(generated)
        edit(*NOTE)
        done = generated.schemagen("record", "0002")
        assert done.code == 1
        assert "column lots.note is only in the model" in done.stderr
        assert generated.read("backend/alembic/versions/0002_by_hand.py") == text
        generated.schemagen("record", "0002", "--no-verify").ok()

    def test_without_a_difference_there_is_nothing_to_tell(self, generated: Project) -> None:
        text = by_hand(generated)
        assert "nothing to do" in generated.schemagen("record", "0002").ok().stderr
        assert generated.read("backend/alembic/versions/0002_by_hand.py") == text

    def test_a_rename_needs_its_hint_here_too(self, generated: Project, edit: Edit) -> None:
        by_hand(generated)
        edit("size: integer", "amount: integer")
        done = generated.schemagen("record", "0002")
        assert done.code == 1
        assert "R001" in done.stderr

    def test_a_revision_below_the_head_cannot_be_told(self, generated: Project, edit: Edit) -> None:
        by_hand(generated)
        edit(*NOTE)
        generated.schemagen("generate").ok()
        done = generated.schemagen("record", "0002")
        assert done.code == 2
        assert "not the head" in done.stderr

    def test_an_edited_body_is_sealed(self, two: Project) -> None:
        path = two.revisions()[-1]
        path.write_text(path.read_text().replace("# add column", "# a note: add column"))
        assert two.schemagen("check").code == 1
        two.schemagen("record", "0002").ok()
        two.schemagen("check").ok()

    def test_a_sealed_one_has_nothing_to_tell(self, two: Project) -> None:
        assert "nothing to do" in two.schemagen("record", "head").ok().stderr


class TestDocstrings:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            (
                '"""A.\n\nRevises: x\n"""\nx = 1\n',
                '"""A.\n\nRevises: x\nEntry: e.yaml\n"""\nx = 1\n',
            ),
            ('"""A."""\nx = 1\n', '"""A.\n\nEntry: e.yaml\n"""\nx = 1\n'),
            ('"""Ä."""; x = 1\n', '"""Ä.\n\nEntry: e.yaml\n"""; x = 1\n'),
            ('"""A.\n"""\nx = 1\n', '"""A.\n\nEntry: e.yaml\n"""\nx = 1\n'),
            ("'A.'\nx = 1\n", '"""A.\n\nEntry: e.yaml\n"""\nx = 1\n'),
            ("x = 1\n", '"""Entry: e.yaml"""\n\nx = 1\n'),
            ("", '"""Entry: e.yaml"""\n\n'),
        ],
    )
    def test_the_entry_line_goes_into_any_docstring(self, text: str, expected: str) -> None:
        with_entry_line = importlib.import_module("schemagen.workflow.record").with_entry_line
        assert with_entry_line(text, "e.yaml") == expected


class TestData:
    def test_the_tables_are_at_hand_as_they_are_at_the_head(self, generated: Project) -> None:
        done = generated.schemagen("generate", "--data", "-m", "migrate_lot_codes").ok()
        assert done.stdout == "backend/alembic/versions/0002_migrate_lot_codes.py\n"
        path = generated.revisions()[-1]
        module = importlib.util.module_from_spec(
            spec := importlib.util.spec_from_file_location("data", path)
        )
        spec.loader.exec_module(module)
        assert module.lots.name == "lots"
        assert list(module.lots.c.keys()) == ["id", "code", "size"]
        assert module.down_revision == "0001_initial"
        with pytest.raises(NotImplementedError):
            module.upgrade()

    def test_it_is_hand_written_and_has_no_entry(self, generated: Project) -> None:
        generated.schemagen("generate", "--data", "-m", "lot_codes").ok()
        assert [p.name for p in generated.versions.glob("0002*")] == ["0002_migrate_lot_codes.py"]
        generated.schemagen("check").ok()

    def test_names_that_python_keeps_for_itself_get_another(self, project: Project) -> None:
        project.write("schema/tables/class.yaml", "table: class\ncolumns:\n  id: bigint pk\n")
        project.write("schema/tables/op.yaml", "table: op\ncolumns:\n  from: bigint pk\n")
        project.schemagen("generate").ok()
        done = project.schemagen("generate", "--data", "-m", "x", "--dry-run").ok()
        names = [n.targets[0].id for n in ast.parse(done.stdout).body if isinstance(n, ast.Assign)]
        assert {"class_", "op_", "lots"} < set(names)

    def test_only_the_tables_that_are_asked_for(self, generated: Project) -> None:
        generated.write("schema/tables/b.yaml", "table: b\ncolumns:\n  id: bigint pk\n")
        generated.schemagen("generate").ok()
        arguments = ("generate", "--data", "-m", "x", "--table", "b", "--dry-run")
        text = generated.schemagen(*arguments).ok().stdout
        assert "b = sa.table(" in text
        assert "lots = " not in text

    def test_an_unknown_table_is_told(self, generated: Project) -> None:
        done = generated.schemagen("generate", "--data", "-m", "x", "--table", "lot")
        assert done.code == 2
        assert "did you mean 'lots'?" in done.stderr

    def test_it_needs_a_name(self, generated: Project) -> None:
        assert generated.schemagen("generate", "--data").code == 2

    @pytest.mark.parametrize("option", ["--amend", "--irreversible", "--verify"])
    def test_what_it_would_leave_undone_is_refused(self, generated: Project, option: str) -> None:
        done = generated.schemagen("generate", "--data", "-m", "x", option)
        assert done.code == 2
        assert f"{option} does not go with --data" in done.stderr
        assert len(generated.revisions()) == 1


class TestModels:
    def test_stale_models_are_named_and_written(self, generated: Project, edit: Edit) -> None:
        assert generated.schemagen("models", "--check").code == 0
        edit(*NOTE)
        done = generated.schemagen("models", "--check")
        assert (done.code, done.stdout) == (1, "stale backend/models/lots.py\n")
        assert generated.schemagen("models").ok().stdout == "backend/models/lots.py\n"
        assert "nothing to do" in generated.schemagen("models").ok().stderr

    def test_without_a_folder_it_says_how_to_name_one(self, generated: Project) -> None:
        generated.write(
            "pyproject.toml", '[tool.schemagen]\nversions = "backend/alembic/versions"\n'
        )
        done = generated.schemagen("models")
        assert done.code == 2
        assert "--models DIR" in done.stderr
        generated.schemagen("models", "--models", "out").ok()
        assert (generated.root / "out/lots.py").exists()


class TestJsonSchema:
    def test_it_is_written_checked_and_printed(self, project: Project) -> None:
        assert project.schemagen("json-schema", "--check").code == 1
        project.schemagen("json-schema").ok()
        project.schemagen("json-schema", "--check").ok()
        printed = project.schemagen("json-schema", "--stdout").ok().stdout
        assert json.loads(printed) == json.loads(project.read("schema/table.schema.json"))
