"""SQLite, read from sqlite_master, PRAGMAs and the CREATE text: one file per kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.db.reflect.reflected import Found
from schemagen.db.reflect.sqlite import columns, constraints, indexes, others, tables

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from schemagen.db.reflect.reflected import Reflected


def reflect(connection: Connection) -> Reflected:
    """Read the main database."""
    found = Found()
    known = tables.read(connection, found)
    for table in known.values():
        columns.read(table, known, found)
        constraints.read(table, known, found)
    indexes.read(connection, known, found)
    others.read(connection, known, found)
    return found.settled("sqlite")
