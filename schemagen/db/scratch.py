"""Scratch databases: made, copied and dropped; nothing of the user's is among them."""

from __future__ import annotations

import itertools
import os
import secrets
import shutil
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Protocol

import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from schemagen.errors import SchemagenError
from schemagen.records import field, record

if TYPE_CHECKING:
    from collections.abc import Iterator


@record
class Database:
    """A scratch database.

    Args:
        dialect: `sqlite` or `postgresql`.
        url: with the password, so it is never shown.
        engine: keeps no connection, so nothing locks and nothing lingers.

    """

    dialect: str
    url: str = field(repr=False)
    engine: sa.Engine = field(compare=False, repr=False)


class Scratch(Protocol):
    """Makes databases of one dialect."""

    dialect: str

    def new(self) -> Database:
        """Make an empty database."""

    def copy(self, database: Database) -> Database:
        """Make a database that holds what another one does."""

    def drop(self, database: Database) -> None:
        """Remove a database."""


class Files:
    """SQLite databases, each a file of a folder.

    Args:
        folder: where to put them.

    """

    dialect = "sqlite"

    def __init__(self, folder: Path) -> None:
        """Start with none."""
        self._folder = folder
        self._numbers = itertools.count(1)

    def new(self) -> Database:
        """Make an empty database."""
        return _at(sa.URL.create("sqlite", database=str(self._next())))

    def copy(self, database: Database) -> Database:
        """Copy the file, if the first statement has made it already."""
        new, old = self.new(), _file(database)
        if old.exists():
            shutil.copyfile(old, _file(new))
        return new

    def drop(self, database: Database) -> None:
        """Remove the file."""
        _file(database).unlink(missing_ok=True)

    def _next(self) -> Path:
        return self._folder / f"{next(self._numbers)}.db"


class Server:
    """PostgreSQL databases, made on a server whose user may do so.

    Args:
        url: any database of the server; it is connected to, and nothing in it is touched.

    """

    dialect = "postgresql"

    def __init__(self, url: sa.URL) -> None:
        """Start with none."""
        self._url = url
        self._engine = sa.create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        self._prefix = f"schemagen_verify_{os.getpid()}_{secrets.token_hex(3)}"
        self._names: list[str] = []

    def new(self) -> Database:
        """Make an empty database."""
        return self._create("template0")

    def copy(self, database: Database) -> Database:
        """Copy a database; whoever is still connected to it is sent away."""
        name = str(sa.make_url(database.url).database)
        self._execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = :name AND pid <> pg_backend_pid()",
            name=name,
        )
        return self._create(name)

    def drop(self, database: Database) -> None:
        """Drop a database, whoever is connected to it."""
        self._drop(str(sa.make_url(database.url).database))

    def close(self) -> None:
        """Drop all databases that are left."""
        for name in list(self._names):
            self._drop(name)

    def _create(self, template: str) -> Database:
        name = f"{self._prefix}_{len(self._names) + 1}_{secrets.token_hex(2)}"
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        self._names.append(name)
        return _at(self._url.set(database=name))

    def _drop(self, name: str) -> None:
        self._execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        self._names.remove(name)

    def _execute(self, statement: str, **given: str) -> None:
        try:
            with self._engine.connect() as connection:
                connection.execute(sa.text(statement), given)
        except sa.exc.DBAPIError as error:
            raise SchemagenError(self._refused(error)) from error

    def _refused(self, error: sa.exc.DBAPIError) -> str:
        said = str(error.orig).strip().replace(str(self._url.password or "\0"), "***")
        return (
            f"no scratch database can be made at {self._url.render_as_string()}: {said}\n"
            "the user has to be one that may create databases"
        )


@contextmanager
def files() -> Iterator[Scratch]:
    """Give SQLite databases that are gone at the end."""
    with TemporaryDirectory(prefix="schemagen-verify-", ignore_cleanup_errors=True) as folder:
        yield Files(Path(folder))


@contextmanager
def server(url: str, option: str = "--url") -> Iterator[Scratch]:
    """Give PostgreSQL databases that are dropped at the end.

    Args:
        url: any database of the server. Raises SchemagenError when it is no PostgreSQL's.
        option: where the user has given it.

    """
    made = Server(_postgresql(url, option))
    try:
        yield made
    finally:
        made.close()


def _postgresql(url: str, option: str) -> sa.URL:
    try:
        parsed = sa.make_url(url)
    except (sa.exc.ArgumentError, ValueError):  # its words may hold the password
        msg = f"{option} is no URL that SQLAlchemy can read"
        raise SchemagenError(msg) from None
    if parsed.get_backend_name() != "postgresql":
        msg = f"{option} names a PostgreSQL server, not {parsed.get_backend_name()}"
        raise SchemagenError(msg)
    if parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    try:
        parsed.get_dialect().import_dbapi()
    except (ImportError, sa.exc.ArgumentError) as error:
        msg = f"the driver of {parsed.drivername} is not installed: pip install 'schemagen[verify]'"
        raise SchemagenError(msg) from error
    return parsed


def _at(url: sa.URL) -> Database:
    """Make the way to a database; SQLite gets real transactions."""
    engine = sa.create_engine(url, poolclass=NullPool)
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _no_implicit_begin)
        sa.event.listen(engine, "begin", lambda conn: conn.exec_driver_sql("BEGIN"))
    return Database(engine.dialect.name, url.render_as_string(hide_password=False), engine)


def _no_implicit_begin(raw: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own
    raw.isolation_level = None


def _file(database: Database) -> Path:
    return Path(str(sa.make_url(database.url).database))
