"""The strategy by which a change goes online, if there is one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from schemagen import qualified, sql
from schemagen.changes import Add, Alter, Drop
from schemagen.kinds import Check, Column, ForeignKey, Index, Key, PrimaryKey, Unique
from schemagen.plan import fills
from schemagen.plan.online.backfill import key_of
from schemagen.plan.online.volatile import volatile
from schemagen.plan.rewrites import REWRITE, work
from schemagen.plan.strategies import (
    build_index,
    build_key,
    constraints,
    fill_column,
    prove_constraint,
)
from schemagen.plan.strategies.foreign_keys import orphaned
from schemagen.plan.strategies.shadow_column import KINDS as SHADOWED
from schemagen.plan.strategies.shadow_column import made_of, shadow_column
from schemagen.plan.values import text_mapping
from schemagen.records import record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from schemagen.changes import Change
    from schemagen.kinds import Obj
    from schemagen.plan.context import Context
    from schemagen.plan.steps import Step


@record
class Choice:
    """A strategy for a change.

    Args:
        steps: makes the steps.
        takes: the objects whose changes it carries out too.
        late: whether the new object has its name only at the end, so that nothing which comes
            before can rest on it.

    """

    steps: Callable[[], Iterator[Step]]
    takes: frozenset[Key] = frozenset()
    late: bool = False


def choose(ctx: Context, change: Change, replaced: Drop | None) -> Choice | None:
    """Choose for one change of a table that has rows; None for the plain way.

    Args:
        ctx: the way.
        change: a change of a table that is there before and after.
        replaced: the drop of the same object, which can then wait until the new one stands.

    """
    if isinstance(change, Drop):
        old = change.old
        if not isinstance(old, Index) or old.key in ctx.goal:
            return None
        return Choice(partial(build_index.drop_index, ctx, change, old))
    if isinstance(change, Add):
        again = change.new.key in ctx.renamed
        fits = not again or (replaced is not None and not isinstance(change.new, Column))
        return _add(ctx, change, replaced) if fits else None
    if not isinstance(change, Alter):
        return None
    if constraints.is_to_be_proven(change):
        return Choice(partial(constraints.validate_online, ctx, change))
    return _alter(ctx, change)


def _add(ctx: Context, change: Add, replaced: Drop | None) -> Choice | None:
    new = change.new
    if isinstance(new, Column):
        fits = _is_filled(ctx, new)
        return Choice(partial(fill_column.fill_column, ctx, change, new)) if fits else None
    if not _can_be_proven(ctx, new):
        return None
    build, replace = _BUILDERS[type(new)]
    if replaced is None:
        return Choice(partial(build, ctx, change, new))
    taken = frozenset((replaced.old.key,))
    return Choice(partial(replace, ctx, change, new, replaced.old), taken, late=True)


_BUILDERS: dict[type[Obj], tuple[Callable[..., Iterator[Step]], Callable[..., Iterator[Step]]]] = {
    Index: (build_index.build_index, build_index.replace_index),
    Unique: (build_key.build_key, build_key.replace_key),
    PrimaryKey: (build_key.build_key, build_key.replace_key),
    Check: (prove_constraint.prove_constraint, prove_constraint.replace_constraint),
    ForeignKey: (prove_constraint.prove_constraint, prove_constraint.replace_constraint),
}


def _can_be_proven(ctx: Context, new: Obj) -> bool:
    """Say whether the object comes while rows stay as they are."""
    if getattr(new, "not_valid", False):
        return False  # there is nothing to prove
    if isinstance(new, ForeignKey):
        return not orphaned(ctx, new, {t for t in ctx.goal.tables if t not in ctx.renamed.tables})
    if isinstance(new, Check) and ctx.whole(new).enum:
        columns = [ctx.goal.get(key) for key in new.needs(ctx.goal)]
        return not any(text_mapping(ctx, c) for c in columns if isinstance(c, Column))
    return type(new) in _BUILDERS


def _is_filled(ctx: Context, column: Column) -> bool:
    if column.generated or column.identity or not key_of(ctx, column.table):
        return False
    probe = ctx.quietly()
    fill = fills.fill(probe, column)
    if fill is None:
        return not probe.problems and volatile(column)
    return _can_be_computed(ctx, column, fill)


def _alter(ctx: Context, change: Alter) -> Choice | None:
    old, new = change.old, change.new
    if not isinstance(old, Column) or not isinstance(new, Column):
        return None
    if work(old, new, ctx.renamed) == REWRITE:
        return _rewritten(ctx, change, old, new)
    if (old.identity, new.identity) != (None, None):
        return None
    if not old.nullable or new.nullable:
        return None
    probe = ctx.quietly()
    fill = fills.tightened(probe, new)
    if probe.problems or (fill and not _can_be_computed(ctx, new, fill)):
        return None
    return Choice(partial(fill_column.tighten_column, ctx, change, old, new))


def _rewritten(ctx: Context, change: Alter, old: Column, new: Column) -> Choice | None:
    """Choose the shadow where the YAML says so and nothing is in its way."""
    if ctx.direction(new).strategy != "shadow" or obstacle(ctx, old, new):
        return None
    taken = {obj.key for s in (ctx.renamed, ctx.goal) for obj in made_of(new.key, s)}
    steps = partial(shadow_column, ctx, change, old, new)
    return Choice(steps, frozenset(taken), late=True)


def obstacle(ctx: Context, old: Column, new: Column) -> str:
    """Say what keeps a column from having a shadow; nothing, as a rule."""
    if key_of(ctx, new.table) is None:
        return f"table {new.table} has no primary key to go through its rows by"
    if old.generated or new.generated:
        return "a generated column holds nothing of its own"
    for schema in (ctx.renamed, ctx.goal):
        for obj in made_of(new.key, schema):
            if not isinstance(obj, SHADOWED):
                return f"{obj.key} rests on it"
            then = ctx.goal.get(obj.key)
            if then is not None and new.key not in set(then.needs(ctx.goal)):
                return f"{obj.key} comes to rest on something else"
    return ""


def _can_be_computed(ctx: Context, column: Column, fill: fills.Fill) -> bool:
    """Say whether a trigger can work the value out: generated columns are not there yet."""
    said = sql.identifiers(fill.value)
    view = ctx.renamed.view(column.table) if column.table in ctx.renamed.tables else None
    computed = {c.name for c in view.columns if c.generated} if view else set()
    if not key_of(ctx, column.table) or not said.isdisjoint(computed):
        return False
    return not (sql.has_query(fill.value) and _asks_what_comes(ctx, column, fill.value))


def _asks_what_comes(ctx: Context, column: Column, value: str) -> bool:
    """Say whether a query names another table, or a column of it, that is not there before."""
    said = sql.words(value)
    for table in ctx.goal.tables:
        if table == column.table or qualified.bare(table) not in said:
            continue
        there = ctx.renamed.view(table) if table in ctx.renamed.tables else None
        come = set(ctx.goal.view(table).column_names) - set(there.column_names if there else ())
        if there is None or not said.isdisjoint(come):
            return True
    return False
