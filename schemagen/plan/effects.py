"""What a plain change does to the clients of its table on PostgreSQL: its lock, and how long.

Measured on 15, 16 and 18. A lock that is held for a moment is no matter; one that is held while
every row is read or written is.
"""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING, NamedTuple

from schemagen.changes import Alter, Change, Drop, Rename
from schemagen.kinds import (
    Check,
    Column,
    Enum,
    Exclusion,
    ForeignKey,
    Index,
    Namespace,
    Obj,
    PrimaryKey,
    Sequence,
    Table,
    Unique,
)
from schemagen.order import grows
from schemagen.plan.online.volatile import volatile
from schemagen.plan.rewrites import NOTHING, RECHECK, REWRITE, work
from schemagen.records import replace

if TYPE_CHECKING:
    from schemagen.plan.context import Context
    from schemagen.plan.steps import Step

SHARE_UPDATE = "SHARE UPDATE EXCLUSIVE"
SHARE = "SHARE"
SHARE_ROW = "SHARE ROW EXCLUSIVE"
EXCLUSIVE = "ACCESS EXCLUSIVE"
SCAN = "scan"


class Effect(NamedTuple):
    """What a step makes clients wait for.

    Args:
        lock: by PostgreSQL's name.
        work: what is done under it: "" is a moment.
        tables: whose, where it is not the step's own.

    """

    lock: str = ""
    work: str = ""
    tables: tuple[str, ...] = ()


ONLINE = Effect(SHARE_UPDATE, SCAN)
MOMENT = Effect(EXCLUSIVE)


def with_effect(step: Step, cost: Effect) -> Step:
    """Give the step with what it does."""
    return replace(step, lock=cost.lock, work=cost.work, locked=cost.tables)


def effect(ctx: Context, change: Change) -> Effect:
    """Say what a plain change of a table that has rows does."""
    if isinstance(change, Rename):
        return Effect() if change.old.kind in ("enum", "enum_value", "sequence") else MOMENT
    if isinstance(change, Drop):
        return Effect() if isinstance(change.old, (Enum, Namespace, Sequence)) else MOMENT
    if isinstance(change, Alter):
        return _altered(ctx, change)
    if getattr(change.new, "not_valid", False):  # no row is looked at
        return Effect(SHARE_ROW if isinstance(change.new, ForeignKey) else EXCLUSIVE)
    return _added(change.new, ctx)


def _altered(ctx: Context, change: Alter) -> Effect:
    old, new = change.old, change.new
    if isinstance(old, Column) and isinstance(new, Column):
        cost = work(old, new, ctx.renamed)
        if cost == NOTHING and old.nullable and not new.nullable:
            cost = SCAN
        return Effect(EXCLUSIVE, SCAN if cost == RECHECK else cost)
    if isinstance(old, Enum) and isinstance(new, Enum):
        used = {column.table for column in ctx.renamed.columns_of(old.name)}
        written = used and not grows(old, new)
        return Effect(EXCLUSIVE, REWRITE, tuple(sorted(used))) if written else Effect()
    if getattr(old, "not_valid", False) > getattr(new, "not_valid", False):
        return ONLINE
    return Effect(SHARE_UPDATE) if isinstance(old, Table) else Effect()


@singledispatch
def _added(obj: Obj, ctx: Context) -> Effect:
    del obj, ctx
    return Effect()


@_added.register(Table)
def _(obj: Table, ctx: Context) -> Effect:
    ends = {key.references.table for key in ctx.goal.view(obj.name).foreign_keys}
    return Effect(SHARE_ROW) if ends & set(ctx.renamed.tables) else Effect()


@_added.register(Column)
def _(obj: Column, ctx: Context) -> Effect:
    stored = obj.generated is not None and obj.generated.stored
    filled = bool(ctx.direction(obj).backfill) or (not obj.nullable and obj.default is None)
    written = stored or filled or obj.identity is not None or volatile(obj)
    return Effect(EXCLUSIVE, REWRITE if written else "")


@_added.register(Index)
def _(obj: Index, ctx: Context) -> Effect:
    del obj, ctx
    return Effect(SHARE, SCAN)


@_added.register(ForeignKey)
def _(obj: ForeignKey, ctx: Context) -> Effect:
    del obj, ctx
    return Effect(SHARE_ROW, SCAN)


@_added.register(PrimaryKey)
@_added.register(Unique)
@_added.register(Check)
@_added.register(Exclusion)
def _(obj: Obj, ctx: Context) -> Effect:
    del obj, ctx
    return Effect(EXCLUSIVE, SCAN)
