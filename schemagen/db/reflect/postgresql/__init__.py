"""PostgreSQL, read from pg_catalog: one file per kind, and one for all that is no kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.db.reflect.postgresql import (
    columns,
    constraints,
    enums,
    exclusions,
    indexes,
    schemas,
    sequences,
    tables,
    unmanaged,
)
from schemagen.db.reflect.reflected import Found

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from schemagen.db.reflect.reflected import Reflected


def reflect(connection: Connection) -> Reflected:
    """Read the schemas that the connection was narrowed to."""
    found = Found()
    schemas.read(connection, found)
    enums.read(connection, found)
    known = tables.read(connection, found)
    columns.read(connection, found, known)
    constraints.read(connection, found, known)
    exclusions.read(connection, found, known)
    indexes.read(connection, found, known)
    sequences.read(connection, found, known)
    unmanaged.read(connection, found, known)
    return found.settled("postgresql")
