"""Run the text of a revision on a database, as Alembic would, without a project around it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import event

from schemagen.diff import compare
from schemagen.plan.planning import plan
from schemagen.render.header import Header
from schemagen.render.revision import revision_text
from schemagen.schema import Schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from schemagen.directions import Directions
    from schemagen.plan.planning import Plan
    from support.databases import Database

HEADER = Header("0002_test", "0001_initial", "test", "2026-01-01 00:00:00", "0002_test.yaml")


def planned(state: Schema, wanted: Schema, directions: Directions | None = None) -> Plan:
    """Plan the way from one schema to another and back."""
    return plan(compare(state, wanted, directions).changes, state, directions or {})


def revision(state: Schema, wanted: Schema, directions: Directions | None = None) -> str:
    """Give the text of the revision that leads from one schema to another."""
    return revision_text(HEADER, planned(state, wanted, directions))


class Stopped(Exception):  # noqa: N818 - no error: the end that a test wanted
    """The run ended where it was told to."""


def run(text: str, way: str, database: Database, stop_at: int = 0) -> int:
    """Run `upgrade` or `downgrade` in one transaction, committed where it says so itself.

    Args:
        text: the revision.
        way: the function to run.
        database: where.
        stop_at: the number of the statement before which the run ends.

    Returns:
        How many statements there were.

    """
    with database.engine.connect() as connection, _counted(connection, stop_at) as seen:
        context = MigrationContext.configure(connection, opts={"transactional_ddl": True})
        with context.begin_transaction(), Operations.context(context):
            module: dict[str, object] = {}
            exec(compile(text, "revision", "exec"), module)  # noqa: S102 - what we generated
            module[way]()
    return len(seen)


@contextmanager
def _counted(connection: Connection, stop_at: int) -> Iterator[list[None]]:
    seen: list[None] = []

    def count(*_: object) -> None:
        seen.append(None)
        if len(seen) == stop_at:
            raise Stopped

    event.listen(connection, "before_cursor_execute", count)
    yield seen


def create(schema: Schema, database: Database) -> None:
    """Create a schema in an empty database, as a first revision would."""
    run(revision(Schema(), schema), "upgrade", database)
