"""One line for each diagnostic, as compilers write it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from schemagen.diagnostics import Diagnostic


def concise(diagnostics: Iterable[Diagnostic]) -> str:
    """Write `file:line:column: error[S002]: message` lines."""
    return "\n".join(visible(f"{d}{f' ({d.label})' if d.label else ''}") for d in diagnostics)
