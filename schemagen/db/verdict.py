"""What a proof came to: one cell for each thing that was to be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.records import field, record

if TYPE_CHECKING:
    from schemagen.diagnostics import Diagnostic

STEPS = ("up", "catalog", "down", "rows", "again")
OK, FAILED, IRREVERSIBLE, UNTRIED = "ok", "failed", "irreversible", "-"
BY_HAND, AS_BEFORE = "by hand", "as before"


@record(frozen=False)
class Verdict:
    """The proof of one revision on one database.

    Args:
        revision: its id.
        dialect: the database.
        cells: what each of STEPS came to.
        rows: how many rows there were when it ran.
        findings: what is wrong, and what is to be known.

    """

    revision: str
    dialect: str
    cells: dict[str, str] = field(default_factory=lambda: dict.fromkeys(STEPS, UNTRIED))
    rows: int = 0
    findings: list[Diagnostic] = field(default_factory=list)

    def settle(self, step: str, outcome: str = OK) -> None:
        """Fill a cell; what has failed stays failed."""
        if self.cells[step] != FAILED:
            self.cells[step] = outcome
