"""Take over a project that has Alembic revisions: its schema is YAML then, its head the beginning.

The revisions stay as they are. Beside the newest one comes an entry that holds the whole schema,
and the history begins there.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from schemagen import source
from schemagen.db import working
from schemagen.diagnostics import in_order
from schemagen.errors import SchemagenError
from schemagen.history.entry import body_hash
from schemagen.history.entry_text import entry_text
from schemagen.history.revision import BASE
from schemagen.lint.engine import Engine, chosen
from schemagen.lint.envview import EnvView
from schemagen.records import record
from schemagen.schema import Schema
from schemagen.workflow import importing, project, scratches
from schemagen.workflow.generated import editor_schema
from schemagen.workflow.importing import Wanted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from schemagen.config import Settings
    from schemagen.db.reflect import Unmanaged
    from schemagen.db.scratch import Database
    from schemagen.diagnostics import Diagnostic
    from schemagen.history.history import History
    from schemagen.history.revision import Revision
    from schemagen.workflow.alembic_project import AlembicProject


@record
class Wish:
    """What the command line asks for.

    Args:
        url: a database that is at the head; None to run the revisions on a scratch one.
        dialect: on which database to run them; empty for the one that the project is set to.
        scratch: a PostgreSQL server, to make scratch databases on.
        schemas: of PostgreSQL, those to read; else what unqualified names find.
        env: whether our env.py takes the place of theirs.
        package: the package that our files go into.

    """

    url: str | None = None
    dialect: str = ""
    scratch: str | None = None
    schemas: tuple[str, ...] = ()
    env: bool = False
    package: str = "backend"


@record
class Adopted:
    """What was taken over.

    Args:
        files: the texts by path.
        head: the revision where the history begins; empty when there is none yet.
        read: what the schema was read from.
        schema: what the YAML says.
        unmanaged: what is there and stays out of it.

    """

    files: Mapping[Path, str | None]
    head: str
    read: str
    schema: Schema
    unmanaged: tuple[Unmanaged, ...]


def adopt(settings: Settings, there: AlembicProject, told: History, wish: Wish) -> Adopted:
    """Read the schema at the head, and write it down. Raises SchemagenError.

    Args:
        settings: the project's, as far as there is one.
        there: where its revisions are.
        told: its revisions.
        wish: what the command line asks for.

    """
    head, prefix = _head(told), settings.shown(settings.schema)
    with _at_head(settings, there, head, wish) as (url, read):
        wanted = Wanted(url, settings.root, scratch=wish.scratch, schemas=wish.schemas)
        found = importing.read(wanted)
    if found.differences:
        said = "\n".join(found.differences)
        msg = f"the YAML would not make what was read, so nothing was written:\n{said}"
        raise SchemagenError(msg)
    texts = found.texts
    parsed = source.parse({f"{prefix}/{name}": text for name, text in texts.items()})
    project.insist(parsed.diagnostics)
    files: dict[Path, str | None] = {settings.schema / name: text for name, text in texts.items()}
    files |= editor_schema(parsed, settings)
    if head is not BASE:
        body = body_hash(head.path.read_text(encoding="utf-8"))
        entry = entry_text((), Schema(), parsed.schema, body, full=True)
        files[head.path.with_suffix(".yaml")] = entry
    name = "" if head is BASE else head.id
    return Adopted(files, name, read, parsed.schema, found.unmanaged)


def _head(told: History) -> Revision:
    """Give the one head; `base` when there are no revisions. Raises when an entry is there."""
    if len(told.heads) > 1:
        names = " and ".join(head.id for head in told.heads)
        msg = f"there are {len(told.heads)} heads: {names}\nfirst join them: alembic merge heads"
        raise SchemagenError(msg)
    project.insist(told.diagnostics)
    entries = [revision for revision in told.revisions if revision.entry]
    if entries:
        msg = f"{entries[0].id} has an entry, so the history has begun already: schemagen log"
        raise SchemagenError(msg)
    return next(iter(told.heads), BASE)


@contextmanager
def _at_head(
    settings: Settings, there: AlembicProject, head: Revision, wish: Wish
) -> Iterator[tuple[str, str]]:
    """Give the URL of a database that is at the head, and what to call it."""
    from schemagen.db import live, versions  # noqa: PLC0415 - a second to import

    if wish.url:
        with live.look(wish.url) as connection:
            shown = live.shown(live.parsed(wish.url))
            _insist_on_head(versions.likely_stamps(connection), head, shown)
        yield wish.url, shown
        return
    if head is BASE:
        msg = (
            f"there are no revisions in {settings.shown(there.versions)} to run: "
            "give the URL of the database that there is: schemagen init URL"
        )
        raise SchemagenError(msg)
    dialect = wish.dialect or _dialect(settings)
    with scratches.database(dialect, wish.scratch) as database:
        _run(settings, head, dialect, database)
        yield database.url, f"the revisions, run on an empty {dialect}"


def _insist_on_head(stamps: tuple[str, ...] | None, head: Revision, shown: str) -> None:
    wanted = () if head is BASE else (head.id,)
    if (stamps or ()) != wanted:
        at = " and ".join(stamps or ()) or ("base" if stamps is not None else "no revision")
        end = head.id if head is not BASE else "none: there are no revisions"
        msg = f"{shown} is at {at}, and the head is {end}\nfirst: alembic upgrade head"
        raise SchemagenError(msg)


def _dialect(settings: Settings) -> str:
    """Give the database that the project is set to, by its URL."""
    return "postgresql" if (working.url(settings.root) or "").startswith("postgres") else "sqlite"


def _run(settings: Settings, head: Revision, dialect: str, database: Database) -> None:
    from schemagen.db.migrating import MoveError, migrator  # noqa: PLC0415 - as above

    with migrator(settings.root) as moving:
        try:
            moving.upgrade(database, head.id)
        except MoveError as error:
            said = str(error).strip().split("\n")[0]
            at = f", {error.at} fails" if error.at else ""
            msg = (
                f"the revisions do not run on an empty {dialect}{at}: {said}\n"
                "give the URL of a database that is at the head: schemagen init URL"
            )
            raise SchemagenError(msg) from error


def advice(settings: Settings, there: AlembicProject) -> tuple[Diagnostic, ...]:
    """Say what in the project's env.py is not safe; it is read and not run."""
    try:
        text = there.env.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ()
    engine = Engine(chosen())
    engine.look("env", EnvView(settings.shown(there.env), text))
    return tuple(in_order(engine.diagnostics))
