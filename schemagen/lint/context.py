"""Make the views of a diff: one for each database, with what it stores and the steps it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.changes import apply
from schemagen.diff import compare
from schemagen.lint.views import DiffView
from schemagen.plan.concerned import concerned
from schemagen.plan.context import Context, hints
from schemagen.plan.flat import flat_changes, flat_directions
from schemagen.plan.sqlite import rebuilt_tables
from schemagen.types import DIALECTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from schemagen.changes import Change
    from schemagen.directions import Directions
    from schemagen.schema import Schema


def diff_views(
    before: Schema,
    after: Schema | None,
    changes: Sequence[Change],
    directions: Directions,
    *,
    online: bool = True,
) -> Iterator[DiffView]:
    """Give the view of a diff on each database.

    Args:
        before: the schema to start from, for both.
        after: the schema to reach; None works it out.
        changes: what leads there.
        directions: what the YAML says about how to get there.
        online: whether revisions are written for a PostgreSQL that is in use.

    """
    goal = apply(before, changes) if after is None else after
    before, goal = concerned(changes, before, goal)
    hinted = hints(changes, directions)
    for dialect in reversed(DIALECTS):  # production's words come first
        ctx = Context(dialect, "up", before, goal, hinted).on(dialect)
        found = compare(ctx.start, ctx.goal, ctx.directions).changes
        moved = {**before.unqualified, **goal.unqualified} if dialect == "sqlite" else {}
        rebuilt = rebuilt_tables(ctx) if dialect == "sqlite" else frozenset()
        yield DiffView(
            dialect,
            ctx.start,
            ctx.goal,
            found,
            flat_directions(directions, moved) if moved else directions,
            whole=ctx.after,
            whole_before=ctx.before,
            whole_changes=tuple(flat_changes(changes, moved)) if moved else changes,
            rebuilt=rebuilt,
            online=online,
        )
