"""PostgreSQL's schemas: created before what is in them, dropped when nothing is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import sql
from schemagen.plan.steps import execute

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.changes import Add, Alter, Drop
    from schemagen.kinds import Namespace
    from schemagen.plan.context import Context
    from schemagen.plan.steps import Statement, Step


def create_namespace(ctx: Context, change: Add, new: Namespace) -> Iterator[Step]:
    """Create a schema."""
    code: list[Statement] = [execute(f"CREATE SCHEMA {sql.quote(new.name)}")]
    if new.comment:
        code.append(_comment(new))
    yield ctx.step(change, *code)


def drop_namespace(ctx: Context, change: Drop, old: Namespace) -> Iterator[Step]:
    """Drop a schema; PostgreSQL refuses while there is something in it that nobody told us of."""
    yield ctx.step(change, execute(f"DROP SCHEMA {sql.quote(old.name)}"))


def alter_namespace(ctx: Context, change: Alter, new: Namespace) -> Iterator[Step]:
    """Change the comment, which is all that a schema has."""
    yield ctx.step(change, _comment(new))


def _comment(namespace: Namespace) -> Statement:
    said = "NULL" if namespace.comment is None else sql.literal(namespace.comment)
    return execute(f"COMMENT ON SCHEMA {sql.quote(namespace.name)} IS {said}")
