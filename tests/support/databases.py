"""A fresh database of either dialect, and how to speak to it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import NullPool

from schemagen.db import catalog

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.db.catalog import Catalog

DIALECTS = ("sqlite", "postgresql")


@dataclass(frozen=True, slots=True)
class Database:
    """A database.

    Args:
        dialect: `sqlite` or `postgresql`.
        url: works as DATABASE_URL.
        engine: keeps no connection, so nothing locks and nothing lingers.

    """

    dialect: str
    url: str
    engine: Engine = field(compare=False, repr=False)

    def execute(self, *statements: str) -> None:
        """Run statements, each in a transaction of its own."""
        for statement in statements:
            with self.engine.begin() as connection:
                connection.exec_driver_sql(statement)

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """Run a query."""
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(query)]

    def catalog(self, schemas: tuple[str, ...] = ()) -> Catalog:
        """Read the catalog; of PostgreSQL, of the schemas that are named."""
        with self.engine.connect() as connection:
            return catalog.read(connection, schemas)


@contextmanager
def kept_open(database: Database) -> Iterator[Database]:
    """Give the way to a database that keeps a connection: each new one of PostgreSQL is slow."""
    if database.dialect == "sqlite":
        yield database
        return
    # Nothing is prepared, as what a statement gives may change.
    engine = create_engine(database.url, pool_size=1, connect_args={"prepare_threshold": None})
    try:
        yield Database(database.dialect, database.url, engine)
    finally:
        engine.dispose()


def at(url: str) -> Database:
    """Make the way to the database at `url`; SQLite gets real transactions."""
    engine = create_engine(url, poolclass=NullPool)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _no_implicit_begin)
        event.listen(engine, "begin", lambda conn: conn.exec_driver_sql("BEGIN"))
    return Database(engine.dialect.name, url, engine)


def _no_implicit_begin(raw: object, _record: object) -> None:
    raw.isolation_level = None  # type: ignore[attr-defined]
