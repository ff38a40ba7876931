"""The results: kept as JSON, asked for medians."""

from __future__ import annotations

import json
import statistics
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from bench.machine import about

if TYPE_CHECKING:
    from pathlib import Path

MEGABYTE = 1_000_000


@dataclass(slots=True)
class Row:
    """A command of a contestant on one project.

    Args:
        part: `scale`, `history` or `f2x`.
        tables: how many the project has.
        entries: how many revisions of ours it has.
        contestant: who.
        name: what the command does.
        seconds: how long each run took.
        worked: how long each had a processor.
        bytes: the most memory that each had.
        paces: how long a fixed piece of Python took before each.
        note: why there is none.

    """

    part: str
    tables: int
    entries: int
    contestant: str
    name: str
    seconds: list[float] = field(default_factory=list)
    worked: list[float] = field(default_factory=list)
    bytes: list[int] = field(default_factory=list)
    paces: list[float] = field(default_factory=list)
    note: str = ""

    @property
    def median(self) -> float | None:
        """The median time; None where there is none."""
        return statistics.median(self.seconds) if self.seconds else None

    @property
    def peak(self) -> float | None:
        """The median of the peak memory, in megabytes."""
        return statistics.median(self.bytes) / MEGABYTE if self.bytes else None

    def __str__(self) -> str:
        """Give a line."""
        head = f"{self.part:8}{self.tables:>6} tables {self.entries:>5} revisions"
        if self.median is None or self.peak is None:
            said = self.note.partition("\n")[0]
        else:
            spread = f"{min(self.seconds):.2f} to {max(self.seconds):.2f}"
            said = f"{self.median:8.3f} s  ({spread}) {self.peak:7.0f} MB"
        return f"{head}  {self.contestant:20} {self.name:18} {said}"


@dataclass(slots=True)
class Results:
    """All of them.

    Args:
        about: the machine and the command.
        rows: in order.

    """

    about: dict[str, Any]
    rows: list[Row] = field(default_factory=list)

    @classmethod
    def begin(cls, repeat: int, limit: float) -> Results:
        """Note what they are measured with."""
        return cls({**about("bench.scale"), "repeat": repeat, "limit": limit})

    @classmethod
    def load(cls, files: list[Path]) -> Results:
        """Read what `save` wrote, of one run or of several on one machine."""
        parts = [json.loads(file.read_text(encoding="utf-8")) for file in files]
        commands = "\n".join(part["about"]["command"] for part in parts)
        rows = [Row(**row) for part in parts for row in part["rows"]]
        return cls({**parts[0]["about"], "command": commands}, rows)

    def save(self, file: Path) -> None:
        """Write them as JSON."""
        whole = {"about": self.about, "rows": [asdict(row) for row in self.rows]}
        file.write_text(json.dumps(whole, indent=1) + "\n", encoding="utf-8")

    @property
    def limit(self) -> float:
        """The seconds after which a command was stopped."""
        return float(self.about["limit"])

    def sizes(self, part: str = "scale") -> list[int]:
        """Give the sizes that were measured."""
        return sorted({row.tables for row in self.rows if row.part == part})

    def find(
        self, part: str, contestant: str, name: str, tables: int, entries: int | None = None
    ) -> Row | None:
        """Give a row, if it was measured."""
        for row in self.rows:
            asked = (part, contestant, name, tables)
            if (row.part, row.contestant, row.name, row.tables) == asked and (
                entries in (None, row.entries)
            ):
                return row
        return None
