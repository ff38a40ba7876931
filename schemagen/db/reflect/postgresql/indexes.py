"""Indexes of PostgreSQL that are no constraint's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schemagen.db.reflect.postgresql.tables import parameters
from schemagen.db.reflect.reflected import Unmanaged
from schemagen.kinds import Index, Item, Key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import Connection

    from schemagen.db.reflect.reflected import Found

_QUERY = """
SELECT i.indexrelid AS oid, i.indrelid AS owner, x.relname AS name, i.indisunique AS is_unique,
       m.amname AS using, pg_get_expr(i.indpred, i.indrelid) AS condition, x.reloptions AS options,
       coalesce((to_jsonb(i) ->> 'indnullsnotdistinct')::bool, false) AS nulls_not_distinct,
       i.indnkeyatts AS keys, pg_get_indexdef(i.indexrelid) AS definition, i.indisvalid AS valid,
       i.indisclustered AS clustered, i.indisreplident AS identifies,
       (SELECT s.spcname FROM pg_tablespace s WHERE s.oid = x.reltablespace) AS tablespace,
       obj_description(x.oid, 'pg_class') AS comment,
       pg_index_has_property(x.oid, 'clusterable') AS ordered
  FROM pg_index i
  JOIN pg_class x ON x.oid = i.indexrelid
  JOIN pg_am m ON m.oid = x.relam
 WHERE i.indrelid = ANY (%s)
   AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid
                   AND k.contype IN ('p', 'u', 'x'))
 ORDER BY i.indexrelid
"""
# indkey, indoption, indclass and indcollation count from 0.
ITEMS = """
SELECT i.indexrelid AS oid, p.place, a.attname AS "column",
       CASE WHEN i.indkey[p.place - 1] = 0
            THEN pg_get_indexdef(i.indexrelid, p.place, false) END AS sql,
       pg_index_column_has_property(i.indexrelid, p.place, 'orderable') AS orderable,
       CASE WHEN p.place <= i.indnkeyatts THEN i.indoption[p.place - 1] ELSE 0 END AS option,
       CASE WHEN p.place <= i.indnkeyatts AND NOT o.opcdefault
            THEN quote_ident(o.opcname) END AS opclass,
       CASE WHEN p.place <= i.indnkeyatts AND i.indcollation[p.place - 1] <> 0
             AND i.indcollation[p.place - 1] IS DISTINCT FROM e.attcollation_of
            THEN c.collname END AS collate,
       x.attoptions AS options
  FROM pg_index i
  CROSS JOIN LATERAL generate_series(1, i.indnatts) p (place)
  JOIN pg_attribute x ON x.attrelid = i.indexrelid AND x.attnum = p.place
  JOIN pg_type t ON t.oid = x.atttypid
  LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[p.place - 1]
                          AND a.attnum <> 0
  LEFT JOIN pg_opclass o ON p.place <= i.indnkeyatts AND o.oid = i.indclass[p.place - 1]
  LEFT JOIN pg_collation c ON p.place <= i.indnkeyatts AND c.oid = i.indcollation[p.place - 1]
  CROSS JOIN LATERAL (SELECT coalesce(a.attcollation, t.typcollation) AS attcollation_of) e
 WHERE i.indexrelid = ANY (%s)
 ORDER BY i.indexrelid, p.place
"""
_DESC, _NULLS_FIRST = 1, 2


def read(connection: Connection, found: Found, known: dict[int, str]) -> None:
    """Read the indexes of the known tables."""
    rows = connection.exec_driver_sql(_QUERY, (list(known),)).mappings().all()
    items: dict[int, list[Any]] = {row["oid"]: [] for row in rows}
    for item in connection.exec_driver_sql(ITEMS, (list(items),)).mappings():
        items[item["oid"]].append(item)
    for row in rows:
        table, mine = known[row["owner"]], items[row["oid"]]
        if any(item["options"] for item in mine):
            reason = "there is no word for parameters of an operator class"
            key = Key("index", table, row["name"])
            made = row["definition"]
            name = f"{table}.{row['name']}"
            found.unmanaged.append(Unmanaged("index", name, reason, key, (), (table,), made))
            continue
        index = _index(row, table, mine)
        found.objects.append(index)
        found.unmanaged += _properties(row, index)


def _index(row: Any, table: str, items: list[Any]) -> Index:  # noqa: ANN401 - a row
    keys = row["keys"]
    return Index(
        table=table,
        name=row["name"],
        columns=tuple(map(read_item, items[:keys])),
        unique=row["is_unique"],
        where=row["condition"],
        using=row["using"],
        include=tuple(item["column"] for item in items[keys:]),
        with_=parameters(row["options"]),
        nulls_distinct=not row["nulls_not_distinct"],
        comment=row["comment"],
    )


def read_item(row: Any) -> Item:  # noqa: ANN401 - a row
    """Read an item of an index."""
    descending = bool(row["option"] & _DESC) and row["orderable"]
    first = bool(row["option"] & _NULLS_FIRST) and row["orderable"]
    return Item(
        column=row["column"],
        sql=row["sql"],
        order="desc" if descending else "asc",
        nulls=None if first == descending else "first" if first else "last",
        opclass=row["opclass"],
        collate=row["collate"],
    )


def _properties(row: Any, index: Index) -> Iterator[Unmanaged]:  # noqa: ANN401 - a row
    for word, field, there in (
        ("invalid index", "invalid", not row["valid"]),
        ("tablespace", "tablespace", row["tablespace"]),
        ("clustering", "clustered", row["clustered"]),
        ("replica identity", "replica_identity", row["identifies"]),
    ):
        if there:
            name = f"{index.table}.{index.name}"
            reason = "there is no word for it"
            yield Unmanaged(word, name, reason, index.key, (field,), (index.table,))
