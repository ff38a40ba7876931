"""Two states of the schema compared anew by `schemagen diff`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.cli import living
from schemagen.workflow import remembered
from schemagen.workflow.project import insist
from schemagen.workflow.sides import HEAD, YAML, between, sides

if TYPE_CHECKING:
    from schemagen.config import Settings
    from schemagen.workflow.ahead import Ahead


def compare(
    names: tuple[str, str], settings: Settings, style: str, dialect: str | None, ahead: Ahead
) -> str | None:
    """Show what differs between two states; give the one line that says so if nothing does."""
    (one, two), here = sides(names, settings, ahead)
    comparison = between(one, two)
    living.keep(one, two, here)
    insist(comparison.diagnostics)
    if comparison.changes or dialect or style == "json":
        from schemagen.cli.differences import show  # noqa: PLC0415 - it imports planners and rules

        show(one, two, comparison, settings, style=style, dialect=dialect)
    if not comparison.changes:
        line = f"no difference between {one.name} and {two.name}"
        if here and names == (HEAD, YAML) and one.directions is None:  # no folder of that name
            remembered.keep("diff", here, line)
        return line
    if here:
        here.remember()
    return None
