"""What is said about a constraint or an index, and what makes a constraint valid.

SQLAlchemy and Alembic have no operation for either.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import exprs, qualified, sql
from schemagen.changes import Add, Alter
from schemagen.kinds import Check, ForeignKey
from schemagen.plan.steps import Step, execute

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from schemagen.kinds import Key
    from schemagen.plan.context import Context


def validated(ctx: Context, change: Alter) -> Iterator[Step]:
    """Prove a constraint that was not valid."""
    old, new = change.old, change.new
    if isinstance(new, (Check, ForeignKey)) and getattr(old, "not_valid", False) > new.not_valid:
        table, name = qualified.quote(new.table), sql.quote(new.name)
        yield ctx.step(change, execute(f"ALTER TABLE {table} VALIDATE CONSTRAINT {name}"))


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
