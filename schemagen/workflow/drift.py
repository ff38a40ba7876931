"""Compare a live database with what the history, or the YAML, says that it is."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from schemagen.db import working
from schemagen.diagnostics import did_you_mean
from schemagen.errors import Findings, SchemagenError
from schemagen.history import history
from schemagen.records import record, replace
from schemagen.workflow import project, scratches
from schemagen.workflow.prepared import prepare

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy.engine import Connection

    from schemagen.config import Settings
    from schemagen.db.catalog import Catalog
    from schemagen.db.drift import Drift
    from schemagen.db.reflect import Unmanaged
    from schemagen.history.history import History
    from schemagen.schema import Schema

YAML = "the YAML"
VERSION_TABLE = "alembic_version"


class UnreadableError(Findings):
    """Findings about the project's own files: nothing was compared."""

    exit_code = 2


@record
class Compared:
    """What came of it.

    Args:
        database: its URL, without what is secret in it.
        dialect: `sqlite` or `postgresql`.
        revision: the one that it is at, or why there is none to name.
        against: what it was compared with: a revision, or the YAML.
        drift: the differences.
        sql: what would mend them.
        notes: what else a reader should know.

    """

    database: str
    dialect: str
    revision: str
    against: str
    drift: Drift
    sql: str
    notes: tuple[str, ...] = ()


def drift(
    settings: Settings,
    url: str | None,
    *,
    head: bool,
    scratch: str | None,
    versions: str = VERSION_TABLE,
) -> Compared:
    """Compare. Raises SchemagenError when it cannot be done.

    Args:
        settings: the project's.
        url: the live database; None for the one that DATABASE_URL names.
        head: compare with the YAML, whatever revision the database is at.
        scratch: a PostgreSQL server, to make a database for comparison on.
        versions: the table in which Alembic keeps the revision, where it has another name.

    """
    from schemagen.db import live  # noqa: PLC0415 - a second to import
    from schemagen.db.versions import stamps, version_tables  # noqa: PLC0415 - as above

    address = url or _own(settings)
    with live.look(address) as connection:
        there = stamps(connection, versions)
        if there is None and not head:
            raise SchemagenError(_unstamped(versions, version_tables(connection)))
        against, wanted = _wanted(settings, there, head=head)
        found, sql, notes = compared(connection, wanted, scratch, versions)
        return Compared(
            live.shown(live.parsed(address)),
            connection.dialect.name,
            _said(there),
            against,
            found,
            sql,
            notes,
        )


def _own(settings: Settings) -> str:
    """Give the project's own database; a file is found from its root, as Alembic does there."""
    from schemagen.db import live  # noqa: PLC0415 - as above

    address = working.url(settings.root)
    if not address:
        msg = f"which database? give its URL, or set {working.VARIABLE}"
        raise SchemagenError(msg)
    found = live.parsed(address)
    if found.get_backend_name() == "sqlite" and found.database:
        found = found.set(database=str(settings.root / found.database))
    return found.render_as_string(hide_password=False)


def _said(stamps: tuple[str, ...] | None) -> str:
    return "no revision" if stamps is None else " and ".join(stamps) or "base"


def _wanted(
    settings: Settings, stamps: tuple[str, ...] | None, *, head: bool
) -> tuple[str, Schema]:
    """Give what the database should be, and what that is called."""
    try:
        if head:
            return YAML, project.sound_source(settings).schema
        told = history.read(settings.versions, settings.root)
        # two heads are no hindrance: the database is at one of them
        project.insist(d for d in told.diagnostics if d.code != "H005")
    except Findings as error:
        raise UnreadableError(error.diagnostics) from error
    name = _only(stamps, told, settings)
    return name, told.state(name)


def _unstamped(table: str, others: Sequence[str]) -> str:
    """Say that nobody knows which revision the database is at, and what to do."""
    known = f"\nit has {' and '.join(others)}, though: --version-table {''.join(others[:1])}"
    return (
        f"the database has no table {table}, so nobody knows which revision it is at"
        f"{known if others else ''}\n"
        "`schemagen drift --head` compares it with the YAML; where that finds nothing, "
        "`alembic stamp head` says so to the database"
    )


def _only(stamps: tuple[str, ...] | None, told: History, settings: Settings) -> str:
    """Give the one revision that the database is at. Raises SchemagenError."""
    if stamps is None:
        raise SchemagenError(_unstamped(VERSION_TABLE, []))
    if len(stamps) > 1:
        msg = (
            f"the database is at {len(stamps)} revisions at once: {' and '.join(stamps)}\n"
            "join them with `alembic merge`, or compare with the YAML: `schemagen drift --head`"
        )
        raise SchemagenError(msg)
    name = next(iter(stamps), "base")
    if name != "base" and name not in {revision.id for revision in told.revisions}:
        near = did_you_mean(name, (revision.id for revision in told.revisions))
        msg = (
            f"the database is at {name}, which is no revision in "
            f"{settings.shown(settings.versions)}{f': {near}' if near else ''}\n"
            "another branch migrated it, or the file is gone; "
            "`schemagen drift --head` compares it with the YAML"
        )
        raise SchemagenError(msg)
    told.insist_on_told(told.find(name))
    return name


def compared(
    connection: Connection, wanted: Schema, scratch: str | None, versions: str = VERSION_TABLE
) -> tuple[Drift, str, tuple[str, ...]]:
    """Compare a database with one that is made of a schema; give the SQL that mends it, and notes.

    Args:
        connection: to the database.
        wanted: the schema.
        scratch: a PostgreSQL server, to make a database for comparison on.
        versions: Alembic's own table, which is no part of the schema.

    """
    from schemagen.db import catalog  # noqa: PLC0415 - as above
    from schemagen.db.drift import apart, find, mend, without_echoes  # noqa: PLC0415 - as above
    from schemagen.db.drift.mend_sqlite import texts  # noqa: PLC0415 - as above
    from schemagen.db.reflect import managed, reflect  # noqa: PLC0415 - as above
    from schemagen.db.scope import scope_of  # noqa: PLC0415 - as above

    schemas = scope_of(wanted)
    there = _without(catalog.read(connection, schemas), versions)
    unmanaged = reflect(connection, schemas).unmanaged
    with made(wanted, connection, scratch, unmanaged) as model:
        needed = [each for each in unmanaged if each.needed]
        expected = managed(catalog.read(model, schemas), needed)
        found = find(expected, there, apart(unmanaged, there))
        if connection.dialect.name == "sqlite":
            return found, mend(found, expected, texts(model), texts(connection)), ()
        found = without_echoes(found, expected, model, schemas)
        return found, mend(found, expected), _versions(connection, model)


def _without(there: Catalog, table: str) -> Catalog:
    """Give a catalog without a table."""
    kept = {
        key: fields for key, fields in there.objects.items() if table not in (key.table, key.name)
    }
    return replace(there, objects=kept)


_WAY_OUT = "; give a server where that is installed: --scratch-url"


@contextmanager
def made(
    wanted: Schema, live: Connection, url: str | None, unmanaged: Sequence[Unmanaged] = ()
) -> Iterator[Connection]:
    """Give a connection to a database that is what the live one should be.

    Args:
        wanted: what it should be.
        live: a connection to it, for its dialect and the name of its schema.
        url: a PostgreSQL server to make it on; else the embedded one serves.
        unmanaged: what the live one has beside it: managed objects may rest on some of that.

    """
    import sqlalchemy as sa  # noqa: PLC0415 - as above

    from schemagen.metadata import create_namespaces, create_types, metadata  # noqa: PLC0415 - as above

    dialect = live.dialect.name
    with (
        scratches.database(dialect, url) as database,
        database.engine.connect() as model,
        model.begin(),
    ):
        if dialect == "postgresql":
            _live_there(model, live)
        create_namespaces(wanted, model)
        create_types(wanted, model)
        left = prepare(model, unmanaged)
        try:
            metadata(wanted, dialect).create_all(model)
        except sa.exc.DBAPIError as error:
            said = " ".join(str(error.orig).split())
            msg = f"the database for comparison cannot be made: {said}"
            if left:
                msg += f"\nit may rest on what could not be made there: {', '.join(left)}{_WAY_OUT}"
            raise SchemagenError(msg) from error
        yield model


def _live_there(model: Connection, live: Connection) -> None:
    """Make everything in a schema of the live one's name: definitions repeat it."""
    name = live.exec_driver_sql("SELECT current_schema()").scalar()
    if name and name != "public":
        quoted = model.dialect.identifier_preparer.quote_identifier(name)
        model.exec_driver_sql(f"CREATE SCHEMA {quoted}".replace("%", "%%"))
        model.exec_driver_sql(f"SET LOCAL search_path TO {quoted}".replace("%", "%%"))


def _versions(live: Connection, model: Connection) -> tuple[str, ...]:
    """Say when two PostgreSQLs are compared that may tell the same in other words."""
    there, here = (
        str(c.exec_driver_sql("SHOW server_version").scalar()).split()[0].partition(".")[0]
        for c in (live, model)
    )
    if there == here:
        return ()
    said = f"the database is a PostgreSQL {there}, the one for comparison a PostgreSQL {here}"
    return (f"{said}: their words may differ; --scratch-url names another",)
