"""The text of a data migration: the tables at hand, and two functions to be filled in."""

from __future__ import annotations

import keyword
from typing import TYPE_CHECKING

from schemagen.expr import call, names, source
from schemagen.exprs import type_expr
from schemagen.qualified import bare, namespace
from schemagen.render.environment import rendered
from schemagen.render.identifiers import Taken, module_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemagen.expr import Call
    from schemagen.kinds import Column
    from schemagen.render.header import Header
    from schemagen.schema import Schema, View

_SAID = ("revision", "down_revision", "branch_labels", "depends_on", "upgrade", "downgrade")
_RESERVED = (*_SAID, "sa", "op", "postgresql", *keyword.kwlist)


def data_revision_text(header: Header, schema: Schema, tables: Sequence[str]) -> str:
    """Write a data migration, to be filled in.

    Args:
        header: what stands above the code.
        schema: the state that the data is in.
        tables: the tables to have at hand.

    """
    variables = Taken(_RESERVED)
    definitions = {
        variables.give(module_name(name)): _table(schema.view(name), schema) for name in tables
    }
    used = {name.partition(".")[0] for each in definitions.values() for name in names(each)}
    apart = any(namespace(name) for name in tables)
    said = {
        "header": header,
        "tables": [_written(name, each, inside=apart) for name, each in definitions.items()],
        "apart": apart,
        "example": next(iter(definitions), "lots") + ("()" if apart else ""),
        "uses_sqlalchemy": "sa" in used,
        "uses_postgresql": "postgresql" in used,
    }
    text = rendered("data_revision.py.j2", said)
    return text.rstrip("\n") + "\n"


def _table(view: View, schema: Schema) -> Call:
    columns = (_column(column, schema) for column in view.columns)
    there = namespace(view.name)
    options = {"schema": call("_schema", there)} if there else {}
    return call("sa.table", bare(view.name), *columns, **options)


def _written(name: str, table: Call, *, inside: bool) -> str:
    """Write a table; only while it runs, a revision knows whether there are schemas."""
    if not inside:
        return source(table, lead=f"{name} = ")
    return f"\n\ndef {name}() -> sa.TableClause:\n{source(table, 4, lead='return ')}"


def _column(column: Column, schema: Schema) -> Call:
    """A type that is the database's own is left out: values go through as they are."""
    if column.spec is None:
        return call("sa.column", column.name)
    return call("sa.column", column.name, type_expr(column, schema, None))
