"""PostgreSQL's two ways to print one expression: what pg_dump has restored reads otherwise.

`a IN ('x')` over a varchar is printed with a cast of the array, and that text, read again, with a
cast of each item. So before a text counts as different, both sides are read once more, by the
database for comparison.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import sqlalchemy as sa

from schemagen.db import catalog
from schemagen.db.drift import mend_postgresql
from schemagen.db.drift.found import Difference, Drift, Field, What

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.engine import Connection

    from schemagen.db.catalog import Catalog

_KINDS = ("check", "exclusion", "index")


def without_echoes(
    drift: Drift, expected: Catalog, model: Connection, schemas: tuple[str, ...] = ()
) -> Drift:
    """Leave out the differences that are none once both texts have been read again.

    Args:
        drift: the differences.
        expected: the catalog of the database for comparison.
        model: a connection to it; nothing that is done here stays.
        schemas: of PostgreSQL, those that the catalogs tell of.

    """
    real = (d for d in drift.differences if not _is_echo(d, expected, _Model(model, schemas)))
    return Drift(tuple(real), drift.unmanaged)


class _Model(NamedTuple):
    connection: Connection
    schemas: tuple[str, ...]


def _is_echo(difference: Difference, expected: Catalog, model: _Model) -> bool:
    if difference.what is not What.DIFFERENT:
        return False
    names = {field.name for field in difference.fields}
    if difference.key.kind in _KINDS:
        if names != {"definition"}:
            return False
    elif difference.key.kind != "column" or not names <= {"default"}:
        return False
    whole = expected.objects[difference.key]
    mine = _again(difference, {}, whole, model)
    found = {field.name: field.found for field in difference.fields}
    return mine is not None and mine == _again(difference, found, whole, model)


def _again(
    difference: Difference,
    laid_over: Mapping[str, object],
    whole: Mapping[str, object],
    model: _Model,
) -> Mapping[str, object] | None:
    """Make the object from its text, and read it back; None where it cannot be made."""
    key = difference.key
    fields = tuple(Field(f.name, laid_over.get(f.name, f.expected)) for f in difference.fields)
    wanted = catalog.Catalog("postgresql", {key: {**whole, **laid_over}})
    made = mend_postgresql.statements(Drift((Difference(What.DIFFERENT, key, fields),)), wanted)
    aside = model.connection.begin_nested()
    try:
        for statement in sorted(made, key=lambda s: s.rank):
            model.connection.exec_driver_sql(statement.sql.replace("%", "%%"))
        return catalog.read(model.connection, model.schemas).objects.get(key)
    except sa.exc.DBAPIError:
        return None
    finally:
        aside.rollback()
