"""What SQLite holds that there is no kind for: views and triggers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import sql
from schemagen.db.reflect.reflected import Unmanaged
from schemagen.db.reflect.sqlite.tables import folded
from schemagen.kinds import Key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.engine import Connection

    from schemagen.db.reflect.reflected import Found
    from schemagen.db.reflect.sqlite.tables import Read

_OTHERS = """
SELECT type, name, tbl_name, sql FROM sqlite_master WHERE type IN ('view', 'trigger') ORDER BY rowid
"""


def read(connection: Connection, known: Mapping[str, Read], found: Found) -> None:
    """Read the views and triggers."""
    for kind, name, owner, text in connection.exec_driver_sql(_OTHERS).all():
        said = {folded(word) for word in sql.identifiers(text)}
        tables = tuple(table.name for low, table in known.items() if low in said)
        key = Key(kind, owner if kind == "trigger" else "", name)
        shown = f"{owner}.{name}" if kind == "trigger" else name
        found.unmanaged.append(
            Unmanaged(kind, shown, "there is no kind for it", key, tables=tables, definition=text)
        )
