"""Columns of PostgreSQL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schemagen import types
from schemagen.db.reflect.literals import read_default
from schemagen.db.reflect.postgresql.enums import is_usable
from schemagen.db.reflect.reflected import Unmanaged
from schemagen.db.scope import DEFAULT_VALUE, dotted, named, visible
from schemagen.kinds import Column, Generated, Identity
from schemagen.qualified import bare

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import Connection

    from schemagen.db.reflect.reflected import Found

# A domain over an array has the category of one, and is none.
_IS_ARRAY = (
    "(t.typtype = 'b' AND t.typcategory = 'A' AND t.typname NOT IN ('int2vector', 'oidvector'))"
)
_QUERY = f"""
SELECT a.attrelid AS owner, a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type,
       a.attndims AS dims, {_IS_ARRAY} AS is_array,
       e.oid IS NOT NULL AND {visible("e.oid", "type")}
           AND NOT {dotted("e.typname")} AS is_enum,
       {named("e.typname")} AS enum,
       NOT a.attnotnull AS nullable,
       CASE a.attgenerated WHEN '' THEN {DEFAULT_VALUE}
                           ELSE pg_get_expr(d.adbin, d.adrelid) END AS value,
       to_jsonb(a) ->> 'attgenerated' AS generated, a.attidentity AS identity,
       q.name AS sequence, q.seqstart AS start, q.seqincrement AS increment, q.seqmin AS min,
       q.seqmax AS max, q.seqcache AS cache, q.seqcycle AS cycle, q.low, q.high, q.usual,
       CASE WHEN a.attcollation <> t.typcollation THEN o.collname END AS collation,
       a.attstorage <> t.typstorage AS stored_otherwise,
       coalesce(to_jsonb(a) ->> 'attcompression', '') AS compression,
       a.attoptions AS options, col_description(a.attrelid, a.attnum) AS comment,
       EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = a.attrelid AND k.contype = 'n'
               AND k.conkey = ARRAY[a.attnum] AND NOT k.convalidated) AS unproven
  FROM pg_attribute a
  JOIN pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_type e ON e.oid = CASE WHEN {_IS_ARRAY} THEN t.typelem ELSE t.oid END
                     AND e.typtype = 'e'
  LEFT JOIN pg_namespace n ON n.oid = e.typnamespace
  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  LEFT JOIN pg_collation o ON o.oid = a.attcollation
  LEFT JOIN LATERAL (
       SELECT s.relname AS name, p.seqstart, p.seqincrement, p.seqmin, p.seqmax, p.seqcache,
              p.seqcycle, p.seqtypid = a.atttypid AS usual,
              CASE WHEN p.seqincrement > 0 THEN 1 ELSE -m.high - 1 END AS low,
              CASE WHEN p.seqincrement > 0 THEN m.high ELSE -1 END AS high
         FROM pg_depend i
         JOIN pg_class s ON s.oid = i.objid AND s.relkind = 'S'
         JOIN pg_sequence p ON p.seqrelid = s.oid
         JOIN LATERAL (SELECT CASE p.seqtypid WHEN 'int2'::regtype THEN 32767
                                   WHEN 'int4'::regtype THEN 2147483647
                                   ELSE 9223372036854775807 END AS high) m ON true
        WHERE i.classid = 'pg_class'::regclass AND i.refclassid = 'pg_class'::regclass
          AND i.refobjid = a.attrelid AND i.refobjsubid = a.attnum AND i.deptype = 'i') q ON true
 WHERE a.attrelid = ANY (%s) AND a.attnum > 0 AND NOT a.attisdropped
 ORDER BY a.attrelid, a.attnum
"""


def read(connection: Connection, found: Found, known: dict[int, str]) -> None:
    """Read the columns of the known tables."""
    for row in connection.exec_driver_sql(_QUERY, (list(known),)).mappings():
        column = _column(row, known[row["owner"]])
        found.objects.append(column)
        found.unmanaged += _properties(row, column)


def _column(row: Any, table: str) -> Column:  # noqa: ANN401 - a row
    said: dict[str, Any] = dict(_type(row))
    own = said.get("postgresql", said)["type"]
    if row["generated"]:
        said["generated"] = Generated(sql=row["value"], stored=row["generated"] == "s")
    elif row["value"] is not None:
        said["default"] = read_default(row["value"], own, row["is_enum"])
    if row["identity"]:
        said["identity"] = _identity(row)
    return Column(
        table=table,
        name=row["name"],
        nullable=row["nullable"],
        collation=None if "postgresql" in said else row["collation"],
        comment=row["comment"],
        **said,
    )


def _identity(row: Any) -> Identity:  # noqa: ANN401 - a row
    counted = Identity(
        always=row["identity"] == "a",
        increment=None if row["increment"] == 1 else row["increment"],
        min=None if row["min"] == row["low"] else row["min"],
        max=None if row["max"] == row["high"] else row["max"],
        cache=None if row["cache"] == 1 else row["cache"],
        cycle=row["cycle"],
    )
    start = None if row["start"] == counted.first else row["start"]
    return counted.model_copy(update={"start": start})


def _type(row: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - a row
    """Give the type, and what SQLite has in its place where it is PostgreSQL's alone."""
    brackets = "[]" * max(row["dims"], 1) if row["is_array"] else ""
    if row["is_enum"] and is_usable(row["enum"]):
        yield "type", str(types.Spec(row["enum"])) + brackets
        return
    text = row["type"].removesuffix("[]") if row["is_array"] else row["type"]
    spec = _spec(text)
    if spec and spec.logical and text != "bpchar":  # which is no char(1), as `char` is
        yield "type", str(spec) + brackets
        return
    raw = '"bpchar"' if text == "bpchar" else text
    yield "type", "json" if row["is_array"] else "text"
    yield "postgresql", {"type": raw + brackets}


def _spec(text: str) -> types.Spec | None:
    try:
        return types.parse(text)
    except ValueError:
        return None


def _properties(row: Any, column: Column) -> Iterator[Unmanaged]:  # noqa: ANN401 - a row
    """Give what the language has no word for."""
    usual = f"{bare(column.table)}_{column.name}_seq"
    named = row["sequence"] in (None, usual) or len(usual.encode()) >= _LIMIT
    raw = bool(column.postgresql) or column.spec is None or column.spec.logical is None
    for word, field, there in (
        ("storage", "storage", row["stored_otherwise"]),
        ("compression", "compression", row["compression"]),
        ("statistics options", "options", row["options"]),
        ("type of the identity", "sequence", row["sequence"] and not row["usual"]),
        ("name of the identity's sequence", "sequence_name", not named),
        ("collation", "collation", raw and row["collation"]),
        ("unproven NOT NULL", "not_null_unproven", row["unproven"]),
    ):
        if there:
            name = f"{column.table}.{column.name}"
            reason = "there is no word for it"
            yield Unmanaged(word, name, reason, column.key, (field,), (column.table,))


_LIMIT = 63  # bytes; a longer name is cut
