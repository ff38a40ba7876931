"""The sources of an import: a live database, SQLAlchemy models, or an SQL file."""

from __future__ import annotations

import importlib
import re
import sqlite3
import sys
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from schemagen.db import catalog, embedded, live, scratch
from schemagen.db.reflect import reflect
from schemagen.diagnostics import did_you_mean
from schemagen.errors import SchemagenError
from schemagen.patterns import pattern
from schemagen.qualified import DEFAULT
from schemagen.records import replace
from schemagen.workflow.scratches import NO_SERVER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import Connection

    from schemagen.db.catalog import Catalog
    from schemagen.db.reflect import Reflected
    from schemagen.db.scratch import Database, Scratch
    from schemagen.workflow.importing import Wanted

_MODELS = pattern(r"[^\W\d][\w.]*:[^\W\d][\w.]*\Z")
# Words that only one of the two databases reads.
_SQLITE = pattern(
    r"\b(autoincrement|without\s+rowid|pragma|strict\s*;|strftime|datetime\s*\(\s*')", re.IGNORECASE
)


def dialect_of(wanted: Wanted) -> str:
    """Say which database a source belongs to. Raises SchemagenError."""
    source = wanted.source
    if "://" in source:
        return live.parsed(source).get_backend_name()
    if _is_file(wanted):
        return wanted.dialect or _guessed(_text(wanted))
    if not _MODELS.match(source):
        msg = (
            f"{source!r} is no source: give a database's URL, module:attribute of SQLAlchemy "
            "models, or an SQL file that is there"
        )
        raise SchemagenError(msg)
    return wanted.dialect or (
        "postgresql" if wanted.scratch or embedded.is_installed() else "sqlite"
    )


def _is_file(wanted: Wanted) -> bool:
    return (wanted.root / wanted.source).is_file()


def _text(wanted: Wanted) -> str:
    try:
        return (wanted.root / wanted.source).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        msg = f"{wanted.source} is not UTF-8"
        raise SchemagenError(msg) from error


def _guessed(text: str) -> str:
    """Guess the database of an SQL file: SQLite where it says a word of SQLite's alone."""
    return "sqlite" if _SQLITE.search(text) else "postgresql"


@contextmanager
def scratch_of(dialect: str, url: str | None) -> Iterator[Scratch]:
    """Give a maker of scratch databases. Raises SchemagenError when there is none."""
    with ExitStack() as stack:
        if dialect == "sqlite":
            yield stack.enter_context(scratch.files())
            return
        if not url and not embedded.is_installed():
            raise SchemagenError(NO_SERVER)
        server = url or stack.enter_context(embedded.server())
        yield stack.enter_context(scratch.server(server, "--scratch-url"))


def look(wanted: Wanted, scratch: Scratch) -> tuple[str, Reflected, Catalog]:
    """Look at a source: what to call it, its schema, and its catalog. Nothing in it changes."""
    if "://" in wanted.source:
        with live.look(wanted.source) as connection:
            shown = live.shown(live.parsed(wanted.source))
            return (shown, *_read(connection, wanted))
    database = scratch.new()
    if _is_file(wanted):
        _load(database, _text(wanted), wanted.source)
    else:
        named = _create(database, wanted)
        if named and not wanted.schemas:  # the models say themselves where their tables are
            wanted = replace(wanted, schemas=(DEFAULT, *named))
    with database.engine.connect() as connection:
        return (wanted.source, *_read(connection, wanted))


def _read(connection: Connection, wanted: Wanted) -> tuple[Reflected, Catalog]:
    if wanted.schemas:
        if connection.dialect.name != "postgresql":
            msg = "--schema is for PostgreSQL: SQLite has no schemas"
            raise SchemagenError(msg)
        there = set(connection.exec_driver_sql("SELECT nspname FROM pg_namespace").scalars())
        if missing := [name for name in wanted.schemas if name not in there]:
            near = did_you_mean(missing[0], there)
            msg = f"there is no schema {missing[0]!r} in the source{near and f': {near}'}"
            raise SchemagenError(msg)
    return reflect(connection, wanted.schemas), catalog.read(connection, wanted.schemas)


def _load(database: Database, text: str, name: str) -> None:
    """Run an SQL file on a scratch database."""
    try:
        if database.dialect == "sqlite":
            file = Path(str(sa.make_url(database.url).database))
            with sqlite3.connect(file) as raw:
                raw.executescript(text)
            raw.close()
            return
        with database.engine.connect() as connection:
            raw_connection: Any = connection.connection.dbapi_connection
            raw_connection.autocommit = True
            raw_connection.execute(text)
    except (sqlite3.Error, sa.exc.SQLAlchemyError) as error:
        raise SchemagenError(_unread(name, database.dialect, error)) from error
    except Exception as error:  # a driver's own error
        if type(error).__module__.partition(".")[0] != "psycopg":
            raise
        raise SchemagenError(_unread(name, database.dialect, error)) from error


def _unread(name: str, dialect: str, error: Exception) -> str:
    reason = str(error).strip().split("\n")[0]
    return f"{dialect} cannot read {name}: {reason}\nif it is for the other database: --dialect"


def _create(database: Database, wanted: Wanted) -> list[str]:
    """Create the tables of SQLAlchemy models on a scratch database; give the schemas they name."""
    made = _metadata(wanted)
    named = sorted({t.schema for t in made.tables.values() if t.schema} - {DEFAULT})
    named = named if database.dialect == "postgresql" else []
    try:
        with database.engine.begin() as connection:
            for name in named:
                connection.execute(sa.schema.CreateSchema(name, if_not_exists=True))
        made.create_all(database.engine)
    except sa.exc.SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).strip().split("\n")[0]
        msg = (
            f"the tables of {wanted.source} cannot be created on {database.dialect}: {reason}\n"
            "if they are for the other database: --dialect"
        )
        raise SchemagenError(msg) from error
    return named


def _metadata(wanted: Wanted) -> sa.MetaData:
    """Import the models. The user's own code runs, and whatever it raises is told as it is."""
    module, _, attributes = wanted.source.partition(":")
    sys.path.insert(0, str(wanted.root))
    try:
        found: Any = importlib.import_module(module)
        for attribute in attributes.split("."):
            found = getattr(found, attribute)
    except Exception as error:
        msg = f"cannot import {wanted.source}: {type(error).__name__}: {error}"
        raise SchemagenError(msg) from error
    finally:
        sys.path.remove(str(wanted.root))
    made = getattr(found, "metadata", found)
    if not isinstance(made, sa.MetaData):
        msg = f"{wanted.source} is neither a MetaData nor a declarative base"
        raise SchemagenError(msg)
    if not made.tables:
        msg = f"{wanted.source} has no tables; import the modules that declare them"
        raise SchemagenError(msg)
    return made
