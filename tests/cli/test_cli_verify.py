"""`schemagen verify`, and who else runs it: the SQLite part, on small projects."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from support.cli import Edit
    from support.project import Project, Result

NOTE = ("size: integer = 0", "size: integer = 0\n  note: text?")
HEAD = ["revision", "database", "up", "catalog", "down", "rows", "again"]


@pytest.fixture
def two(generated: Project, edit: Edit) -> Project:
    edit(*NOTE)
    generated.schemagen("generate").ok()
    return generated


def verify(project: Project, *arguments: str) -> Result:
    return project.schemagen("verify", "--on", "sqlite", *arguments)


def cells(done: Result, revision: str = "0002") -> dict[str, str]:
    """Give the row of a revision in the table, by its headings."""
    rows = [line.replace("as before", "as_before").split() for line in done.stdout.splitlines()]
    assert rows[0] == HEAD
    return dict(zip(HEAD, next(row for row in rows if row[0].startswith(revision)), strict=True))


def mend(project: Project, old: str, new: str) -> None:
    """Replace text of the newest revision, as a person would."""
    path = project.revisions()[-1]
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def by_hand(project: Project, up: str, down: str = "pass", number: str = "0003") -> Path:
    """Write a revision as a person would, after the second."""
    after = project.revisions()[-1].stem
    return project.write(
        f"backend/alembic/versions/{number}_by_hand.py",
        f'"""By hand.\n\nRevision ID: {number}_by_hand\nRevises: {after}\n"""\n\n'
        f'from alembic import op\n\nrevision = "{number}_by_hand"\ndown_revision = "{after}"\n'
        "branch_labels = None\ndepends_on = None\n\n\n"
        f"def upgrade() -> None:\n    {up}\n\n\ndef downgrade() -> None:\n    {down}\n",
    )


class TestTheVerdict:
    def test_the_newest_is_proven_by_default(self, two: Project) -> None:
        done = verify(two).ok()
        assert cells(done) == dict(
            zip(HEAD, ["0002_add_note_to_lots", "sqlite", *["ok"] * 5], strict=True)
        )
        assert "0001" not in done.stdout
        assert done.stderr == "proven: 1 revision on sqlite\n"

    def test_all_of_them_or_those_from_one_on(self, two: Project) -> None:
        by_hand(two, "pass")
        assert len(verify(two, "--all").ok().stdout.splitlines()) == 4
        done = verify(two, "--from", "0002").ok()
        assert [line[:4] for line in done.stdout.splitlines()[1:]] == ["0002", "0003"]

    def test_json_has_a_version_and_counts_the_rows(self, two: Project) -> None:
        document = json.loads(verify(two, "--format", "json").ok().stdout)
        assert document["version"] == 1
        assert document["verdicts"] == [
            {
                "revision": "0002_add_note_to_lots",
                "database": "sqlite",
                **dict.fromkeys(HEAD[2:], "ok"),
                "row_count": 3,
            }
        ]
        assert document["diagnostics"] == []

    def test_without_revisions_there_is_nothing_to_prove(self, project: Project) -> None:
        assert "no revisions yet" in verify(project).ok().stderr


class TestFindings:
    def test_a_step_that_is_missing(self, two: Project) -> None:
        mend(two, 'op.add_column("lots", sa.Column("note", sa.Text(), nullable=True))', "pass")
        done = verify(two)
        assert done.code == 1
        assert cells(done)["catalog"] == "failed"
        assert "V002" in done.stdout
        assert "column lots.note is only in the model" in done.stdout
        assert "versions/0002_add_note_to_lots.py:" in done.stdout

    def test_a_body_that_was_edited_to_do_something_else(self, two: Project) -> None:
        mend(two, "sa.Text()", "sa.String(10)")
        done = verify(two)
        assert done.code == 1
        assert "column lots.note: type is" in done.stdout

    def test_an_upgrade_that_fails_and_what_comes_after_it(self, two: Project) -> None:
        by_hand(two, 'op.execute("insert into nowhere values (1)")')
        by_hand(two, "pass", number="0004")
        done = verify(two, "--all")
        assert done.code == 1
        assert cells(done, "0003")["up"] == "failed"
        assert "V001" in done.stdout
        assert "no such table: nowhere" in done.stdout
        assert "V013" in done.stdout

    def test_a_downgrade_that_loses_rows(self, two: Project) -> None:
        mend(two, 'op.drop_column("lots", "note")', _AND.format("delete from lots where id = 2"))
        done = verify(two)
        assert done.code == 1
        assert cells(done)["rows"] == "failed"
        assert "lots had 3 of them, then 2" in done.stdout
        assert "V006" in done.stdout

    def test_an_upgrade_that_changes_a_value_that_no_change_touches(self, two: Project) -> None:
        mend(
            two,
            'op.add_column("lots", sa.Column("note", sa.Text(), nullable=True))',
            'op.add_column("lots", sa.Column("note", sa.Text(), nullable=True))\n'
            '    op.execute("update lots set size = 7 where id = 1")',
        )
        done = verify(two)
        assert done.code == 1
        assert "V005" in done.stdout
        assert "lots has other values in size" in done.stdout

    def test_a_downgrade_that_does_not_lead_back(self, two: Project) -> None:
        mend(two, 'op.drop_column("lots", "note")', "pass")
        done = verify(two)
        assert done.code == 1
        assert cells(done)["down"] == "failed"
        assert "column lots.note is only in after" in done.stdout

    def test_a_change_by_hand_behind_the_historys_back(self, two: Project) -> None:
        by_hand(
            two,
            'op.execute("alter table lots add colour text")',
            'op.execute("alter table lots drop colour")',
        )
        done = verify(two)
        assert done.code == 1
        assert cells(done, "0003") | {"catalog": "failed"} == cells(done, "0003")
        assert "behind the history's back: column lots.colour is only in the database" in (
            done.stdout
        )
        assert "schemagen record 0003_by_hand" in done.stdout

    def test_it_is_not_blamed_on_those_that_follow(self, two: Project) -> None:
        by_hand(two, 'op.execute("alter table lots add colour text")', "pass")
        by_hand(two, "pass", number="0004")
        done = verify(two, "--from", "0003")
        assert cells(done, "0004")["catalog"] == "as_before"
        assert "V008" not in done.stdout
        alone = verify(two)
        assert alone.code == 1
        assert "V008" in alone.stdout

    def test_a_data_migration_by_hand_may_change_rows(self, two: Project) -> None:
        by_hand(two, 'op.execute("update lots set size = 7")')
        done = verify(two).ok()
        assert "note[V012]" in done.stdout

    def test_what_cannot_be_filled_is_said(self, generated: Project, edit: Edit) -> None:
        edit("columns:", "checks:\n  odd: size * 0 = 1\n\ncolumns:")
        generated.schemagen("generate", "--amend").ok()
        edit(*NOTE)
        generated.schemagen("generate").ok()
        done = verify(generated).ok()
        assert "note[V009]: 0002_add_note_to_lots on sqlite: no rows in lots" in done.stdout
        assert "CHECK constraint failed: chk_lots_odd" in done.stdout


_AND = 'op.drop_column("lots", "note")\n    op.execute("{}")'


class TestRowsThatFit:
    """A rule that comes is kept by the rows already: that they break it would prove nothing."""

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("size: integer = 0", "size: integer unique = 0"),
            ("columns:", "checks:\n  big: size > 100 and size < 200\n\ncolumns:"),
            ("varchar(20)", "varchar(2)"),
        ],
        ids=["unique", "check", "narrower"],
    )
    def test_a_stricter_rule(self, generated: Project, edit: Edit, old: str, new: str) -> None:
        edit(old, new)
        generated.schemagen("generate").ok()
        done = verify(generated, "--format", "json").ok()
        assert json.loads(done.stdout)["verdicts"][0]["row_count"] == 3


class TestIrreversible:
    def test_it_is_told_and_no_failure(self, generated: Project, edit: Edit) -> None:
        edit(*NOTE)
        generated.schemagen("generate", "--irreversible").ok()
        found = cells(verify(generated).ok())
        assert (found["down"], found["again"]) == ("irreversible", "-")

    def test_one_by_hand_says_so_by_its_error(self, two: Project) -> None:
        by_hand(two, "pass", "raise NotImplementedError")
        assert cells(verify(two).ok(), "0003")["down"] == "irreversible"


class TestSafety:
    def test_an_environment_that_goes_elsewhere_touches_nothing(self, two: Project) -> None:
        path = two.root / "backend" / "alembic" / "env.py"
        text = path.read_text(encoding="utf-8")
        line = "    text = given or config.get_main_option"
        assert line in text
        path.write_text(text.replace(line, '    text = "sqlite:///mine.db" or given or config.x'))
        done = verify(two)
        assert done.code == 2
        assert "env.py connects to another database" in done.stderr
        assert not (two.root / "mine.db").exists()

    def test_a_url_is_checked_and_its_password_is_secret(self, two: Project) -> None:
        url = "postgresql+psycopg://me:s3cret@127.0.0.1:1/x"
        done = two.schemagen("verify", "--on", "postgresql", "--url", url)
        assert done.code == 2
        assert "no scratch database can be made at postgresql+psycopg://me:***@" in done.stderr
        assert "s3cret" not in done.stdout + done.stderr

    def test_sqlite_needs_no_url(self, two: Project) -> None:
        done = two.schemagen("verify", "--url", "sqlite:///x.db")
        assert done.code == 2
        assert "--url names a PostgreSQL server, not sqlite" in done.stderr

    def test_alembic_has_to_look_at_the_same_revisions(self, two: Project) -> None:
        ini = two.read("alembic.ini").replace("/backend/alembic", "/elsewhere")
        two.write("alembic.ini", ini)
        done = verify(two)
        assert done.code == 2
        assert "Alembic cannot read the project" in done.stderr


class TestGenerate:
    def test_it_says_what_comes_next(self, project: Project) -> None:
        done = project.schemagen("generate").ok()
        assert done.stderr.endswith("next: schemagen verify, then: alembic upgrade head\n")

    def test_the_flag_proves_it_in_a_process_of_its_own(self, project: Project) -> None:
        done = project.schemagen("generate", "--verify").ok()
        assert "0001_initial  sqlite    ok" in done.stderr
        assert done.stderr.endswith("proven: 1 revision on sqlite\nnext: alembic upgrade head\n")

    def test_the_configuration_may_say_so_for_all(self, project: Project) -> None:
        project.write("pyproject.toml", project.read("pyproject.toml") + "verify = true\n")
        assert "proven: 1 revision" in project.schemagen("generate").ok().stderr

    def test_there_it_is_true_or_false(self, project: Project) -> None:
        project.write("pyproject.toml", project.read("pyproject.toml") + 'verify = "yes"\n')
        done = project.schemagen("check")
        assert done.code == 2
        assert "'verify' has to be true or false" in done.stderr
