"""Measure, print, and write down."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from bench.stall import report
from bench.stall.bench import Bench
from bench.stall.scenarios import SCENARIOS
from bench.stall.server import server


def main() -> None:
    """Read the command line, and run."""
    asked = _arguments()
    if asked.load:
        _finish(report.Results.load(asked.load), asked.update)
        return
    chosen = [one for one in SCENARIOS if not asked.only or one.name in asked.only]
    results = report.Results.begin(asked.rows, asked.repeat)
    with server() as running, tempfile.TemporaryDirectory() as folder:
        bench = Bench.prepare(running, Path(folder), int(asked.rows * 1_000_000))
        for scenario in chosen:
            for result in bench.run(scenario, asked.repeat, set(asked.variants)):
                print(result, flush=True)  # noqa: T201 - a command
                results.add(result)
                if asked.json:
                    results.save(asked.json)
    _finish(results, asked.update)


def _finish(results: report.Results, page: Path | None) -> None:
    print(f"\n{results.table()}")  # noqa: T201 - a command
    if page:
        report.update(page, results)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.stall", description=__doc__)
    names = [one.name for one in SCENARIOS]
    add = parser.add_argument
    add("--rows", type=float, default=2, metavar="N", help="of the table, in millions (2)")
    add("--only", action="append", choices=names, metavar="NAME", help=", ".join(names))
    add("--repeat", type=int, default=3, metavar="K", help="take the median of so many runs (3)")
    add("--variants", nargs="+", choices=report.VARIANTS, default=report.VARIANTS)
    add("--json", type=Path, metavar="FILE", help="write all numbers there")
    add("--load", type=Path, nargs="+", metavar="FILE", help="measure nothing: show these")
    add("--update", type=Path, metavar="PAGE", help="write the tables into this page")
    return parser.parse_args()


if __name__ == "__main__":
    main()
