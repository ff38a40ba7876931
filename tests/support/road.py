"""Run the text of a revision on a database, as Alembic would, without a project around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alembic.migration import MigrationContext
from alembic.operations import Operations

from schemagen.diff import compare
from schemagen.plan import plan
from schemagen.render.revision import Header, revision_text
from schemagen.schema import Schema

if TYPE_CHECKING:
    from schemagen.directions import Directions
    from schemagen.plan import Plan
    from support.databases import Database

HEADER = Header("0002_test", "0001_initial", "test", "2026-01-01 00:00:00", "0002_test.yaml")


def planned(state: Schema, wanted: Schema, directions: Directions | None = None) -> Plan:
    """Plan the way from one schema to another and back."""
    return plan(compare(state, wanted, directions).changes, state, directions or {})


def revision(state: Schema, wanted: Schema, directions: Directions | None = None) -> str:
    """Give the text of the revision that leads from one schema to another."""
    return revision_text(HEADER, planned(state, wanted, directions))


def run(text: str, way: str, database: Database) -> None:
    """Run `upgrade` or `downgrade` in one transaction, committed where it says so itself."""
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"transactional_ddl": True})
        with context.begin_transaction(), Operations.context(context):
            module: dict[str, object] = {}
            exec(compile(text, "revision", "exec"), module)  # noqa: S102 - what we generated
            module[way]()


def create(schema: Schema, database: Database) -> None:
    """Create a schema in an empty database, as a first revision would."""
    run(revision(Schema(), schema), "upgrade", database)
