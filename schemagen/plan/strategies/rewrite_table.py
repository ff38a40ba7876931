"""Several columns of a table get other types: PostgreSQL writes the table anew once, not thrice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import qualified, sql
from schemagen.changes import Alter
from schemagen.kinds import Column
from schemagen.plan import fills
from schemagen.plan.casts import type_name, using
from schemagen.plan.rewrites import REWRITE, work
from schemagen.plan.steps import execute
from schemagen.plan.strategies.alter_column import completed, unbound
from schemagen.records import replace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemagen.changes import Change
    from schemagen.plan.context import Context
    from schemagen.plan.steps import Statement, Step

Pair = tuple[Column, Column]


def together(ctx: Context, at: int) -> list[Alter]:
    """Give the changes, from `at` on, that one ALTER TABLE makes; none if there is but one."""
    first = rewritten(ctx, ctx.changes[at])
    if first is None:
        return []
    run: list[Alter] = []
    for change in ctx.changes[at:]:
        pair = rewritten(ctx, change)
        if pair is None or pair[1].table != first[1].table:
            break
        run.append(Alter(*pair))
    return run if len(run) > 1 else []


def rewritten(ctx: Context, change: Change) -> Pair | None:
    """Give the column before and after, if the change writes its table anew."""
    if not isinstance(change, Alter):
        return None
    old, new = change.old, change.new
    if not isinstance(old, Column) or not isinstance(new, Column):
        return None
    return (old, new) if work(old, new, ctx.renamed) == REWRITE else None


def rewrite_table(ctx: Context, changes: Sequence[Alter]) -> Step:
    """Change the types of several columns of one table at once."""
    pairs = [pair for change in changes if (pair := rewritten(ctx, change))]
    code: list[Statement] = [each for pair in pairs for each in unbound(*pair)]
    clauses = [_clause(ctx, *pair) for pair in pairs]
    table = f"ALTER TABLE {qualified.quote(pairs[0][1].table)} "
    pieces = [f"{clause}, " for clause in clauses[:-1]]
    code.append(execute(table, *pieces, clauses[-1]))
    comments: list[str] = []
    for change, (old, new) in zip(changes, pairs, strict=True):
        fill = fills.tightened(ctx, new) if old.nullable and not new.nullable else None
        code += completed(ctx, old, new, fill)
        comments += ctx.step(change, remark=fill.remark if fill else "").comments
    return replace(ctx.step(changes[0], *code), comments=tuple(comments))


def _clause(ctx: Context, old: Column, new: Column) -> str:
    cast = using(ctx, old, new)
    collation = f" COLLATE {sql.quote(new.collation)}" if new.collation else ""
    said = f" USING {cast}" if cast else ""
    return f"ALTER COLUMN {sql.quote(new.name)} TYPE {type_name(ctx, new)}{collation}{said}"
