"""A live database as a schema: what it holds of the kinds there are, and what else it holds, named.

Read with the database's own catalog, never with SQLAlchemy's inspector.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.db.reflect import postgresql, sqlite
from schemagen.db.reflect.reflected import Reflected, Unmanaged, managed
from schemagen.errors import SchemagenError

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

__all__ = ["Reflected", "Unmanaged", "managed", "reflect"]

_READERS = {"postgresql": postgresql.reflect, "sqlite": sqlite.reflect}


def reflect(connection: Connection) -> Reflected:
    """Read the schema that `connection` sees; nothing is written, and Alembic's table left out.

    On PostgreSQL these are the schemas of `search_path`; what is in others is unmanaged.
    """
    dialect = connection.dialect.name
    if dialect not in _READERS:
        msg = f"{dialect} is not a database that schemagen knows; it knows {' and '.join(_READERS)}"
        raise SchemagenError(msg)
    return _READERS[dialect](connection)
