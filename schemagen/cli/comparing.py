"""Two states of the schema compared anew by `schemagen diff`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import history
from schemagen.workflow.memory import recall
from schemagen.workflow.project import insist
from schemagen.workflow.sides import YAML, between, side

if TYPE_CHECKING:
    from schemagen.config import Settings


def compare(
    names: tuple[str, str], settings: Settings, style: str, dialect: str | None
) -> str | None:
    """Show what differs between two states; give the one line that says so if nothing does."""
    memory = recall(settings.root)
    told = history.read(settings.versions, settings.root, memory.begin)
    one, two = (side(name, settings, told, memory.kept) for name in names)
    comparison = between(one, two)
    insist(comparison.diagnostics)
    if comparison.changes or dialect or style == "json":
        from schemagen.cli.differences import show  # noqa: PLC0415 - it imports planners and rules

        show(one, two, comparison, settings, style=style, dialect=dialect)
    if not comparison.changes:
        return f"no difference between {one.name} and {two.name}"
    for each in (one, two):
        if each.name == YAML:
            memory.keep(each.kept, told)
    return None
