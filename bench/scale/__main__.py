"""Measure, print, and write down."""

from __future__ import annotations

import argparse
import contextlib
import tempfile
from pathlib import Path

from bench.scale import django, report
from bench.scale.bench import PARTS, Bench
from bench.scale.results import Results
from bench.stall.server import server

# A revision of 10,000 tables locks each and its indexes; nothing has to reach the disk.
_SERVER = {"max_locks_per_transaction": "4096", "shared_buffers": "256MB"}


def main() -> None:
    """Read the command line, and run."""
    asked = _arguments()
    if asked.load:
        results = Results.load(asked.load)
    else:
        results = Results.begin(asked.repeat, asked.limit * 60)
        _measure(asked, results)
    print("\n".join(("", *report.lines(results))))  # noqa: T201 - a command
    if asked.update:
        report.update(asked.update, results)


def _measure(asked: argparse.Namespace, results: Results) -> None:
    parts = frozenset(asked.only or PARTS)

    def save() -> None:
        if asked.json:
            results.save(asked.json)

    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=asked.folder)))
        running = stack.enter_context(server(_SERVER)) if parts & {"postgresql", "f2x"} else None
        python = django.install(asked.django or folder / "django") if "django" in parts else ""
        most = asked.others_to
        bench = Bench(folder, running, results, asked.repeat, parts, python, save, most)
        if "f2x" in parts:
            bench.f2x()
        if parts - {"f2x", "history"}:
            for size in asked.sizes:
                bench.size(size)
        if "history" in parts:
            histories = [n for n in asked.histories if n <= asked.history_of]
            bench.history(asked.history_of, histories)
        save()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.scale", description=__doc__)
    add, sizes = parser.add_argument, [10, 100, 1_000, 10_000]
    add("--sizes", type=int, nargs="+", default=sizes, metavar="N", help="tables: 10 to 10,000")
    add("--only", action="append", choices=PARTS, metavar="PART", help=", ".join(PARTS))
    add("--repeat", type=int, default=5, metavar="K", help="take the median of so many runs (5)")
    add(
        "--others-to",
        type=int,
        default=10_000,
        metavar="N",
        help="tables: Alembic, Django (10,000)",
    )
    add("--limit", type=float, default=10, metavar="MIN", help="stop a command after MIN (10)")
    add("--histories", type=int, nargs="+", default=[1, 10, 100, 1_000], metavar="N")
    add("--history-of", type=int, default=1_000, metavar="N", help="tables of those histories")
    add("--django", type=Path, metavar="FOLDER", help="an environment with Django, kept there")
    add("--folder", type=Path, metavar="FOLDER", help="where the projects are written")
    add("--json", type=Path, metavar="FILE", help="write all numbers there")
    add("--load", type=Path, nargs="+", metavar="FILE", help="measure nothing: show these")
    add("--update", type=Path, metavar="PAGE", help="write the tables into this page")
    return parser.parse_args()


if __name__ == "__main__":
    main()
