"""Exclusion constraints of PostgreSQL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schemagen.db.reflect.postgresql.indexes import ITEMS, read_item
from schemagen.db.reflect.reflected import Unmanaged
from schemagen.kinds import Exclusion, Key
from schemagen.kinds.exclusion import Element

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from schemagen.db.reflect.reflected import Found
    from schemagen.kinds.unique import Deferrable

_QUERY = """
SELECT k.conrelid AS owner, k.conname AS name, k.conindid AS index, m.amname AS using,
       pg_get_expr(i.indpred, i.indrelid) AS condition, k.condeferrable AS deferrable,
       k.condeferred AS deferred, pg_get_constraintdef(k.oid) AS definition,
       ARRAY(SELECT o.oprname::text FROM unnest(k.conexclop) WITH ORDINALITY u (oid, place)
               JOIN pg_operator o ON o.oid = u.oid ORDER BY place) AS operators,
       i.indnatts > i.indnkeyatts OR x.reloptions IS NOT NULL AS more,
       obj_description(k.oid, 'pg_constraint') AS comment
  FROM pg_constraint k
  JOIN pg_index i ON i.indexrelid = k.conindid
  JOIN pg_class x ON x.oid = i.indexrelid
  JOIN pg_am m ON m.oid = x.relam
 WHERE k.conrelid = ANY (%s) AND k.contype = 'x'
 ORDER BY k.oid
"""


def read(connection: Connection, found: Found, known: dict[int, str]) -> None:
    """Read the exclusion constraints of the known tables."""
    rows = connection.exec_driver_sql(_QUERY, (list(known),)).mappings().all()
    items: dict[int, list[Any]] = {row["index"]: [] for row in rows}
    for item in connection.exec_driver_sql(ITEMS, (list(items),)).mappings():
        items[item["oid"]].append(item)
    for row in rows:
        table = known[row["owner"]]
        key = Key("exclusion", table, row["name"])
        name = f"{table}.{row['name']}"
        if row["more"]:
            reason = f"there is no word for all that it says: {row['definition']}"
            found.unmanaged.append(Unmanaged("exclusion", name, reason, key, tables=(table,)))
            continue
        found.objects.append(_exclusion(row, table, items[row["index"]]))


def _exclusion(row: Any, table: str, items: list[Any]) -> Exclusion:  # noqa: ANN401 - a row
    starts: Deferrable = "deferred" if row["deferred"] else "immediate"
    deferrable = starts if row["deferrable"] else None
    elements = (
        Element(**read_item(item).model_dump(), with_=operator)
        for item, operator in zip(items, row["operators"], strict=True)
    )
    return Exclusion(
        table=table,
        name=row["name"],
        items=tuple(elements),
        using=row["using"],
        where=row["condition"],
        deferrable=deferrable,
        comment=row["comment"],
    )
