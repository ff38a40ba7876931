"""What PostgreSQL holds that there is no kind for: each object by its name, with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.db.reflect.postgresql import others
from schemagen.db.reflect.reflected import Unmanaged
from schemagen.kinds import Key

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from schemagen.db.reflect.reflected import Found

_NO_KIND = "there is no kind for it"
_ELSEWHERE = "it is in a schema that is not managed"
# What the catalog's reader knows too, by the kind that it has there.
_CATALOG = {
    "view": "view",
    "materialized view": "materialized_view",
    "trigger": "trigger",
    "function": "function",
    "domain": "domain",
    "composite type": "type",
    "sequence": "sequence",
}


def read(connection: Connection, found: Found, known: dict[int, str]) -> None:
    """Read everything else, given the managed tables by their oid."""
    for query in others.QUERIES:
        for row in connection.exec_driver_sql(query).mappings():
            kind, name = row["kind"], row["name"]
            tables = tuple(sorted({known[oid] for oid in row["tables"] or () if oid in known}))
            inside = row["inside"]
            key = Key(_CATALOG[kind], row["owner"], name) if inside and kind in _CATALOG else None
            if key and row["owner"]:
                name = f"{row['owner']}.{name}"
            made = row["definition"] or ""
            reason = row["reason"] or (_NO_KIND if inside else _ELSEWHERE)
            found.unmanaged.append(
                Unmanaged(kind, name, reason, key, (), tables, made, needed=row["needed"])
            )
