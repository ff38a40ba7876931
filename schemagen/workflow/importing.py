"""Import: read what there is, write the YAML a person would have written, and prove it."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from schemagen.errors import SchemagenError
from schemagen.kinds import Check
from schemagen.records import record
from schemagen.source import parse
from schemagen.source.dump import dump
from schemagen.source.dump_mixins import share
from schemagen.source.dump_naming import project_templates
from schemagen.source.dump_unmanaged import dump_unmanaged
from schemagen.source.fit import fit
from schemagen.source.stored_enums import as_enums
from schemagen.workflow.prepared import prepare

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from schemagen.db.catalog import Catalog
    from schemagen.db.reflect import Reflected, Unmanaged
    from schemagen.db.scratch import Database, Scratch
    from schemagen.kinds import Key, Obj
    from schemagen.schema import Schema

UNMANAGED = "unmanaged.yaml"


@record
class Wanted:
    """What to import.

    Args:
        source: a database's URL, `module:attribute`, or the path of an SQL file.
        root: where modules and files are looked for.
        dialect: of an SQL file, and the database that models are made on; None to guess.
        scratch: a PostgreSQL server for scratch databases; else the embedded one serves.
        schemas: of PostgreSQL, the schemas to read; else what unqualified names find.
        enums: whether a text column whose check lists its values becomes an enum.

    """

    source: str
    root: Path
    dialect: str | None = None
    scratch: str | None = None
    schemas: tuple[str, ...] = ()
    enums: bool = False


@record
class Imported:
    """What was read, and the texts that say it.

    Args:
        shown: what to call the source: a URL without what is secret, a file, a module.
        dialect: the database's.
        schema: what the texts say.
        texts: by file name within the schema folder.
        unmanaged: what is not in them.
        differences: between the source and a database made of the texts; none when proven.

    """

    shown: str
    dialect: str
    schema: Schema
    texts: dict[str, str]
    unmanaged: tuple[Unmanaged, ...]
    differences: tuple[str, ...] = ()


def read(wanted: Wanted) -> Imported:
    """Read a source, and prove on a scratch database that its YAML says the same.

    Raises SchemagenError when the source cannot be read, or there is nothing to prove it on.
    """
    from schemagen.db.reflect.reflected import in_order  # noqa: PLC0415 - as below
    from schemagen.workflow import import_sources  # noqa: PLC0415 - SQLAlchemy is slow to import

    with ExitStack() as stack:
        dialect = import_sources.dialect_of(wanted)
        scratch = stack.enter_context(import_sources.scratch_of(dialect, wanted.scratch))
        shown, found, catalog = import_sources.look(wanted, scratch)
        plain = _plain(found, scratch)
        schema, refused = fit(plain, dialect)
        naming = project_templates(schema)
        schema = as_enums(schema, naming) if wanted.enums else schema
        unmanaged = in_order([*found.unmanaged, *_refused(refused, schema, found.nameless)])
        texts = dump(schema, naming, share)
        schema = _as_read(texts, schema)
        differences = _proof(scratch, schema, catalog, unmanaged)
    if unmanaged:
        texts[UNMANAGED] = dump_unmanaged(unmanaged, dialect)
    return Imported(shown, dialect, schema, texts, unmanaged, tuple(differences))


def _plain(found: Reflected, scratch: Scratch) -> Schema:
    """Write the expressions in plain words, as far as the database agrees."""
    if found.dialect != "postgresql":
        return found.schema
    from schemagen.db.reflect.agreed import in_plain_words  # noqa: PLC0415 - as above

    database = _made(scratch, found.schema, found.unmanaged)
    with database.engine.connect() as connection:
        return in_plain_words(found.schema, connection)


def _made(scratch: Scratch, schema: Schema, unmanaged: Sequence[Unmanaged]) -> Database:
    """Make a database of a schema, with what it rests on and is not in it."""
    import sqlalchemy as sa  # noqa: PLC0415 - as above

    from schemagen.metadata import create_namespaces, create_types, metadata  # noqa: PLC0415 - as above

    database = scratch.new()
    made = metadata(schema, scratch.dialect)
    with database.engine.begin() as connection:
        create_namespaces(schema, connection)
        create_types(schema, connection)
        left = prepare(connection, unmanaged)
    try:
        made.create_all(database.engine)
    except sa.exc.SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).strip().split("\n")[0]
        needed = "".join(f"\nwithout it, on the scratch database: {each}" for each in left)
        msg = f"no database can be made of what was read: {reason}{needed}"
        raise SchemagenError(msg) from error
    return database


def _refused(
    refused: dict[Key, str], schema: Schema, nameless: Mapping[Key, Key]
) -> list[Unmanaged]:
    """Name what the language had no words for."""
    from schemagen.db.reflect import Unmanaged  # noqa: PLC0415 - as above

    return [
        Unmanaged(
            key.kind.replace("_", " "),
            f"{key.table}.{key.name}" if key.table else key.name,
            reason,
            nameless.get(key, key),
            tables=(key.table,) if key.table in schema.tables else (),
        )
        for key, reason in refused.items()
        if not key.table or key.table in schema.tables
    ]


def _as_read(texts: dict[str, str], schema: Schema) -> Schema:
    """Give the schema that the texts say: a native enum brings a check for SQLite with it.

    Raises SchemagenError when they do not say what was meant: that would be a mistake of ours.
    """
    said = parse(texts)
    wrong = [str(found) for found in said.diagnostics] or [
        f"{key} reads back otherwise"
        for key in {*said.schema.objects, *schema.objects}
        if said.schema.get(key) != schema.get(key) and not is_implied(said.schema.get(key))
    ]
    if wrong:
        msg = "the YAML does not read back as it was written:\n" + "\n".join(sorted(wrong)[:10])
        raise SchemagenError(msg)
    return said.schema


def is_implied(obj: Obj | None) -> bool:
    """Say whether an object is what SQLite checks in place of PostgreSQL's enum."""
    return isinstance(obj, Check) and bool(obj.enum) and obj.only == "sqlite"


def _proof(
    scratch: Scratch, schema: Schema, catalog: Catalog, unmanaged: Sequence[Unmanaged]
) -> list[str]:
    """Say where a database made of the YAML differs from the source."""
    from schemagen.db import catalog as catalogs  # noqa: PLC0415 - as above
    from schemagen.db.reflect import managed  # noqa: PLC0415 - as above
    from schemagen.db.scope import scope_of  # noqa: PLC0415 - as above
    from schemagen.db.unnamed import named_alike  # noqa: PLC0415 - as above

    database = _made(scratch, schema, unmanaged)
    with database.engine.connect() as connection:
        made = managed(catalogs.read(connection, scope_of(schema)), unmanaged)
    wanted = named_alike(managed(catalog, unmanaged), made)
    return catalogs.differences(wanted, made, "the source", "a database made of the YAML")
