"""What differs between two states of the schema, shown by `schemagen diff`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.cli import output
from schemagen.report.changes import changes_data, changes_text, counts_text
from schemagen.report.machine import as_dict, dump
from schemagen.workflow.generate import options_of
from schemagen.workflow.hazards import hazards
from schemagen.workflow.offline import pending_sql

if TYPE_CHECKING:
    from schemagen.config import Settings
    from schemagen.diagnostics import Diagnostic
    from schemagen.diff import Comparison
    from schemagen.workflow.sides import Side


def show(  # noqa: PLR0913 - the two sides, what is between them, and how to show it
    one: Side,
    two: Side,
    comparison: Comparison,
    settings: Settings,
    *,
    style: str,
    dialect: str | None,
) -> None:
    """Show a comparison as SQL, as data, or to people."""
    if dialect:
        text = pending_sql(one, two, comparison, dialect, options_of(settings))
        output.data(text.rstrip("\n"))
    elif style == "json":
        changes = changes_data(comparison.changes)
        said = {"from": one.name, "to": two.name, "changes": changes}
        found = _hazards(settings, one, two, comparison)
        output.data(dump({**said, "hazards": [as_dict(hazard) for hazard in found]}))
    else:
        _tell(comparison)
        output.show(_hazards(settings, one, two, comparison), {}, "concise", err=True)


def _hazards(
    settings: Settings, one: Side, two: Side, comparison: Comparison
) -> tuple[Diagnostic, ...]:
    schemas = (one.schema, two.schema)
    apart = two.apart or one.apart
    directions = two.directions or {}
    return hazards(settings, schemas, comparison.changes, directions, two.places, apart)


def _tell(comparison: Comparison) -> None:
    output.data(changes_text(comparison.changes))
    output.talk(f"\n{counts_text(comparison.changes)}")
    for question in comparison.questions:
        olds = " or ".join(old.name for old in question.olds)
        output.talk(f"{question.new} could be {olds} renamed; `schemagen generate` asks")
