"""Rows for every table of a live database, and rows read back bit for bit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.db import rows
from schemagen.db.rows import Row, Rows, in_order
from schemagen.db.rows import read as read_rows

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from schemagen.schema import Schema

__all__ = ["Row", "Rows", "fill", "in_order", "read_rows"]


def fill(connection: Connection, schema: Schema, count: int = 3) -> None:
    """Put rows into every table that has none; a table that takes none fails the test.

    Args:
        connection: in a transaction; the caller commits.
        schema: what the database was made from.
        count: how many rows a table gets, where uniques and checks allow as many.

    """
    assert rows.fill(connection, schema, count) == []
