"""Schemas of PostgreSQL, other than the one in which names have no prefix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.db.scope import PREFIXED
from schemagen.kinds import Namespace

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from schemagen.db.reflect.reflected import Found

_QUERY = f"""
SELECT n.nspname AS name, obj_description(n.oid, 'pg_namespace') AS comment
  FROM pg_namespace n WHERE {PREFIXED} ORDER BY n.oid
"""


def read(connection: Connection, found: Found) -> None:
    """Read the schemas."""
    for row in connection.exec_driver_sql(_QUERY).mappings():
        found.objects.append(Namespace(name=row["name"], comment=row["comment"]))
