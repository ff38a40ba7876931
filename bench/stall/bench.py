"""The databases and projects of a session, and the runs of a scenario."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.stall import projects
from bench.stall.killed import goal, killed
from bench.stall.measure import measure
from bench.stall.report import Result
from bench.stall.scenarios import ACCT, BRANCH, ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bench.stall.projects import Project
    from bench.stall.scenarios import Scenario
    from bench.stall.server import Server

# Stock Alembic begins at the same tables, with no version.
_BARE, _FULL, _STOCK_BARE, _STOCK_FULL = "bare", "rows", "stock_bare", "stock_rows"


@dataclass(frozen=True, slots=True)
class Bench:
    """What all scenarios begin with.

    Args:
        server: with the templates.
        folder: of the projects.
        rows: that `acct` has.
        base: the project before any change.

    """

    server: Server
    folder: Path
    rows: int
    base: Project

    @classmethod
    def prepare(cls, server: Server, folder: Path, rows: int) -> Bench:
        """Make the templates."""
        server.execute(f"CREATE DATABASE {_BARE}")
        tables = {"acct": ACCT, "branch": BRANCH}
        base = projects.ours(folder / "base", tables, server.at(_BARE))
        with server.connect(_BARE) as connection:
            connection.execute("ALTER TABLE acct SET (autovacuum_enabled = off)")
        server.execute(f"CREATE DATABASE {_FULL} TEMPLATE {_BARE}")
        with server.connect(_FULL) as connection:
            connection.execute("INSERT INTO branch (name) SELECT 'b' FROM generate_series(1, 100)")
            connection.execute(ROWS.format(rows=rows))
            connection.execute("VACUUM (FREEZE, ANALYZE)")
        for copy, template in ((_STOCK_BARE, _BARE), (_STOCK_FULL, _FULL)):
            server.execute(f"CREATE DATABASE {copy} TEMPLATE {template} STRATEGY file_copy")
            with server.connect(copy) as connection:
                connection.execute("DROP TABLE alembic_version")
        return cls(server, folder, rows, base)

    def run(self, scenario: Scenario, repeat: int, variants: set[str]) -> Iterator[Result]:
        """Measure a scenario, both ways, as often as asked; kill ours once."""
        root = self.folder / scenario.name
        ours = projects.changed(self.base, root, scenario.tables(), *scenario.flags)
        stock_root = self.folder / f"{scenario.name}_stock"
        stock = projects.stock(ours, stock_root, self.server.at(_STOCK_BARE), scenario.by_hand)
        arms = (("stock", stock, _STOCK_FULL), ("ours", ours, _FULL))
        total = 0.0
        if scenario.reader or "quiet" in variants:
            for arm, project, template in arms:
                found = [
                    self._measured(scenario, arm, project, template, reader=scenario.reader)
                    for _ in range(repeat)
                ]
                yield from found
                total = statistics.median(one.measured.total for one in found if one.measured)
        if scenario.reader or scenario.stops:
            return
        if "reader" in variants:
            yield self._measured(scenario, "ours", ours, _FULL, reader=True)
        if "killed" in variants:
            yield self._killed(scenario, ours, total / 2 or 0.1)

    def _measured(
        self, scenario: Scenario, arm: str, project: Project, template: str, *, reader: bool
    ) -> Result:
        with self.server.copy(template, self.rows) as database:
            found = measure(database, project, reader=reader)
        return Result(scenario.name, arm, "reader" if reader else "quiet", found)

    def _killed(self, scenario: Scenario, project: Project, after: float) -> Result:
        with self.server.copy(_BARE, 0) as database:
            expected = goal(database, project)
        with self.server.copy(_FULL, self.rows) as database:
            wrong = killed(database, project, after, expected)
        return Result(scenario.name, "ours", "killed", wrong=wrong)
