"""The last line of a report: how much was found, and in how many files."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from schemagen.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemagen.diagnostics import Diagnostic


def counts(diagnostics: Sequence[Diagnostic]) -> dict[str, int]:
    """Count diagnostics by severity, and their files."""
    found = Counter(d.severity for d in diagnostics)
    files = {d.place.file for d in diagnostics if d.place}
    return {**{f"{s}s": found[s] for s in Severity}, "files": len(files)}


def summary(diagnostics: Sequence[Diagnostic]) -> str:
    """Say `Found 2 errors, 1 warning in 2 files`; nothing when nothing was found."""
    found = counts(diagnostics)
    said = [counted(found[f"{s}s"], s) for s in Severity if found[f"{s}s"]]
    if not said:
        return ""
    files = f" in {counted(found['files'], 'file')}" if found["files"] else ""
    return f"Found {', '.join(said)}{files}"


def counted(number: int, noun: str) -> str:
    """Say `1 file` or `2 files`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
