"""What `alembic revision` writes: how it is named, and its types without the models."""

import re
import unicodedata
from functools import partial
from pathlib import Path
from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from alembic.config import Config
from alembic.operations import MigrationScript
from alembic.runtime.migration import MigrationContext
from sqlalchemy import BLANK_SCHEMA, MetaData, Table
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeDecorator, TypeEngine

ID_LENGTH = 32  # of alembic_version.version_num


def name_revision(there: MigrationContext, _: object, scripts: list[MigrationScript]) -> None:
    """Number and name what `alembic revision` writes: NNNN_what_it_does."""
    script, writing = scripts[0], there.opts["revision_context"]
    if writing.command_args["autogenerate"] and all(o.is_empty() for o in script.upgrade_ops_list):
        writing.generate_scripts = partial(write_nothing, context.config)
    elif re.fullmatch("[0-9a-f]{12}", script.rev_id or ""):  # Alembic's own, so none was asked for
        found = (re.match(r"(\d+)_", Path(s.path).name) for s in context.script.walk_revisions())
        number = max((int(n[1]) for n in found if n), default=0) + 1
        plain = unicodedata.normalize("NFKD", script.message or "").encode("ascii", "ignore")
        slug = re.sub("[^a-z0-9]+", "_", plain.decode().lower()).strip("_")[:120] or "change"
        context.script.file_template = stem = f"{number:04d}_{slug}"
        word = stem.rfind("_", 0, ID_LENGTH + 1) if len(stem) > ID_LENGTH else 0
        script.rev_id = stem[: word if word > stem.index("_") else ID_LENGTH]


def write_nothing(config: Config) -> list[MigrationScript]:
    """Say so when `--autogenerate` finds no difference; an empty revision would only puzzle."""
    config.print_stdout("No difference between models and database: no revision written.")
    return []


def copied(table: Table, there: MetaData, dialect: str) -> Table:
    """Copy a table into another metadata; SQLite has no schemas."""
    if dialect != "sqlite":
        return table.to_metadata(there)
    nowhere: dict[str, Any] = {"schema": None, "referred_schema_fn": lambda *_: BLANK_SCHEMA}
    return table.to_metadata(there, **nowhere)


def within(models: MetaData | None) -> dict[str, Any]:
    """Let Alembic look into the schemas of the models, where they have some, and into no other."""
    names = {table.schema for table in models.tables.values()} if models else {None}
    if names <= {None}:
        return {}
    wanted = {None, *names}
    return {
        "include_schemas": True,
        "include_name": lambda name, kind, _: kind != "schema" or name in wanted,
    }


def plain(kind: TypeEngine[Any]) -> TypeEngine[Any]:
    """Give a type of the models as a revision can hold it, which has nothing of theirs."""
    if not isinstance(kind, TypeDecorator):
        return kind
    made = kind.impl_instance
    for dialect, variant in kind._variant_mapping.items():  # noqa: SLF001 - no other way in
        made = made.with_variant(variant, dialect)
    return made


def render_item(kind: str, item: object, there: AutogenContext) -> str | Literal[False]:
    """Write native enums and arrays, which Alembic would not for SQLite.

    Its own way to write an enum would also create the type once more with each table.
    """
    if kind != "type" or not isinstance(item, postgresql.ENUM | postgresql.ARRAY):
        return False
    there.imports.add("from sqlalchemy.dialects import postgresql")
    return source(item)


def source(kind: TypeEngine[Any]) -> str:
    """Write a type as Python."""
    if isinstance(kind, postgresql.ENUM):
        values = ", ".join(map(repr, kind.enums))
        name = f"name={kind.name!r}" + (f", schema={kind.schema!r}" if kind.schema else "")
        return f"postgresql.ENUM({values}, {name}, create_type=False)"
    if isinstance(kind, postgresql.ARRAY):
        more = f", dimensions={kind.dimensions}" if kind.dimensions else ""
        return f"postgresql.ARRAY({source(kind.item_type)}{more})"
    own = type(kind).__module__.startswith("sqlalchemy.dialects.postgresql")
    return f"{'postgresql' if own else 'sa'}.{kind!r}"
