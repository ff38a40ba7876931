"""The application's engine and sessions. Migrations make their own: see `alembic/env.py`."""

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import Session, sessionmaker

from backend.config import Settings

if TYPE_CHECKING:
    from sqlalchemy.pool import ConnectionPoolEntry


def make_engine(url: str) -> Engine:
    """Make an engine; on SQLite every connection of it enforces foreign keys."""
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _enforce_foreign_keys)
    return engine


def _enforce_foreign_keys(connection: Any, _: "ConnectionPoolEntry") -> None:  # noqa: ANN401 - sqlite3's
    connection.execute("PRAGMA foreign_keys = ON")


@lru_cache(maxsize=1)
def engine() -> Engine:
    """Give the one engine of this process, for `DATABASE_URL`."""
    return make_engine(Settings().database_url)


@lru_cache(maxsize=1)
def sessions() -> sessionmaker[Session]:
    """Give the one session factory of this process, bound to `engine()`."""
    return sessionmaker(engine())
