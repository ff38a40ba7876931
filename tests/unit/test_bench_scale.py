"""The scale benchmark's projects are what they should be; measuring them is `make bench`."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from bench.scale import as_django, ours, pace, plot, project, report
from bench.scale.claims import Claim, claims
from bench.scale.folder import Folder
from bench.scale.measure import Case, CommandFailedError, TooLongError, set_up
from bench.scale.results import Results, Row
from bench.scale.tables import REMARK, tables
from schemagen.config import Settings
from schemagen.workflow.generate import Wish, draft
from schemagen.workflow.project import sound

PAGE = Path(__file__).resolve().parents[2] / "docs" / "benchmarks.md"
CREATED = re.compile(r"Create Date: .*")


def settings(root: Path) -> Settings:
    return Settings(root, root / "schema", root / "migrations" / "versions", root / "models")


@pytest.mark.parametrize("entries", [1, 3])
def test_the_project_is_sound_and_nothing_is_pending(tmp_path: Path, entries: int) -> None:
    project.write(tmp_path, 7, entries)

    found = sound(settings(tmp_path))

    assert found.pending().changes == ()
    assert len(found.source.schema.tables) == 7
    assert {len(view.columns) for view in found.source.schema.views()} == {13}
    assert len(list((tmp_path / "migrations" / "versions").glob("*.py"))) == entries
    ours.run(tmp_path, *ours.SCHEMAGEN, "check", "--ci")


def test_the_first_revision_is_what_generate_writes(tmp_path: Path) -> None:
    project.write(tmp_path, 7, 1)
    written = {}
    for file in (tmp_path / "migrations" / "versions").iterdir():
        written[file] = file.read_text(encoding="utf-8")
        file.unlink()

    drafted = draft(sound(settings(tmp_path)), Wish())

    assert drafted is not None
    assert {path: undated(text or "") for path, text in drafted.files.items()} == {
        path: undated(text) for path, text in written.items()
    }


def test_a_later_revision_is_what_generate_writes(tmp_path: Path) -> None:
    project.write(tmp_path, 7, 3)
    newest = sorted((tmp_path / "migrations" / "versions").iterdir())[-2:]
    written = {file: file.read_text(encoding="utf-8") for file in newest}
    for file in newest:
        file.unlink()

    drafted = draft(sound(settings(tmp_path)), Wish())

    assert drafted is not None
    assert {path: undated(text or "") for path, text in drafted.files.items()} == {
        path: undated(text) for path, text in written.items()
    }


def test_a_revision_that_is_planned_in_parts_goes_the_same_way_up(tmp_path: Path) -> None:
    project.write(tmp_path, 12, 1)
    module, entry = sorted((tmp_path / "migrations" / "versions").iterdir())
    texts = module.read_text(encoding="utf-8"), entry.read_text(encoding="utf-8")
    module.unlink()
    entry.unlink()

    drafted = draft(sound(settings(tmp_path)), Wish())

    assert drafted is not None
    assert (
        undated(drafted.text).partition("def downgrade")[0]
        == (undated(texts[0]).partition("def downgrade")[0])
    )
    body = re.compile(r"body: \w+")
    assert body.sub("", drafted.files[entry] or "") == body.sub("", texts[1])


def undated(text: str) -> str:
    return CREATED.sub("", text)


def test_no_table_refers_to_a_later_one() -> None:
    made = tables(500).tables
    number = {table.name: table.number for table in made}

    assert len(number) == 500
    for table in made:
        assert max(number[table.parent], number[table.owner]) < max(table.number, 1)


@pytest.mark.parametrize("remark", [True, False])
def test_the_models_of_django_compile(*, remark: bool) -> None:
    schema = tables(20)
    texts = as_django.files(schema)
    texts[as_django.path(schema.changed)] = as_django.text(schema.changed, remark=remark)

    for name, text in texts.items():
        compile(text, name, "exec")
    assert (f"    {REMARK} = " in texts[as_django.path(schema.changed)]) is remark


def test_a_folder_is_put_back(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("kept", encoding="utf-8")
    (tmp_path / "gone").write_text("gone", encoding="utf-8")
    folder = Folder(tmp_path).keep()
    assert not folder.restore()

    (tmp_path / "kept").write_text("changed", encoding="utf-8")
    (tmp_path / "gone").unlink()
    (tmp_path / "new").touch()

    assert folder.restore()
    assert {file.name: file.read_text() for file in tmp_path.iterdir()} == {
        "kept": "kept",
        "gone": "gone",
    }


def python(folder: Path, code: str, *, writes: bool = False) -> Case:
    command = (sys.executable, "-c", code)
    return Case("me", "it", command, Folder(folder).keep(), ours.environment(), writes=writes)


def test_a_run_has_its_time_and_its_memory(tmp_path: Path) -> None:
    run = python(tmp_path, "import time; time.sleep(0.2); x = b'x' * 100_000_000").run(60)

    assert run.code == 0
    assert 0.2 <= run.seconds < 60
    assert 100e6 < run.bytes < 200e6


def test_a_run_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    slow = "import time; time.sleep(60)"

    assert python(tmp_path, slow).run(0.2).code is None
    with pytest.raises(TooLongError, match="takes over"):
        set_up((sys.executable, "-c", slow), tmp_path, ours.environment(), 0.2)


def test_a_command_has_to_do_what_it_is_measured_at(tmp_path: Path) -> None:
    with pytest.raises(CommandFailedError, match="no such thing"):
        python(tmp_path, "raise SystemExit('no such thing')").run(60)
    with pytest.raises(CommandFailedError, match="has written nothing"):
        python(tmp_path, "pass", writes=True).run(60)


def results() -> Results:
    found = Results.begin(3, 600)
    times = {ours.OURS: {"diff": 0.5, "diff again": 0.3, "generate +1": 0.6}}
    times[ours.OURS]["generate +1 again"] = 0.6
    times["Django"] = {"check": 5.0, "write": 6.0}
    for who, each in times.items():
        for name, seconds in each.items():
            runs = [seconds / 2, seconds, seconds * 9]
            found.rows.append(Row("scale", 1000, 100, who, name, runs, runs, [50_000_000]))
    stopped = Row("scale", 1000, 100, "Alembic, SQLite", "write", note="over 10 min")
    found.rows.append(stopped)
    return found


def test_claims_are_judged_by_medians() -> None:
    judged = {claim.text: claim for claim in claims(results())}
    at = "one column added to 1,000 tables: `generate` again to "

    assert judged[f"{at}Django"].verdict == "met"
    assert judged[f"{at}Django"].measured == pytest.approx(0.1)
    assert judged[f"{at}Alembic, PostgreSQL"].verdict == "not measured"
    assert "| < 0.001 | met |" in str(judged[f"{at}Alembic, SQLite"])
    assert judged["a second `diff` at 1,000 tables, to the first"].verdict == "not met"


def test_a_bound_on_what_was_stopped_may_be_unknown() -> None:
    assert Claim("it", 0.2, 0.1, at_most=True).verdict == "not known"


def test_the_tables_have_ratios() -> None:
    lines = list(report.lines(results()))

    assert "| 1,000 |  | 0.50 s | 0.30 s |  |  | 5.00 s (10.0×) |" in lines  # noqa: RUF001
    assert "over 10 min (over 1000×)" in "\n".join(lines)  # noqa: RUF001


def test_the_plot_has_a_line_for_each_that_was_measured() -> None:
    drawn = plot.svg(results())

    assert drawn.count("<circle") == 6
    assert drawn.startswith("<svg ")


def test_a_page_is_updated_between_its_marks(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- scale -->\nold\n<!-- end -->\nafter\n", encoding="utf-8")

    report.update(page, results())

    text = page.read_text(encoding="utf-8")
    assert text.startswith("before\n<!-- scale -->\n\n```sh\n")
    assert text.endswith("|\n<!-- end -->\nafter\n")
    assert "old" not in text
    assert (tmp_path / "scale.svg").is_file()


def test_a_page_says_how_fast_the_machine_was(tmp_path: Path) -> None:
    page, found = tmp_path / "page.md", results()
    page.write_text("<!-- scale -->\n<!-- end -->\n", encoding="utf-8")

    report.update(page, found)
    assert "a fixed piece of Python" not in page.read_text(encoding="utf-8")

    found.rows[0].paces += [0.02, 0.01, 0.04]
    report.update(page, found)
    said = "it took 10 ms at its fastest, 20 ms at the median, and 40 ms at its slowest."
    assert said in page.read_text(encoding="utf-8")
    assert 0 < pace.pace() < 60


def test_the_page_of_this_repository_has_the_marks() -> None:
    assert report.PLACE.search(PAGE.read_text(encoding="utf-8"))


def test_the_command_of_the_page_names_no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    words = ["bench", "--json", "of/mine", "--sizes", "10", "100", "--django=here", "--repeat", "3"]
    monkeypatch.setattr(sys, "argv", words)

    command = Results.begin(3, 600).about["command"]

    assert command == "python -m bench.scale --sizes 10 100 --repeat 3"


def test_results_are_kept(tmp_path: Path) -> None:
    found = results()
    found.save(tmp_path / "results.json")

    assert Results.load([tmp_path / "results.json"]) == found
    twice = Results.load([tmp_path / "results.json"] * 2)
    assert twice.rows == found.rows * 2
    assert twice.about["command"] == f"{found.about['command']}\n{found.about['command']}"
