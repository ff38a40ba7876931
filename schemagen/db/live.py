"""A live database, looked at and never written to."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from schemagen.errors import SchemagenError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import Connection

_DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}
_SYNCHRONOUS = ("psycopg", "psycopg2", "pg8000", "pysqlite")
_WAIT = "SET LOCAL lock_timeout = '5s'"  # a look never queues for long behind a migration


@contextmanager
def look(text: str) -> Iterator[Connection]:
    """Give a connection in one transaction that can only read. Raises SchemagenError.

    Args:
        text: the database's URL. One for an asynchronous driver is read with a plain one; a SQLite
            file has to be there.

    """
    url = parsed(text)
    engine = _sqlite(url) if url.get_backend_name() == "sqlite" else _postgresql(url)
    try:
        with engine.connect() as connection, connection.begin():
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql(_WAIT)
            yield connection
    except (sa.exc.SQLAlchemyError, UnicodeError) as error:
        msg = f"cannot read the database at {shown(url)}: {words(error, url)}"
        raise SchemagenError(msg) from error
    finally:
        engine.dispose()


def parsed(text: str) -> sa.URL:
    """Read a URL as people write it, with a driver that is there. Raises SchemagenError."""
    try:
        url = sa.make_url(text)
        backend = url.get_backend_name()
        backend = "postgresql" if backend == "postgres" else backend
    except (sa.exc.ArgumentError, ValueError):  # its words may hold the password
        msg = "the database's URL is none that SQLAlchemy can read"
        raise SchemagenError(msg) from None
    if backend not in _DRIVERS:
        msg = f"{backend} is not a database that schemagen knows; it knows sqlite and postgresql"
        raise SchemagenError(msg)
    if url.drivername.partition("+")[2] not in _SYNCHRONOUS:
        url = url.set(drivername=_DRIVERS[backend])
    try:
        url.get_dialect().import_dbapi()
    except (ImportError, sa.exc.ArgumentError) as error:
        msg = f"the driver of {url.drivername} is not installed: pip install 'schemagen[verify]'"
        raise SchemagenError(msg) from error
    return url


def shown(url: sa.URL) -> str:
    """Write a URL without what is secret in it: the password, and whatever is in the query."""
    return url.set(query={}).render_as_string(hide_password=True)


def words(error: Exception, url: sa.URL) -> str:
    """Give an error's own words in one line, without the password should they hold it."""
    said = str(getattr(error, "orig", None) or error).strip()
    for secret in (url.password, *map(str, url.query.values())):
        said = said.replace(str(secret), "***") if secret else said
    return " ".join(said.split())


def _postgresql(url: sa.URL) -> sa.Engine:
    engine = sa.create_engine(url, poolclass=NullPool)
    reading = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    return engine.execution_options(**reading)


def _sqlite(url: sa.URL) -> sa.Engine:
    """Open the file for reading alone; one that is not there would be made, and be empty."""
    file = Path(str(url.database or ""))
    if not url.database or url.database == ":memory:" or not file.is_file():
        msg = f"there is no database at {shown(url)}"
        raise SchemagenError(msg)

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(f"file:{quote(str(file))}?mode=ro", uri=True)

    engine = sa.create_engine("sqlite://", creator=connect, poolclass=NullPool)
    sa.event.listen(engine, "connect", _no_implicit_begin)
    sa.event.listen(engine, "begin", lambda conn: conn.exec_driver_sql("BEGIN"))
    return engine


def _no_implicit_begin(raw: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own
    raw.isolation_level = None
