"""A table's comment and storage change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import qualified, sql
from schemagen.expr import call
from schemagen.plan import operations
from schemagen.plan.steps import execute

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.changes import Alter
    from schemagen.expr import Expr
    from schemagen.kinds import Table
    from schemagen.plan.context import Context
    from schemagen.plan.steps import Statement, Step


def alter_table(ctx: Context, change: Alter, old: Table, new: Table) -> Iterator[Step]:
    """Change the comment, the storage parameters and the tablespace."""
    code: list[Statement] = []
    if old.comment != new.comment:
        code.append(_comment(old, new))
    code += _storage(old, new)
    if old.options.tablespace != new.options.tablespace:
        code.append(
            _alter(new, f"SET TABLESPACE {sql.quote(new.options.tablespace or 'pg_default')}")
        )
    if code:
        yield ctx.step(change, *code)


def _comment(old: Table, new: Table) -> Statement:
    was: dict[str, Expr] = {"existing_comment": old.comment} if old.comment else {}
    was |= operations.inside(new.name)
    name = qualified.bare(new.name)
    if new.comment is None:
        return call("op.drop_table_comment", name, **was)
    return call("op.create_table_comment", name, new.comment, **was)


def _storage(old: Table, new: Table) -> Iterator[Statement]:
    was, now = old.options.with_, new.options.with_
    if gone := [name for name in was if name not in now]:
        yield _alter(new, f"RESET ({', '.join(gone)})")
    if said := [f"{name} = {value}" for name, value in now.items() if was.get(name) != value]:
        yield _alter(new, f"SET ({', '.join(said)})")


def _alter(table: Table, what: str) -> Statement:
    return execute(f"ALTER TABLE {qualified.quote(table.name)} {what}")
