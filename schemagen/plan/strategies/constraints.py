"""What is said about a constraint or an index, and what makes a constraint valid.

SQLAlchemy and Alembic have no operation for either.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import exprs, qualified, sql
from schemagen.changes import Add, Alter
from schemagen.kinds import Check, ForeignKey
from schemagen.plan.online.steps import own, patiently
from schemagen.plan.steps import Step, execute

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from schemagen.expr import Call
    from schemagen.kinds import Key, Obj
    from schemagen.plan.context import Context


def is_to_be_proven(change: Alter) -> bool:
    """Say whether a constraint was not valid and is to be."""
    old, new = change.old, change.new
    if not isinstance(new, (Check, ForeignKey)) or new.not_valid:
        return False
    return isinstance(old, (Check, ForeignKey)) and old.not_valid


def validated(ctx: Context, change: Alter) -> Iterator[Step]:
    """Prove a constraint that was not valid."""
    if is_to_be_proven(change):
        yield ctx.step(change, _validate(change.new))


def validate_online(ctx: Context, change: Alter) -> Iterator[Step]:
    """Prove it while clients go on; one that is valid is proven again, which does nothing."""
    yield own(ctx.step(change, patiently(_validate(change.new))))


def _validate(obj: Obj) -> Call:
    table, name = qualified.quote(obj.table), sql.quote(obj.name)
    return execute(f"ALTER TABLE {table} VALIDATE CONSTRAINT {name}")


def commented(ctx: Context, made: Iterable[Key] = ()) -> Iterator[Step]:
    """Comment constraints and indexes once all of them are there under their own names.

    Args:
        ctx: the way.
        made: what is made anew without a change of its own.

    """
    remade = set(made) - {change.subject.key for change in ctx.changes}
    for change in ctx.changes:
        new = change.subject
        if not new.soft or not isinstance(change, (Add, Alter)):
            continue
        before = change.old if isinstance(change, Alter) else None
        if getattr(before, "comment", None) == getattr(new, "comment", None):
            continue
        code = execute(exprs.comment_sql(new))
        said = f"say what {new.key} is for"
        yield ctx.step(change, code) if before else Step((code,), (said,), new.table)
    for obj in (o for o in ctx.goal if o.key in remade and getattr(o, "comment", None)):
        said = f"keep the comment of {obj.key}"
        yield Step((execute(exprs.comment_sql(obj)),), (said,), obj.table)
