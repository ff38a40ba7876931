# ruff: noqa: INP001 - Alembic loads this file by its path
"""What Alembic runs for every command that needs a database: which one, and how it commits.

On SQLite a run is one transaction, so a failed upgrade leaves the file as it was. On PostgreSQL
each revision is one, and those before the failed one stay; one run moves a database at a time, and
none makes the application's statements queue behind it for long.
"""

import logging
import random
import re
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from importlib import import_module
from importlib.util import find_spec
from logging.config import fileConfig
from typing import Any

from alembic import context
from alembic.util import CommandError
from sqlalchemy import URL, Connection, MetaData, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, PendingRollbackError
from sqlalchemy.pool import NullPool

from backend.config import Settings
from backend.offline import write_for_clients
from backend.revisions import copied, name_revision, plain, render_item, within

config = context.config
LOG = logging.getLogger("alembic.env")
Broken = Counter[tuple[str, str]]  # rows that refer to nothing, by their table and the other one

# A statement that waits for a lock makes all after it wait too, so it gives up soon, and is tried
# again. A server goes on with the statement of a client that has died, unless it looks.
SESSION = "-c lock_timeout=200ms -c client_connection_check_interval=1s"
TRIES = 120
LOCKED = {"55P03", "40P01"}  # lock not available, deadlock
LOCK = {"lock": 1_450_932_731}  # any number, as long as all migrations use the same
COLUMNS = """
    SELECT lower(m.name), lower(c.name) FROM sqlite_master m, pragma_table_xinfo(m.name) c
    WHERE m.type = 'table'
"""
TEXTS = "FROM sqlite_master WHERE type IN ('view', 'trigger')"
HOLDER = """
    SELECT pid, concat_ws(' ', usename, application_name, client_addr) AS name
    FROM pg_locks JOIN pg_stat_activity USING (pid)
    WHERE locktype = 'advisory' AND granted AND objid = :lock AND datname = current_database()
"""


def database_url() -> URL:
    """Find the URL: `-x url=…`, then the option of Alembic's Python API, then `DATABASE_URL`."""
    given = context.get_x_argument(as_dictionary=True).get("url")
    text = given or config.get_main_option("sqlalchemy.url") or Settings().database_url
    try:
        url = make_url(text)
        url.get_dialect()
    except (ArgumentError, ValueError) as error:  # the text holds a password, so it is not shown
        msg = f"DATABASE_URL is no URL that SQLAlchemy can read ({type(error).__name__})"
        raise CommandError(msg) from None
    return url


def models(dialect: str) -> MetaData | None:
    """Give the models' metadata as one database has it: nothing of the other's."""
    if find_spec("backend.models") is None:
        return None
    whole: MetaData = import_module("backend.models").Base.metadata
    there = MetaData(naming_convention=whole.naming_convention)
    for table in whole.tables.values():
        if table.info.get("only", dialect) != dialect:
            continue
        whole_indexes = table.indexes
        table.indexes = {i for i in whole_indexes if i.info.get("only", dialect) == dialect}
        copy = copied(table, there, dialect)  # with the info of constraints, not of indexes
        table.indexes = whole_indexes
        copy.constraints = {c for c in copy.constraints if c.info.get("only", dialect) == dialect}
        for column in copy.columns:
            column.nullable = column.info.get("nullable", {}).get(dialect, column.nullable)
            column.type = plain(column.type)
        for column in copy.columns if dialect == "sqlite" else ():
            if column.identity is not None:
                column.identity = column.server_default = None
    return there


@contextmanager
def connect(*, needed: bool) -> Iterator[Connection]:
    """Take the connection given through the Python API, or open one, to nowhere if not needed."""
    if (given := config.attributes.get("connection")) is not None:
        yield given
        return
    url = database_url() if needed else make_url("sqlite://")
    try:
        connection = create_engine(with_session(url), poolclass=NullPool).connect()
    except (DBAPIError, ImportError) as error:  # whose text may show the password
        said = str(getattr(error, "orig", error)).strip().replace(url.password or "\0", "***")
        msg = f"cannot connect to {url.render_as_string()}: {said}"
        raise CommandError(msg) from None
    with connection:
        yield connection


def with_session(url: URL) -> URL:
    """Add our settings of the session, before those that the URL has, which win."""
    if not url.get_driver_name().startswith("psycopg"):
        return url
    theirs = url.normalized_query.get("options", ())
    return url.update_query_dict({"options": " ".join((SESSION, *theirs))})


@contextmanager
def sqlite_transactions(connection: Connection, begin: str) -> Iterator[None]:
    """Begin transactions ourselves, and turn foreign keys off, which only works outside of one.

    With them on, replacing a table would delete or null the rows that refer to it.
    """
    raw: Any = connection.connection.dbapi_connection
    level, (keys,) = raw.isolation_level, raw.execute("PRAGMA foreign_keys").fetchone()
    raw.isolation_level = None
    raw.execute("PRAGMA foreign_keys = OFF")
    with connection.begin():
        begun = raw.in_transaction  # by the engine of a connection passed in

    def on_begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    if not begun:
        event.listen(connection, "begin", on_begin)
    try:
        yield
    finally:
        if not begun:
            event.remove(connection, "begin", on_begin)
        raw.execute(f"PRAGMA foreign_keys = {keys}")
        raw.isolation_level = level


def broken_keys(connection: Connection) -> Broken:
    """Count the rows that refer to nothing."""
    rows = connection.exec_driver_sql("PRAGMA foreign_key_check")
    return Counter((row[0], row[2]) for row in rows)


def forbid_new(broken: Broken, before: Broken, connection: Connection) -> None:
    """Stop if rows came to refer to nothing; those that did before are none of our business."""
    names = set(inspect(connection).get_table_names())
    renamed = Counter({pair: n for pair, n in before.items() if not names.issuperset(pair)})
    new = broken - before
    if new.total() > renamed.total():
        said = ", ".join(f"{n} of {table} to {to}" for (table, to), n in sorted(new.items()))
        msg = f"rows would refer to rows that are not there: {said}. Nothing was changed."
        raise CommandError(msg)


def compiling(connection: Connection) -> Iterator[tuple[str, str]]:
    """Give the views, and the triggers of each table, with the statements that compile them."""
    quoted = connection.dialect.identifier_preparer.quote_identifier
    query = f"SELECT tbl_name, group_concat(name, ', '), type {TEXTS} GROUP BY type, tbl_name"
    for table, names, kind in connection.exec_driver_sql(query).all():
        on, said = quoted(table), f"{kind} {names}"
        if kind == "view":
            yield said, f"SELECT * FROM {on}"
            continue
        own = connection.exec_driver_sql(f"SELECT name FROM pragma_table_info({on})").scalars()
        values = ", ".join(f"{quoted(column)} = NULL" for column in own)
        yield said, f"INSERT INTO {on} DEFAULT VALUES"
        yield said, f"UPDATE {on} SET {values}"
        yield said, f"DELETE FROM {on}"


def broken_texts(connection: Connection) -> set[str]:
    """Say which views and triggers SQLite cannot compile, and why."""
    found, fresh = set(), time.monotonic_ns()  # sqlite3 would keep a statement that it knows
    for said, statement in compiling(connection):
        try:
            connection.exec_driver_sql(f"EXPLAIN {statement} -- {fresh}").close()
        except DBAPIError as error:
            found.add(f"{said}: {error.orig}")
    return found


def warn_of_mentions(gone: set[Any], connection: Connection) -> None:
    """Say what SQLite cannot know: `UPDATE OF gone`, and "gone", which it then takes for a text."""
    for kind, name, said in connection.exec_driver_sql(f"SELECT type, name, sql {TEXTS}"):
        words = set(re.findall(r"\w+", said.lower()))
        for pair in sorted(pair for pair in gone if words.issuperset(pair)):
            LOG.warning("%s %s mentions %s, which is gone", kind, name, ".".join(pair))


def run_sqlite(connection: Connection, *, moving: bool) -> None:
    """Run in one transaction. Only a command that moves the version waits for other writers."""
    theirs = connection.in_transaction()  # a connection passed to us: its rules hold
    begin = "BEGIN IMMEDIATE" if moving else "BEGIN"
    rules = nullcontext() if theirs else sqlite_transactions(connection, begin)
    with rules, context.begin_transaction(), guarded(connection) if moving else nullcontext():
        context.run_migrations()


@contextmanager
def guarded(connection: Connection) -> Iterator[None]:
    """Stop a run on SQLite that leaves something behind that refers to nothing."""
    keys, texts = broken_keys(connection), broken_texts(connection)
    columns = set(connection.exec_driver_sql(COLUMNS))
    yield
    forbid_new(broken_keys(connection), keys, connection)
    if new := sorted(broken_texts(connection) - texts):
        msg = f"they would mention what is not there: {'; '.join(new)}. Nothing was changed."
        raise CommandError(msg)
    warn_of_mentions(columns.difference(connection.exec_driver_sql(COLUMNS)), connection)


def run_postgresql(connection: Connection, *, moving: bool) -> None:
    """Run one transaction per revision; what moves the version runs alone."""
    if not moving or connection.in_transaction():  # passed to us: its rules hold
        with context.begin_transaction():
            context.run_migrations()
        return
    with turn(connection):
        run_again_while_locked(connection)


@contextmanager
def turn(connection: Connection) -> Iterator[None]:
    """Let one migration run at a time.

    The lock is tried for, never waited in: a statement that waits holds a snapshot, for which the
    other side's CREATE INDEX CONCURRENTLY would wait in its turn.
    """
    told = None
    while not connection.scalar(text("SELECT pg_try_advisory_lock(:lock)"), LOCK):
        other = connection.execute(text(HOLDER), LOCK).first()
        connection.rollback()
        if other is not None and other.pid != told:
            told = other.pid
            LOG.warning("waiting for the migration of %s (process %s)", other.name, other.pid)
        time.sleep(0.2)
    connection.rollback()
    try:
        yield
    finally:
        if not connection.invalidated:
            connection.rollback()
            connection.execute(text("SELECT pg_advisory_unlock(:lock)"), LOCK)
            connection.rollback()


def run_again_while_locked(connection: Connection) -> None:
    """Run the migrations; as long as others hold a lock that a revision needs, try it again.

    A revision that commits on its way is run from its start, so it has to pass over what it did.
    """
    start = current_heads(connection)
    for tried in range(1, TRIES + 1):
        try:
            with context.begin_transaction():
                context.run_migrations()
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) not in LOCKED:
                raise
            forbid_too_far(start, current_heads(connection), error)
            if tried == TRIES:
                raise
            if tried % 10 == 1:
                LOG.warning("someone holds a lock: try %s of %s", tried, TRIES)
            time.sleep(0.05 + random.random() * 0.2 * min(tried, 8))  # noqa: S311 - only jitter
        else:
            return


def current_heads(connection: Connection) -> tuple[str, ...]:
    """Read the version, with no transaction left open."""
    connection.rollback()
    heads = context.get_context().get_current_heads()
    connection.rollback()
    return heads


def forbid_too_far(start: tuple[str, ...], heads: tuple[str, ...], error: DBAPIError) -> None:
    """Stop where trying again would count `+2` or `-1` from where the first try has got to."""
    target = context.get_context().opts["destination_rev"]
    if heads != start and isinstance(target, str) and re.match(r"(.*@)?[+-]", target):
        now = f"the version is {', '.join(heads) or 'base'} now, so {target} would go too far"
        msg = f"someone holds a lock: {error.orig}\n{now}: name a revision"
        raise CommandError(msg) from error


def run_online(connection: Connection, *, moving: bool, comparing: bool) -> None:
    """Run a command on a connection."""
    dialect = connection.dialect.name
    metadata = models(dialect) if comparing else None
    context.configure(
        connection=connection,
        target_metadata=metadata,
        compare_server_default=True,
        transactional_ddl=True,
        transaction_per_migration=dialect != "sqlite",
        process_revision_directives=name_revision,
        render_item=render_item,
        **within(metadata),
    )
    if dialect == "sqlite":
        run_sqlite(connection, moving=moving)
    else:
        run_postgresql(connection, moving=moving)


def run_offline(url: URL) -> None:
    """Write SQL for `sqlite3` or `psql -v ON_ERROR_STOP=1`; both stop at the first error."""
    context.configure(
        url=url,
        literal_binds=True,
        dialect_opts={"paramstyle": "named"},
        transactional_ddl=True,
        transaction_per_migration=url.get_backend_name() != "sqlite",
        process_revision_directives=name_revision,
    )
    write_for_clients(context.get_context().impl)
    with context.begin_transaction():
        context.run_migrations()


def main() -> None:
    """Find out what is asked, and run it."""
    if config.config_file_name is not None:
        fileConfig(config.config_file_name, disable_existing_loggers=False)
    if context.is_offline_mode():
        run_offline(database_url())
        return
    log = logging.getLogger("alembic.runtime.migration")
    log.disabled = True
    context.configure(dialect_name="sqlite")  # only to see what the command is about
    opts, log.disabled = context.get_context().opts, False
    writing = opts.get("revision_context")
    comparing = writing is not None and writing.command_args["autogenerate"]
    needed = comparing or not (writing or reads_files_alone())
    with connect(needed=needed) as connection, plainly_said():
        run_online(connection, moving="destination_rev" in opts, comparing=comparing)


@contextmanager
def plainly_said() -> Iterator[None]:
    """On the command line, say what the database said; `alembic --raiseerr` shows the traceback."""
    try:
        yield
    except (DBAPIError, PendingRollbackError) as raised:
        error = first(raised)
        if config.cmd_opts is None or error is None or error.orig is None:  # the Python API
            raise
        said = f"{error.orig}".strip(), f"in: {error.statement}", advice(error)
        raise CommandError("\n".join(filter(None, said))) from error


def first(error: BaseException | None) -> DBAPIError | None:
    """Give the database's own error: a block of its own transactions cannot be left without it."""
    while error is not None and not isinstance(error, DBAPIError):
        error = error.__context__
    return error


def advice(error: DBAPIError) -> str:
    """Say what became of the database and what to do, where that is known."""
    if error.connection_invalidated:
        return "The connection is lost. What was not committed is undone; run the command again."
    if getattr(error.orig, "sqlstate", None) in LOCKED:
        return f"Someone held a lock during {TRIES} tries; look at pg_stat_activity."
    return {
        "SQLITE_BUSY": "Another process writes to the file. Nothing was changed; try again.",
        "SQLITE_FULL": "Nothing was changed. Make room on the disk and try again.",
        "SQLITE_IOERR": "Nothing was changed. Look at the disk: is it full?",
    }.get(getattr(error.orig, "sqlite_errorname", "")[:12].rstrip("_"), "")


def reads_files_alone() -> bool:
    """Say whether this is `alembic merge`, or `alembic history` that shows no current revision."""
    said = vars(config.cmd_opts) if config.cmd_opts else {"cmd": [None]}
    name = getattr(said["cmd"][0], "__name__", "")
    current = said.get("indicate_current") or "current" in (said.get("rev_range") or "")
    return name == "merge" or (name == "history" and not current)


main()
