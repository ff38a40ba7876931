"""What differs between two states of the schema, shown by `schemagen diff`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schemagen.cli import output
from schemagen.records import replace
from schemagen.report.changes import changes_data, changes_text, counts_text
from schemagen.report.machine import as_dict, dump
from schemagen.workflow.hazards import hazards, steps_data
from schemagen.workflow.options import options_of

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
        from schemagen.workflow.offline import pending_sql  # noqa: PLC0415 - it plans and lays out

        text = pending_sql(one, two, comparison, dialect, options_of(settings))
        output.data(text.rstrip("\n"))
    elif style == "json":
        output.data(dump(_data(one, two, comparison, settings)))
    else:
        _tell(comparison)
        output.show(_hazards(settings, one, two, comparison), {}, "concise", err=True)


def _data(one: Side, two: Side, comparison: Comparison, settings: Settings) -> dict[str, Any]:
    """Give the changes, what they can do, and the steps that a revision would take.

    While a decision is missing there are no steps.
    """
    from schemagen.plan.planning import plan  # noqa: PLC0415 - people are shown no plan

    options = replace(options_of(settings), irreversible=True)
    directions = two.directions or {}
    planned = plan(comparison.changes, one.schema, directions, places=two.places, options=options)
    return {
        "from": one.name,
        "to": two.name,
        "changes": changes_data(comparison.changes),
        "hazards": [as_dict(each) for each in _hazards(settings, one, two, comparison)],
        "steps": None if planned.problems else steps_data(planned)["up"],
        "undecided": [as_dict(problem) for problem in planned.problems],
    }


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
