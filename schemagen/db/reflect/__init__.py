"""A live database as a schema: what it holds of the kinds there are, and what else it holds, named.

Read with the database's own catalog, never with SQLAlchemy's inspector.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.db.reflect import postgresql, sqlite
from schemagen.db.reflect.reflected import Reflected, Unmanaged, managed
from schemagen.db.scope import narrow
from schemagen.errors import SchemagenError

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

__all__ = ["Reflected", "Unmanaged", "managed", "reflect"]

_READERS = {"postgresql": postgresql.reflect, "sqlite": sqlite.reflect}


def reflect(connection: Connection, schemas: tuple[str, ...] = ()) -> Reflected:
    """Read the schema that `connection` sees; nothing is written, and Alembic's table left out.

    On PostgreSQL, what is in other schemas is unmanaged.

    Args:
        connection: to the database.
        schemas: of PostgreSQL, as `scope.narrow` takes them.

    """
    dialect = connection.dialect.name
    if dialect not in _READERS:
        msg = f"{dialect} is not a database that schemagen knows; it knows {' and '.join(_READERS)}"
        raise SchemagenError(msg)
    narrow(connection, schemas)
    return _READERS[dialect](connection)
