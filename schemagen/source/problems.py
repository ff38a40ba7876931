"""What was found wrong so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.diagnostics import Diagnostic, Fix, Place, did_you_mean, in_order
from schemagen.source.nodes import Node

if TYPE_CHECKING:
    from collections.abc import Iterable


class Problems:
    """Collects diagnostics; of several with one code at one place it keeps the first.

    A mixin is read once for each table that has it, so its mistakes come more than once.
    """

    def __init__(self) -> None:
        """Start with none."""
        self._found: dict[tuple[str, Place | None], Diagnostic] = {}

    def add(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Take over diagnostics."""
        for diagnostic in diagnostics:
            self._found.setdefault((diagnostic.code, diagnostic.place), diagnostic)

    def error(  # noqa: PLR0913 - the fields of a diagnostic
        self,
        code: str,
        message: str,
        at: Node | Place | None,
        *,
        label: str = "",
        help: str = "",  # noqa: A002 - the diagnostic's own word
        fix: Fix | None = None,
    ) -> None:
        """Note an error at a node or a place."""
        place = at.place if isinstance(at, Node) else at
        self.add([Diagnostic(code, message, place, label, help, fix=fix)])

    def unknown(
        self,
        code: str,
        what: str,
        name: str,
        at: Node | Place | None,
        known: Iterable[str],
    ) -> None:
        """Note a name that nothing answers to."""
        names = list(known)
        near = did_you_mean(name, names)
        listed = ", ".join(sorted(names)[:12]) + (", …" if len(names) > 12 else "")  # noqa: PLR2004 - a line's worth
        way_out = f"known: {listed}" if names else f"there is no {what} at all"
        self.error(code, f"unknown {what} {name!r}", at, label=near, help=way_out)

    def sorted(self) -> tuple[Diagnostic, ...]:
        """Give all, by place."""
        return tuple(in_order(self._found.values()))
