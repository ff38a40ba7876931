"""From changes to steps, for both dialects and both ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.changes import apply
from schemagen.plan import postgresql, sqlite
from schemagen.plan.concerned import concerned
from schemagen.plan.context import Context, hints, hints_back
from schemagen.plan.options import PLAIN, Options
from schemagen.records import record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from schemagen.changes import Change
    from schemagen.diagnostics import Diagnostic, Place
    from schemagen.directions import Directions
    from schemagen.kinds import Key
    from schemagen.plan.steps import Step
    from schemagen.schema import Schema

PLANNERS = {"sqlite": sqlite.steps, "postgresql": postgresql.steps}


@record
class Way:
    """The steps of one way, for each dialect."""

    sqlite: tuple[Step, ...]
    postgresql: tuple[Step, ...]


@record
class Plan:
    """Both ways of a revision.

    Args:
        up: the way up.
        down: the way down; None when it was asked to be irreversible.
        problems: decisions that are missing; with any, nothing may be written.

    """

    up: Way
    down: Way | None
    problems: tuple[Diagnostic, ...]


def plan(
    changes: Sequence[Change],
    before: Schema,
    directions: Directions,
    *,
    places: Mapping[Key, Place] | None = None,
    options: Options = PLAIN,
) -> Plan:
    """Plan a revision.

    Args:
        changes: as `diff.compare` gives them.
        before: the schema that they start from.
        directions: what the YAML says about how to get there.
        places: where the objects stand in the YAML.
        options: how it is to be carried out.

    """
    (before,) = concerned(changes, before)
    after = apply(before, changes)
    problems: list[Diagnostic] = []
    up_hints = hints(changes, directions)
    up = _way(Context("", "up", before, after, up_hints, places or {}, problems, options))
    down = None
    if not options.irreversible:
        back = hints_back(changes, directions)
        down = _way(Context("", "down", after, before, back, {}, problems, options))
    return Plan(up, down, tuple(dict.fromkeys(problems)))


def _way(ctx: Context) -> Way:
    made = {dialect: tuple(steps(ctx.on(dialect))) for dialect, steps in PLANNERS.items()}
    return Way(made["sqlite"], made["postgresql"])
