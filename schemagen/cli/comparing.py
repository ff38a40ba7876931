"""Two states of the schema compared anew by `schemagen diff`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import history
from schemagen.cli import output
from schemagen.report.changes import changes_data, changes_text, counts_text
from schemagen.report.machine import as_dict, dump
from schemagen.workflow.generate import options_of
from schemagen.workflow.hazards import hazards
from schemagen.workflow.offline import pending_sql
from schemagen.workflow.project import insist
from schemagen.workflow.sides import between, side

if TYPE_CHECKING:
    from schemagen.config import Settings
    from schemagen.diagnostics import Diagnostic
    from schemagen.diff import Comparison
    from schemagen.workflow.sides import Side


def compare(
    names: tuple[str, str], settings: Settings, style: str, dialect: str | None
) -> str | None:
    """Show what differs between two states; give the one line that says so if nothing does."""
    told = history.read(settings.versions, settings.root)
    one, two = (side(name, settings, told) for name in names)
    comparison = between(one, two)
    insist(comparison.diagnostics)
    if dialect:
        text = pending_sql(one, two, comparison, dialect, options_of(settings))
        output.data(text.rstrip("\n"))
    elif style == "json":
        changes = changes_data(comparison.changes)
        said = {"from": one.name, "to": two.name, "changes": changes}
        found = _hazards(settings, one, two, comparison)
        output.data(dump({**said, "hazards": [as_dict(hazard) for hazard in found]}))
    elif comparison.changes:
        _tell(comparison)
        output.show(_hazards(settings, one, two, comparison), {}, "concise", err=True)
    return None if comparison.changes else f"no difference between {one.name} and {two.name}"


def _hazards(
    settings: Settings, one: Side, two: Side, comparison: Comparison
) -> tuple[Diagnostic, ...]:
    schemas = (one.schema, two.schema)
    return hazards(settings, schemas, comparison.changes, two.directions or {}, two.places)


def _tell(comparison: Comparison) -> None:
    output.data(changes_text(comparison.changes))
    output.talk(f"\n{counts_text(comparison.changes)}")
    for question in comparison.questions:
        olds = " or ".join(old.name for old in question.olds)
        output.talk(f"{question.new} could be {olds} renamed; `schemagen generate` asks")
