"""A schema as SQLAlchemy MetaData, at run time: what the generated models declare, without them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.errors import SchemagenError
from schemagen.expr import Name, build
from schemagen.render import declared
from schemagen.render.names import names
from schemagen.types import DIALECTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    import sqlalchemy as sa

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
    made = sa.MetaData()
    attributes = names(schema).attributes
    for view in schema.views():
        if dialect is None or view.table.exists_on(dialect):
            _table(view, schema, dialect, made, attributes[view.name])
    return made


def _table(
    view: View,
    schema: Schema,
    dialect: str | None,
    made: sa.MetaData,
    attributes: Mapping[str, str],
) -> None:
    import sqlalchemy as sa  # noqa: PLC0415 - as above

    from schemagen.perdialect import PerDialect  # noqa: PLC0415 - as above

    scope = {"PerDialect": PerDialect}
    columns = [declared.column(c, schema, dialect, declared.PLAIN) for c in view.columns]
    items = [*columns, *declared.constraints(view, schema, dialect)]
    options = declared.table_options(view.table, dialect)
    table = sa.Table(
        view.name,
        made,
        *(build(item, scope) for item in items),
        **{name: build(value, scope) for name, value in options.items()},
    )
    bound = {attributes[name]: table.c[name] for name in view.column_names}
    for index in declared.indexes(view, schema, dialect, lambda name: Name(attributes[name])):
        item = build(index, bound)
        if item.table is None:
            table.append_constraint(item)
