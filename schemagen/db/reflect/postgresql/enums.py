"""Enum types of PostgreSQL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schemagen import types
from schemagen.db.reflect.reflected import Unmanaged
from schemagen.db.scope import DOTTED, dotted, named, visible
from schemagen.kinds import Enum, Key

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from schemagen.db.reflect.reflected import Found

_QUERY = f"""
SELECT t.oid, {named("t.typname")} AS name, {dotted("t.typname")} AS dotted,
       obj_description(t.oid, 'pg_type') AS comment,
       ARRAY(SELECT e.enumlabel::text FROM pg_enum e WHERE e.enumtypid = t.oid
              ORDER BY e.enumsortorder) AS labels,
       format_type(t.oid, NULL) AS shown
  FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
 WHERE {visible("t.oid", "type")} AND t.typtype = 'e'
   AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.objid = t.oid AND e.deptype = 'e'
                   AND e.classid = 'pg_type'::regclass)
 ORDER BY t.oid
"""


def is_usable(name: str) -> bool:
    """Say whether an enum may have the name: it is not one of the types'."""
    return name.lower() not in types.ALIASES


def _strange(row: Any) -> str:  # noqa: ANN401 - a row
    """Say why an enum cannot be managed."""
    if row["dotted"]:
        return DOTTED
    if not row["labels"]:
        return "it has no values"
    return "" if is_usable(row["name"]) else "its name is that of a type"


def read(connection: Connection, found: Found) -> None:
    """Read the enums."""
    for row in connection.exec_driver_sql(_QUERY).mappings():
        name, labels = row["name"], tuple(row["labels"])
        reason = _strange(row)
        if not reason:
            found.objects.append(Enum(name=name, values=labels, comment=row["comment"]))
            continue
        values = ", ".join("'" + label.replace("'", "''") + "'" for label in labels)
        made = f"CREATE TYPE {row['shown']} AS ENUM ({values})"
        key = Key("enum", "", name)
        found.unmanaged.append(Unmanaged("enum", name, reason, key, definition=made, needed=True))
