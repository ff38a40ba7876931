"""The stall benchmark says what its runs have found; the runs themselves are `make stall`."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.stall import report
from bench.stall.clients import Sample
from bench.stall.measure import Measured
from bench.stall.projects import _edit
from bench.stall.report import Result, Results
from bench.stall.scenarios import ACCT, SCENARIOS, Scenario

PAGE = Path(__file__).resolve().parents[2] / "docs" / "benchmarks.md"


def measured(stall: float, **after: int) -> Measured:
    return Measured(stall=stall, slow=0.01, read=0.02, total=3.0, before={}, after=after)


def results(*runs: Result) -> Results:
    found = Results.begin(0.2, 3)
    for run in runs:
        found.add(run)
    return found


def test_only_what_was_done_in_the_span_counts() -> None:
    sample = Sample(ends=[1.0, 2.0, 3.0], took=[0.1, 0.2, 0.3])

    assert sample.between(1.5, 2.5) == [0.2]


def test_the_table_has_medians_the_ratio_and_the_errors_of_the_worst_run() -> None:
    ours = [Result("index", "ours", "quiet", measured(s)) for s in (0.01, 0.02, 0.9)]
    stock = Result("index", "stock", "quiet", measured(2.0, UndefinedColumn=3))

    row = results(*ours, stock).table().splitlines()[2]

    assert row == (
        "| add an index | 2,000 ms | 20 ms | 100.0 | 20 ms | 20 ms | 3.00 s | 3.00 s "
        "| 3 UndefinedColumn afterwards | none |"
    )


def test_what_was_killed_is_complete_or_says_what_is_left() -> None:
    behind = Result("index", "ours", "reader", measured(0.2))
    left = Result("check", "ours", "killed", wrong="unproven chk_acct_amount")

    rows = results(behind, Result("index", "ours", "killed"), left).table().splitlines()

    assert rows[-2:] == [
        "| add an index | 200 ms | 3.00 s | complete |",
        "| add a check |  |  | unproven chk_acct_amount |",
    ]


def test_a_page_is_updated_between_its_marks(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("before\n\n<!-- stall -->\nold\n<!-- end -->\nafter\n", encoding="utf-8")

    report.update(page, results(Result("index", "ours", "killed")))

    text = page.read_text(encoding="utf-8")
    assert text.startswith("before\n\n<!-- stall -->\n\n```sh\n")
    assert "200,000 rows, median of 3 runs" in text
    assert text.endswith("| complete |\n<!-- end -->\nafter\n")
    assert "old" not in text


def test_the_page_of_this_repository_has_the_marks() -> None:
    assert report._PLACE.search(PAGE.read_text(encoding="utf-8"))


def test_a_hand_made_change_that_finds_nothing_stops_the_run(tmp_path: Path) -> None:
    file = tmp_path / "revision.py"
    file.write_text("pass\n", encoding="utf-8")

    with pytest.raises(SystemExit, match="has no 'op'"):
        _edit(file, ("op", "x"))


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_every_scenario_changes_the_table(scenario: Scenario) -> None:
    assert scenario.tables()["acct"] != ACCT


def test_what_was_measured_in_parts_is_shown_as_a_whole(tmp_path: Path) -> None:
    old, new = results(Result("index", "ours", "quiet", measured(0.9))), results()
    old.add(Result("check", "ours", "killed", wrong="an invalid index"))
    new.add(Result("index", "ours", "quiet", measured(0.1, UndefinedColumn=2)))
    old.save(tmp_path / "old.json")
    new.save(tmp_path / "new.json")

    found = Results.load([tmp_path / "old.json", tmp_path / "new.json"])

    assert found.runs == [old.runs[1], new.runs[0]]
