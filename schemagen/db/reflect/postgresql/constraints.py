"""Constraints of PostgreSQL: keys, foreign keys, checks.

What was read is written down again and compared with the database's own words: a constraint that
says more than its kind can say is not managed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schemagen import qualified, sql
from schemagen.db.reflect.reflected import Unmanaged
from schemagen.kinds import Check, ForeignKey, Key, Obj, PrimaryKey, References, Unique

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy.engine import Connection

    from schemagen.db.reflect.reflected import Found
    from schemagen.kinds.foreign_key import Action
    from schemagen.kinds.unique import Deferrable

_QUERY = """
SELECT k.conrelid AS owner, k.conname AS name, k.contype AS contype,
       pg_get_constraintdef(k.oid) AS definition, pg_get_expr(k.conbin, k.conrelid) AS condition,
       ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY u (num, place)
               JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.num
              ORDER BY place) AS columns,
       ARRAY(SELECT a.attname::text FROM unnest(k.confkey) WITH ORDINALITY u (num, place)
               JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.num
              ORDER BY place) AS there,
       ARRAY(SELECT a.attname::text FROM unnest(i.indkey) WITH ORDINALITY u (num, place)
               JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = u.num
              WHERE place > i.indnkeyatts ORDER BY place) AS include,
       k.confrelid AS target, k.confrelid::regclass::text AS target_name,
       (SELECT jsonb_object_agg(a.attname, quote_ident(a.attname)) FROM pg_attribute a
         WHERE a.attrelid IN (k.conrelid, k.confrelid) AND a.attnum > 0) AS quoted,
       k.confdeltype AS on_delete, k.confupdtype AS on_update, k.confmatchtype AS matched,
       k.condeferrable AS deferrable, k.condeferred AS deferred, k.convalidated AS proven,
       k.connoinherit AS only_here,
       coalesce((to_jsonb(i) ->> 'indnullsnotdistinct')::bool, false) AS nulls_not_distinct,
       coalesce(i.indisvalid, true) AS valid, i.indisclustered AS clustered,
       EXISTS (SELECT FROM pg_trigger g WHERE g.tgconstraint = k.oid AND g.tgisinternal
               AND g.tgenabled <> 'O') AS disabled,
       x.reloptions AS options,
       (SELECT s.spcname FROM pg_tablespace s WHERE s.oid = x.reltablespace) AS tablespace,
       obj_description(k.oid, 'pg_constraint') AS comment
  FROM pg_constraint k
  LEFT JOIN pg_index i ON i.indexrelid = k.conindid AND k.contype IN ('p', 'u', 'x')
  LEFT JOIN pg_class x ON x.oid = i.indexrelid
 WHERE k.conrelid = ANY (%s) AND k.contype NOT IN ('n', 't', 'x')
 ORDER BY k.oid
"""
_ACTIONS: dict[str, Action | None] = {
    "a": None,
    "r": "restrict",
    "c": "cascade",
    "n": "set null",
    "d": "set default",
}
_KINDS = {
    "p": "primary_key",
    "u": "unique",
    "f": "foreign_key",
    "c": "check",
}


def read(connection: Connection, found: Found, known: dict[int, str]) -> None:
    """Read the constraints of the known tables."""
    for row in connection.exec_driver_sql(_QUERY, (list(known),)).mappings():
        table = known[row["owner"]]
        obj = _read(row, table, known)
        if obj is None:
            found.unmanaged.append(_strange(row, table, known))
            continue
        found.objects.append(obj)
        found.unmanaged += _properties(row, obj)


def _read(row: Any, table: str, known: dict[int, str]) -> Obj | None:  # noqa: ANN401 - a row
    obj = _object(row, table, known)
    if isinstance(obj, ForeignKey) and obj.references.dotted:
        return None
    words = row["definition"].removesuffix(" NOT VALID").removesuffix(" NO INHERIT")
    return obj if obj is not None and _said(obj, row) == words else None


def _object(row: Any, table: str, known: dict[int, str]) -> Obj | None:  # noqa: ANN401 - a row
    base: dict[str, Any] = {"table": table, "name": row["name"], "comment": row["comment"]}
    columns = tuple(row["columns"])
    starts: Deferrable = "deferred" if row["deferred"] else "immediate"
    deferrable = starts if row["deferrable"] else None
    if row["contype"] == "p":
        include = tuple(row["include"])
        return PrimaryKey(**base, columns=columns, include=include, deferrable=deferrable)
    if row["contype"] == "u":
        return Unique(
            **base,
            columns=columns,
            nulls_distinct=not row["nulls_not_distinct"],
            deferrable=deferrable,
            include=tuple(row["include"]),
        )
    if row["contype"] == "c":
        unproven, own = not row["proven"], row["only_here"]
        return Check(**base, sql=row["condition"], not_valid=unproven, no_inherit=own)
    if row["contype"] == "f" and row["target"] in known:
        return ForeignKey(
            **base,
            columns=columns,
            references=References(table=known[row["target"]], columns=tuple(row["there"])),
            on_delete=_ACTIONS[row["on_delete"]],
            on_update=_ACTIONS[row["on_update"]],
            match="full" if row["matched"] == "f" else None,
            deferrable=deferrable,
            not_valid=not row["proven"],
        )
    return None


def _said(obj: Obj, row: Any) -> str:  # noqa: ANN401 - a row
    """Write a constraint as `pg_get_constraintdef` does."""
    quoted: Mapping[str, str] = row["quoted"] or {}
    if isinstance(obj, Check):
        return f"CHECK ({obj.sql})"
    if isinstance(obj, PrimaryKey):
        return f"PRIMARY KEY {_key(obj, quoted)}"
    if isinstance(obj, Unique):
        return f"UNIQUE{'' if obj.nulls_distinct else ' NULLS NOT DISTINCT'} {_key(obj, quoted)}"
    assert isinstance(obj, ForeignKey)  # noqa: S101 - there is no other
    there = f"{row['target_name']}({_names(obj.references.columns, quoted)})"
    words = f"FOREIGN KEY ({_names(obj.columns, quoted)}) REFERENCES {there}"
    words += " MATCH FULL" if obj.match else ""
    words += f" ON UPDATE {obj.on_update.upper()}" if obj.on_update else ""
    words += f" ON DELETE {obj.on_delete.upper()}" if obj.on_delete else ""
    return words + _deferred(obj.deferrable)


def _key(obj: PrimaryKey | Unique, quoted: Mapping[str, str]) -> str:
    include = f" INCLUDE ({_names(obj.include, quoted)})" if obj.include else ""
    return f"({_names(obj.columns, quoted)}){include}{_deferred(obj.deferrable)}"


def _deferred(deferrable: str | None) -> str:
    if deferrable is None:
        return ""
    return " DEFERRABLE" + " INITIALLY DEFERRED" * (deferrable == "deferred")


def _names(columns: tuple[str, ...], quoted: Mapping[str, str]) -> str:
    return ", ".join(quoted[column] for column in columns)


def _strange(row: Any, table: str, known: dict[int, str]) -> Unmanaged:  # noqa: ANN401 - a row
    kind = _KINDS[row["contype"]]
    reason = f"there is no word for all that it says: {row['definition']}"
    if kind == "foreign_key" and row["target"] not in known:
        reason = f"it refers to {row['target_name']}, which is not managed"
    elif dotted := References(table="", columns=tuple(row["there"])).dotted:
        reason = f"it leads to {dotted!r}, whose dot SQLAlchemy takes for a table's"
    name, key = row["name"], Key(kind, table, row["name"])
    made = (
        f"ALTER TABLE {qualified.quote(table)} ADD CONSTRAINT {sql.quote(name)} {row['definition']}"
    )
    ends = (table, known.get(row["target"], table))
    tables = tuple(dict.fromkeys(ends))
    word = kind.replace("_", " ")
    return Unmanaged(word, f"{table}.{name}", reason, key, tables=tables, definition=made)


def _properties(row: Any, obj: Obj) -> Iterator[Unmanaged]:  # noqa: ANN401 - a row
    for word, field, there in (
        ("invalid index", "invalid", not row["valid"]),
        ("storage parameters", "index", row["options"]),
        ("tablespace", "tablespace", row["tablespace"]),
        ("clustering", "clustered", row["clustered"]),
        ("disabled triggers", "disabled", row["disabled"]),
    ):
        if there:
            name = f"{obj.table}.{obj.name}"
            yield Unmanaged(word, name, "there is no word for it", obj.key, (field,), (obj.table,))
