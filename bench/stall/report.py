"""The results: kept as JSON, shown as tables, written into a page."""

from __future__ import annotations

import json
import re
import statistics
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bench.machine import about
from bench.stall.measure import Measured
from bench.stall.scenarios import SCENARIOS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bench.stall.scenarios import Scenario

VARIANTS = ("quiet", "reader", "killed")
_HEADS = (
    *("change", "stock: stall", "ours: stall", "ratio", "stock: reads", "ours: reads"),
    *("stock: total", "ours: total", "stock: errors", "ours: errors"),
)
_PLACE = re.compile(r"(?<=<!-- stall -->\n).*?(?=<!-- end -->)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Result:
    """One run.

    Args:
        scenario: its name.
        arm: `ours` or `stock`.
        variant: how it was run.
        measured: what the clients saw, unless it was killed.
        wrong: what is wrong after a killed one was run again.

    """

    scenario: str
    arm: str
    variant: str
    measured: Measured | None = None
    wrong: str = ""

    def __str__(self) -> str:
        """Give a line."""
        said = self.measured or self.wrong or "complete after the second run"
        return f"{self.scenario:20} {self.arm:6} {self.variant:7} {said}"

    @classmethod
    def of(cls, fields: dict[str, Any]) -> Result:
        """Read what `fields` gives."""
        names = (fields.pop("scenario"), fields.pop("arm"), fields.pop("variant"))
        wrong = fields.pop("wrong", "")
        return cls(*names, Measured(**fields) if fields else None, wrong)

    def fields(self) -> dict[str, object]:
        """Give it for JSON."""
        names = {"scenario": self.scenario, "arm": self.arm, "variant": self.variant}
        return {**names, **(self.measured.fields() if self.measured else {"wrong": self.wrong})}


@dataclass(slots=True)
class Results:
    """All runs.

    Args:
        about: the machine and the command.
        runs: in order.

    """

    about: dict[str, object]
    runs: list[Result] = field(default_factory=list)

    @classmethod
    def begin(cls, rows: float, repeat: int) -> Results:
        """Note what they are measured with."""
        asked = {"rows": int(rows * 1_000_000), "repeat": repeat}
        return cls({**about("bench.stall"), **asked})

    def add(self, result: Result) -> None:
        """Keep a run."""
        self.runs.append(result)

    @classmethod
    def load(cls, files: list[Path]) -> Results:
        """Read what one machine has measured in several parts; a scenario's last part counts."""
        parts = [json.loads(file.read_text(encoding="utf-8")) for file in files]
        found = cls(parts[0]["about"])
        for part in parts:
            runs = [Result.of(run) for run in part["runs"]]
            anew = {run.scenario for run in runs}
            found.runs = [run for run in found.runs if run.scenario not in anew] + runs
        return found

    def save(self, file: Path) -> None:
        """Write them as JSON."""
        whole = {"about": self.about, "runs": [run.fields() for run in self.runs]}
        file.write_text(json.dumps(whole, indent=1) + "\n", encoding="utf-8")

    def table(self) -> str:
        """Write the tables as Markdown."""
        return "\n".join(_lines(self))


def update(page: Path, results: Results) -> None:
    """Write the results between the two marks of a page."""
    said = results.about
    made = (
        f"```sh\n{said['command']}\n```\n\n"
        f"{said['cores']} cores ({said['processor']}), {said['system']}, "
        f"Python {said['python']}; {said['rows']:,} rows, median of {said['repeat']} runs.\n\n"
    )
    text = page.read_text(encoding="utf-8")
    page.write_text(
        _PLACE.sub(lambda _: f"\n{made}{results.table()}\n", text, count=1), encoding="utf-8"
    )


def _lines(results: Results) -> Iterator[str]:
    yield f"| {' | '.join(_HEADS)} |"
    yield f"|---|{'--:|' * 7}---|---|"
    for scenario in SCENARIOS:
        main = "reader" if scenario.reader else "quiet"
        stock, ours = (_of(results, scenario, arm, main) for arm in ("stock", "ours"))
        if stock and ours:
            yield _row(scenario, stock, ours)
    yield from _others(results)


def _row(scenario: Scenario, stock: list[Measured], ours: list[Measured]) -> str:
    stalls = [_median(arm, lambda one: one.stall) for arm in (stock, ours)]
    reads = [_median(arm, lambda one: one.read) for arm in (stock, ours)]
    totals = [_median(arm, lambda one: one.total) for arm in (stock, ours)]
    cells = (
        scenario.title,
        *(f"{one * 1000:,.0f} ms" for one in stalls),
        f"{stalls[0] / stalls[1]:.1f}",
        *(f"{one * 1000:,.0f} ms" for one in reads),
        *(f"{one:.2f} s" for one in totals),
        *(_errors(arm) for arm in (stock, ours)),
    )
    return f"| {' | '.join(cells)} |"


def _others(results: Results) -> Iterator[str]:
    rows = list(_other_rows(results))
    if rows:
        yield from ("", "| change | behind a reader: stall | total | killed and run again |")
        yield from ("|---|--:|--:|---|", *rows)


def _other_rows(results: Results) -> Iterator[str]:
    for scenario in SCENARIOS:
        again = [r for r in results.runs if (r.scenario, r.variant) == (scenario.name, "killed")]
        behind = [] if scenario.reader else _of(results, scenario, "ours", "reader")
        if again or behind:
            stall = f"{_median(behind, lambda o: o.stall) * 1000:,.0f} ms" if behind else ""
            total = f"{_median(behind, lambda o: o.total):.2f} s" if behind else ""
            wrong = (again[-1].wrong or "complete") if again else ""
            yield f"| {scenario.title} | {stall} | {total} | {wrong} |"


def _of(results: Results, scenario: Scenario, arm: str, variant: str) -> list[Measured]:
    asked = (scenario.name, arm, variant)
    runs = (run for run in results.runs if (run.scenario, run.arm, run.variant) == asked)
    return [run.measured for run in runs if run.measured]


def _median(runs: list[Measured], number: Callable[[Measured], float]) -> float:
    return statistics.median(number(run) for run in runs)


def _errors(runs: list[Measured]) -> str:
    """Say the worst run's errors: before the last commit, and after it."""
    before = max((run.before for run in runs), key=lambda found: sum(found.values()))
    after = max((run.after for run in runs), key=lambda found: sum(found.values()))
    words = [
        f"{count} {name}{when}"
        for found, when in ((before, ""), (after, " afterwards"))
        for name, count in sorted(found.items())
    ]
    return ", ".join(words) or "none"
