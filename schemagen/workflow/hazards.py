"""What pending changes can do to data, locks and running clients."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schemagen.diagnostics import Severity
from schemagen.lint.context import diff_views
from schemagen.lint.engine import Engine
from schemagen.lint.rule import on_changes
from schemagen.records import replace
from schemagen.workflow.hanging import hanging
from schemagen.workflow.rules import rules_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from schemagen.changes import Change
    from schemagen.config import Settings
    from schemagen.diagnostics import Diagnostic, Place
    from schemagen.directions import Directions
    from schemagen.kinds import Key
    from schemagen.plan.planning import Plan, Way
    from schemagen.schema import Schema
    from schemagen.source.unmanaged import Apart


def hazards(  # noqa: PLR0913, PLR0917 - both schemas, and all that the YAML says of the way
    settings: Settings,
    schemas: tuple[Schema, Schema],
    changes: Sequence[Change],
    directions: Directions,
    places: Mapping[Key, Place],
    apart: Sequence[Apart] = (),
) -> tuple[Diagnostic, ...]:
    """Give what the linter says of changes, as warnings: to write them is the user's decision.

    Args:
        settings: which rules run, and whether tables are changed online.
        schemas: before and after.
        changes: what leads from one to the other.
        directions: what the YAML says about how to get there, and what it allows.
        places: where the objects stand.
        apart: what the database has beside the schema; where it hangs on what changes, a note
            says so.

    """
    if not changes:
        return ()
    engine = Engine(rules_of(settings, among=on_changes()), directions, places)
    online = settings.postgresql.online
    for view in diff_views(*schemas, changes, directions, online=online):
        engine.look("diff", view)
        engine.look("pending", view)
    found = (d for d in engine.diagnostics if d.severity is not Severity.NOTE)
    return (
        *(replace(d, severity=Severity.WARNING) for d in found),
        *hanging(apart, changes),
    )


def steps_data(plan: Plan) -> dict[str, Any]:
    """Give each way's steps on PostgreSQL as plain data: change, lock, work and transaction."""
    ways = {"up": plan.up, "down": plan.down}
    return {name: _way(way) for name, way in ways.items() if way is not None}


def _way(way: Way) -> list[dict[str, Any]]:
    return [
        {
            "change": step.comments[0] if step.comments else "",
            "table": step.table,
            "lock": step.lock,
            "work": step.work,
            "transaction": step.transaction.value,
        }
        for step in way.postgresql
    ]
