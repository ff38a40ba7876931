"""Two states of the schema compared anew by `schemagen diff`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import history
from schemagen.workflow.project import insist
from schemagen.workflow.sides import between, side

if TYPE_CHECKING:
    from schemagen.config import Settings


def compare(
    names: tuple[str, str], settings: Settings, style: str, dialect: str | None
) -> str | None:
    """Show what differs between two states; give the one line that says so if nothing does."""
    told = history.read(settings.versions, settings.root)
    one, two = (side(name, settings, told) for name in names)
    comparison = between(one, two)
    insist(comparison.diagnostics)
    if comparison.changes or dialect or style == "json":
        from schemagen.cli.differences import show  # noqa: PLC0415 - it imports planners and rules

        show(one, two, comparison, settings, style=style, dialect=dialect)
    return None if comparison.changes else f"no difference between {one.name} and {two.name}"
