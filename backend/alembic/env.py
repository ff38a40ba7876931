# ruff: noqa: INP001 - Alembic loads this file by its path
"""What Alembic runs for every command that needs a database: which one, and how it commits.

On SQLite a run is one transaction, so a failed upgrade leaves the file as it was. On PostgreSQL
each revision is one, and those before the failed one stay.
"""

import logging
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from importlib import import_module
from importlib.util import find_spec
from logging.config import fileConfig
from pathlib import Path
from typing import Any

from alembic import context
from alembic.operations import MigrationScript
from alembic.runtime.migration import MigrationContext
from alembic.util import CommandError
from sqlalchemy import URL, Connection, MetaData, create_engine, event, inspect, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import NullPool

from backend.config import Settings

config = context.config
ID_LENGTH = 32  # of alembic_version.version_num
Broken = Counter[tuple[str, str]]  # rows that refer to nothing, by their table and the other one


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
        copy = table.to_metadata(there)  # which keeps the info of constraints, not of indexes
        table.indexes = whole_indexes
        copy.constraints = {c for c in copy.constraints if c.info.get("only", dialect) == dialect}
        for column in copy.columns:
            column.nullable = column.info.get("nullable", {}).get(dialect, column.nullable)
        for column in copy.columns if dialect == "sqlite" else ():
            if column.identity is not None:
                column.identity = column.server_default = None
    return there


def name_revision(there: MigrationContext, _: object, scripts: list[MigrationScript]) -> None:
    """Number and name what `alembic revision` writes: NNNN_what_it_does."""
    script, writing = scripts[0], there.opts["revision_context"]
    if writing.command_args["autogenerate"] and all(o.is_empty() for o in script.upgrade_ops_list):
        writing.generate_scripts = write_nothing
    elif re.fullmatch("[0-9a-f]{12}", script.rev_id or ""):  # Alembic's own, so none was asked for
        found = (re.match(r"(\d+)_", Path(s.path).name) for s in context.script.walk_revisions())
        number = max((int(n[1]) for n in found if n), default=0) + 1
        plain = unicodedata.normalize("NFKD", script.message or "").encode("ascii", "ignore")
        slug = re.sub("[^a-z0-9]+", "_", plain.decode().lower()).strip("_")[:120] or "change"
        context.script.file_template = stem = f"{number:04d}_{slug}"
        word = stem.rfind("_", 0, ID_LENGTH + 1) if len(stem) > ID_LENGTH else 0
        script.rev_id = stem[: word if word > stem.index("_") else ID_LENGTH]


def write_nothing() -> list[MigrationScript]:
    """Say so when `--autogenerate` finds no difference; an empty revision would only puzzle."""
    config.print_stdout("No difference between models and database: no revision written.")
    return []


@contextmanager
def connect(*, needed: bool) -> Iterator[Connection]:
    """Take the connection given through the Python API, or open one, to nowhere if none is needed.

    An error does not show the password.
    """
    if (given := config.attributes.get("connection")) is not None:
        yield given
        return
    url = database_url() if needed else make_url("sqlite://")
    try:
        connection = create_engine(url, poolclass=NullPool).connect()
    except (DBAPIError, ImportError) as error:
        said = str(getattr(error, "orig", error)).strip().replace(url.password or "\0", "***")
        msg = f"cannot connect to {url.render_as_string()}: {said}"
        raise CommandError(msg) from None
    with connection:
        yield connection


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


def run_sqlite(connection: Connection, *, moving: bool) -> None:
    """Run in one transaction. Only a command that moves the version waits for other writers."""
    theirs = connection.in_transaction()  # a connection passed to us: its rules hold
    begin = "BEGIN IMMEDIATE" if moving else "BEGIN"
    rules = nullcontext() if theirs else sqlite_transactions(connection, begin)
    with rules, context.begin_transaction():
        before = broken_keys(connection) if moving else Counter()
        context.run_migrations()
        if moving:
            forbid_new(broken_keys(connection), before, connection)


def run_postgresql() -> None:
    """Run one transaction per revision.

    The lock that lets one migration run at a time belongs here, and the retry when it times out.
    """
    with context.begin_transaction():
        context.run_migrations()


def run_online(connection: Connection, *, moving: bool, comparing: bool) -> None:
    """Run a command on a connection."""
    dialect = connection.dialect.name
    context.configure(
        connection=connection,
        target_metadata=models(dialect) if comparing else None,
        compare_server_default=True,
        transactional_ddl=True,
        transaction_per_migration=dialect != "sqlite",
        process_revision_directives=name_revision,
    )
    if dialect == "sqlite":
        run_sqlite(connection, moving=moving)
    else:
        run_postgresql()


def run_offline(url: URL) -> None:
    """Write SQL for `sqlite3` or `psql -v ON_ERROR_STOP=1`; both stop at the first error."""
    sqlite = url.get_backend_name() == "sqlite"
    context.configure(
        url=url,
        literal_binds=True,
        dialect_opts={"paramstyle": "named"},
        transactional_ddl=True,
        transaction_per_migration=not sqlite,
        process_revision_directives=name_revision,
    )
    if sqlite:
        context.get_context().impl.static_output(".bail on")
        context.get_context().impl.static_output("PRAGMA foreign_keys=OFF;")
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
    with connect(needed=comparing or not (writing or reads_files_alone())) as connection:
        run_online(connection, moving="destination_rev" in opts, comparing=comparing)


def reads_files_alone() -> bool:
    """Say whether this is `alembic merge`, or `alembic history` that shows no current revision."""
    said = vars(config.cmd_opts) if config.cmd_opts else {"cmd": [None]}
    name = getattr(said["cmd"][0], "__name__", "")
    current = said.get("indicate_current") or "current" in (said.get("rev_range") or "")
    return name == "merge" or (name == "history" and not current)


main()
