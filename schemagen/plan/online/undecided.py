"""Type changes that write a table anew: how to make them is the user's to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.diagnostics import Diagnostic
from schemagen.plan.online.choose import obstacle
from schemagen.plan.strategies.rewrite_table import rewritten

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from schemagen.kinds import Column
    from schemagen.plan.context import Context


def undecided(ctx: Context, online: Collection[int]) -> Iterator[Diagnostic]:
    """Give the decisions that are missing, or that cannot be followed.

    On the way down a rewrite needs none: who narrows a column again has to stop the clients anyway.

    Args:
        ctx: the way.
        online: the places of the changes that go online.

    """
    for at, change in enumerate(ctx.changes):
        pair = rewritten(ctx, change)
        if pair is None or at in online:
            continue
        strategy = ctx.direction(pair[1]).strategy
        if strategy is None and ctx.way == "up":
            yield _unsaid(ctx, *pair)
        elif strategy == "shadow" and ctx.way == "up":
            yield _impossible(ctx, *pair)


def _unsaid(ctx: Context, old: Column, new: Column) -> Diagnostic:
    return Diagnostic(
        "G007",
        f"{new.key} goes from {old.type} to {new.type}, for which PostgreSQL writes "
        f"the whole of {new.table} anew: nobody reads or writes it meanwhile",
        ctx.places.get(new.key),
        help=_answers(obstacle(ctx, old, new)),
    )


def _answers(reason: str) -> str:
    """Say what may be answered; where something keeps the column from a shadow, the rewrite."""
    rewrite = "`strategy: rewrite` (in one go, for a small table or a quiet hour); or use --offline"
    if reason:
        return f"add to the column {rewrite}; it cannot have a shadow, as {reason}"
    shadow = "`strategy: shadow` (a copy that is filled beside the traffic takes its place)"
    return f"add to the column {shadow} or {rewrite}"


def _impossible(ctx: Context, old: Column, new: Column) -> Diagnostic:
    reason = obstacle(ctx, old, new) or "other changes of the same revision are in its way"
    return Diagnostic(
        "G008",
        f"{new.key} cannot have a shadow: {reason}",
        ctx.places.get(new.key),
        help="make it `strategy: rewrite`, or change the column in a revision of its own",
    )
