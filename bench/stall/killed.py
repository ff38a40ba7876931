"""A run that is killed halfway, under load, and run again."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from bench.stall.clients import Clients
from bench.stall.measure import connection_of
from schemagen.db import catalog

if TYPE_CHECKING:
    from bench.stall.projects import Project
    from bench.stall.server import Database
    from schemagen.db.catalog import Catalog

# What an online change needs only on its way, and what is left of one that failed.
_LEFT = """
    SELECT 'index ' || indexrelid::regclass FROM pg_index WHERE NOT indisvalid
    UNION ALL SELECT 'trigger ' || tgname FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT 'function ' || proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT 'unproven ' || conname FROM pg_constraint WHERE NOT convalidated
"""
_TOO_SHORT = "done before it was killed"


def killed(database: Database, project: Project, after: float, goal: Catalog) -> str:
    """Kill the migration some time after it has connected, run it again; say what is wrong.

    That it was done before it could be killed is said too.

    Args:
        database: it is changed.
        project: whose head it goes to.
        after: the time, in seconds.
        goal: the catalog of a run that was left alone.

    """
    clients = Clients(database)
    try:
        migration = project.upgrade(database.url)
        start = connection_of(database, migration)
        time.sleep(after)
        migration.kill()
        migration.communicate()
        whole = database.committed() > start
        again = project.upgrade(database.url)
        said, _ = again.communicate()
    finally:
        writers, _ = clients.stop()
    if again.returncode:
        return f"the second run failed:\n{said}"
    with database.connect() as connection:
        left = [row[0] for row in connection.execute(_LEFT)]
    done = database.committed()
    errors = sorted({name for one in writers for when, name in one.errors if when <= done})
    wrong = [*left, *catalog.differences(goal, read(database), "expected", "found")]
    wrong += [f"writers got {name}" for name in errors]
    return "; ".join(wrong) or (_TOO_SHORT if whole else "")


def read(database: Database) -> Catalog:
    """Read the catalog of a database."""
    engine = create_engine(database.url, poolclass=NullPool)
    with engine.connect() as connection:
        return catalog.read(connection)


def goal(database: Database, project: Project) -> Catalog:
    """Upgrade a database that nobody uses, and read its catalog."""
    said, _ = (migration := project.upgrade(database.url)).communicate()
    if migration.returncode:
        sys.exit(f"alembic upgrade:\n{said}")
    return read(database)
