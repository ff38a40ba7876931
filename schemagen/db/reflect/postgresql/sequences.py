"""Sequences of PostgreSQL; one that a serial column brings with it is part of the column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schemagen import types
from schemagen.db.reflect.reflected import Unmanaged
from schemagen.db.scope import DOTTED, dotted, named, visible
from schemagen.kinds import Column, Key, Sequence, Sql
from schemagen.kinds.sequence import of_serial, spelled_out

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from schemagen.db.reflect.reflected import Found

_QUERY = f"""
SELECT {named("c.relname")} AS name, {dotted("c.relname")} AS dotted,
       'CREATE SEQUENCE ' || c.oid::regclass AS definition,
       format_type(p.seqtypid, NULL) AS type, p.seqstart AS start,
       p.seqincrement AS increment, p.seqmin AS min, p.seqmax AS max, p.seqcache AS cache,
       p.seqcycle AS cycle, obj_description(c.oid, 'pg_class') AS comment,
       o.refobjid AS owner, a.attname AS owner_column, c.relpersistence AS persistence
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_sequence p ON p.seqrelid = c.oid
  LEFT JOIN pg_depend o ON o.objid = c.oid AND o.classid = 'pg_class'::regclass
                       AND o.refclassid = 'pg_class'::regclass AND o.deptype = 'a'
  LEFT JOIN pg_attribute a ON a.attrelid = o.refobjid AND a.attnum = o.refobjsubid
 WHERE {visible("c.oid")}
   AND NOT EXISTS (SELECT FROM pg_depend i WHERE i.objid = c.oid AND i.deptype IN ('i', 'e')
                   AND i.classid = 'pg_class'::regclass)
 ORDER BY c.oid
"""
_SERIALS = {integer: serial for serial, integer in types.SERIAL.items()}


def read(connection: Connection, found: Found, known: dict[int, str]) -> None:
    """Read the sequences, and make serial columns of the columns that are such."""
    columns = {o.key: o for o in found.objects if isinstance(o, Column)}
    serial: dict[Key, Column] = {}
    sequences: list[Sequence] = []
    for row in connection.exec_driver_sql(_QUERY).mappings():
        if row["owner"] is not None and row["owner"] not in known:
            reason = "it goes with a column that is not managed"
            key = Key("sequence", "", row["name"])
            found.unmanaged.append(Unmanaged("sequence", row["name"], reason, key))
            continue
        if row["dotted"]:
            found.unmanaged.append(_dotted(row, known))
            continue
        sequence = _sequence(row, known)
        owner = columns.get(sequence.owned_by.key) if sequence.owned_by else None
        column = _serial(owner, sequence) if owner else None
        if column is None:
            sequences.append(sequence)
        else:
            serial[column.key] = column
    # A sequence comes before the columns that take numbers from it.
    found.objects = [*sequences, *(serial.get(obj.key, obj) for obj in found.objects)]


def _dotted(row: Any, known: dict[int, str]) -> Unmanaged:  # noqa: ANN401 - a row
    """Give a sequence that cannot be called by its name; a column may take numbers from it."""
    name, tables = row["name"], (known[row["owner"]],) if row["owner"] else ()
    key, made = Key("sequence", "", name), row["definition"]
    return Unmanaged("sequence", name, DOTTED, key, (), tables, made, needed=True)


def _sequence(row: Any, known: dict[int, str]) -> Sequence:  # noqa: ANN401 - a row
    fields = {name: row[name] for name in ("name", "type", "increment", "cache", "cycle")}
    owner = row["owner"]
    if owner is not None:
        fields["owned_by"] = {"table": known[owner], "column": row["owner_column"]}
    plain = Sequence.model_validate({**fields, "comment": row["comment"]})
    limits = {
        "min": None if row["min"] == plain.low else row["min"],
        "max": None if row["max"] == plain.high else row["max"],
    }
    within = plain.model_copy(update=limits)
    start = None if row["start"] == within.first else row["start"]
    return within.model_copy(update={"start": start})


def _serial(column: Column, sequence: Sequence) -> Column | None:
    """Give a column as serial, if it is written so with this sequence."""
    if column.type not in _SERIALS or column.nullable or not isinstance(column.default, Sql):
        return None
    serial = column.model_copy(update={"type": _SERIALS[column.type], "default": None})
    same = of_serial(serial) == sequence and spelled_out(serial).default == column.default
    return serial if same else None
