"""A schema as SQLAlchemy MetaData, at run time: what the generated models declare, without them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from schemagen import exprs, qualified, sql
from schemagen.errors import SchemagenError
from schemagen.expr import Name, build
from schemagen.kinds import Check, ForeignKey, Namespace
from schemagen.plan.operations import is_apart
from schemagen.render import cycles, declared
from schemagen.types import DIALECTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    import sqlalchemy as sa

    from schemagen.expr import Call
    from schemagen.kinds import Table
    from schemagen.schema import Schema, View


def metadata(schema: Schema, dialect: str | None = None) -> sa.MetaData:
    """Make the MetaData of a schema.

    Args:
        schema: the schema.
        dialect: `sqlite` or `postgresql` for exactly what that database has. Without it, for both:
            what is kept to one of them says so in `info["only"]`, and its indexes and constraints
            carry `ddl_if` too.

    """
    import sqlalchemy as sa  # noqa: PLC0415 - commands that need no MetaData do not pay for it

    if dialect not in (None, *DIALECTS):
        msg = f"{dialect} is not a database that schemagen knows; it knows {' and '.join(DIALECTS)}"
        raise SchemagenError(msg)
    schema = schema.flat if dialect == "sqlite" else schema
    made = sa.MetaData()
    sa.event.listen(made, "before_create", partial(_create_namespaces, schema))
    views = schema.views()
    late = cycles.late(schema.tables, [key for view in views for key in view.foreign_keys])
    for view in schema.views():
        if dialect is None or view.table.exists_on(dialect):
            items = [
                *(declared.column(c, schema, dialect, declared.PLAIN) for c in view.columns),
                *declared.constraints(view, schema, dialect, late),
            ]
            table = _table(view.table, items, dialect, made)
            _index(table, view, schema, dialect)
    for enum in declared.unused_types(schema, dialect):
        build(declared.native(enum, metadata=Name("made")), {"made": made})
    for sequence in declared.sequences(schema, dialect, Name("made")):
        build(sequence, {"made": made})
    sa.event.listen(made, "after_create", partial(_comment_types, schema))
    if dialect == "postgresql":
        sa.event.listen(made, "after_create", partial(_complete, schema.on(dialect)))
    sa.event.listen(made, "after_create", partial(_give_sequences, schema))
    sa.event.listen(made, "before_drop", partial(_release_sequences, schema))
    return made


def _create_namespaces(
    schema: Schema,
    _made: sa.MetaData,
    connection: sa.Connection,
    **_: Any,  # noqa: ANN401 - SQLAlchemy's signature
) -> None:
    create_namespaces(schema, connection)


def create_namespaces(schema: Schema, connection: sa.Connection) -> None:
    """Create the schemas of PostgreSQL, which SQLAlchemy leaves to others."""
    if connection.dialect.name != "postgresql":
        return
    for obj in schema:
        if isinstance(obj, Namespace):
            name = sql.quote(obj.name)
            said = [f"CREATE SCHEMA IF NOT EXISTS {name}"]
            if obj.comment:
                said.append(f"COMMENT ON SCHEMA {name} IS {sql.literal(obj.comment)}")
            for statement in said:
                connection.exec_driver_sql(statement.replace("%", "%%"))


def create_types(schema: Schema, connection: sa.Connection) -> None:
    """Create the enums alone: what is not managed, and tables rest on, may rest on them."""
    if connection.dialect.name != "postgresql":
        return
    for enum in schema.on("postgresql").enums.values():
        if enum.storage is None:
            build(declared.native(enum)).create(connection, checkfirst=True)


def _comment_types(
    schema: Schema,
    _made: sa.MetaData,
    connection: sa.Connection,
    **_: Any,  # noqa: ANN401 - SQLAlchemy's signature
) -> None:
    """Comment the types that there are now; SQLAlchemy has no place for that."""
    if connection.dialect.name != "postgresql":
        return
    types: Any = connection.dialect
    for enum in schema.on("postgresql").enums.values():
        if (
            enum.comment
            and not enum.storage
            and types.has_type(
                connection, qualified.bare(enum.name), schema=qualified.namespace(enum.name) or None
            )
        ):
            comment = f"COMMENT ON TYPE {qualified.quote(enum.name)} IS {sql.literal(enum.comment)}"
            connection.exec_driver_sql(comment.replace("%", "%%"))


def _complete(
    schema: Schema,
    _made: sa.MetaData,
    connection: sa.Connection,
    **_: Any,  # noqa: ANN401 - SQLAlchemy's signature
) -> None:
    """Add the constraints that CREATE TABLE cannot hold, and comment constraints and indexes."""
    for obj in schema:
        if isinstance(obj, (Check, ForeignKey)) and is_apart(obj):
            connection.exec_driver_sql(exprs.added_sql(obj).replace("%", "%%"))
    for obj in schema:
        if obj.soft and getattr(obj, "comment", None):
            connection.exec_driver_sql(exprs.comment_sql(obj).replace("%", "%%"))


def _give_sequences(
    schema: Schema,
    _made: sa.MetaData,
    connection: sa.Connection,
    **_: Any,  # noqa: ANN401 - SQLAlchemy's signature
) -> None:
    """Give the sequences their columns and comments; SQLAlchemy has no place for either."""
    if connection.dialect.name != "postgresql":
        return
    for sequence in schema.on("postgresql").sequences.values():
        name = qualified.quote(sequence.name)
        if sequence.owned_by:
            connection.exec_driver_sql(
                f"ALTER SEQUENCE {name} OWNED BY {sequence.owned_by}".replace("%", "%%")
            )
        if sequence.comment:
            comment = f"COMMENT ON SEQUENCE {name} IS {sql.literal(sequence.comment)}"
            connection.exec_driver_sql(comment.replace("%", "%%"))


def _release_sequences(
    schema: Schema,
    _made: sa.MetaData,
    connection: sa.Connection,
    **_: Any,  # noqa: ANN401 - SQLAlchemy's signature
) -> None:
    """Take the sequences from their columns, with which they would go: SQLAlchemy drops each."""
    if connection.dialect.name != "postgresql":
        return
    for name in schema.on("postgresql").sequences:
        said = f"ALTER SEQUENCE IF EXISTS {qualified.quote(name)} OWNED BY NONE"
        connection.exec_driver_sql(said.replace("%", "%%"))


def _table(table: Table, items: Iterable[Call], dialect: str | None, made: sa.MetaData) -> sa.Table:
    import sqlalchemy as sa  # noqa: PLC0415 - as above

    from schemagen.perdialect import PerDialect  # noqa: PLC0415 - as above

    scope = {"PerDialect": PerDialect}
    options = declared.table_options(table, dialect)
    return sa.Table(
        qualified.bare(table.name),
        made,
        *(build(item, scope) for item in items),
        **{name: build(value, scope) for name, value in options.items()},
    )


def _index(table: sa.Table, view: View, schema: Schema, dialect: str | None) -> None:
    """Add the indexes: they refer to columns, so the table has to be there."""
    names = {column: f"c{place}" for place, column in enumerate(view.column_names)}
    columns = {name: table.c[column] for column, name in names.items()}
    for index in declared.indexes(view, schema, dialect, lambda column: Name(names[column])):
        item = build(index, columns)
        if item.table is None:  # no item is bound to a column, so it is to no table
            table.append_constraint(item)
