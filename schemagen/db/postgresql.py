"""The catalog of PostgreSQL: pg_catalog and its own functions that print definitions.

Which schemas are read, `scope.py` says. What belongs to an extension is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schemagen import sql
from schemagen.db.scope import DEFAULT_VALUE, PREFIXED, named, visible
from schemagen.kinds import Key
from schemagen.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy.engine import Connection

_CALLED = named("(f.proname || '(' || pg_get_function_identity_arguments(f.oid) || ')')")
# Each query gives kind, owner and name, and then the fields of the definition.
_SCHEMAS = f"""
SELECT 'schema' AS kind, '' AS owner, n.nspname AS name,
       obj_description(n.oid, 'pg_namespace') AS comment
  FROM pg_namespace n WHERE {PREFIXED}
"""
_TABLES = f"""
SELECT CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized_view' ELSE 'table' END
           AS kind,
       '' AS owner,
       {named("c.relname")} AS name,
       CASE c.relkind WHEN 'p' THEN pg_get_partkeydef(c.oid) END AS partitioned,
       (SELECT string_agg(i.inhparent::regclass::text, ', ' ORDER BY i.inhseqno)
          FROM pg_inherits i WHERE i.inhrelid = c.oid) AS parents,
       pg_get_expr(c.relpartbound, c.oid) AS partition_of,
       CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END AS definition,
       CASE c.relkind WHEN 'f' THEN 'foreign' END AS foreign_table,
       CASE c.relpersistence WHEN 'u' THEN 'unlogged' WHEN 't' THEN 'temporary' END AS persistence,
       (SELECT array_agg(o ORDER BY o) FROM unnest(c.reloptions) o) AS options,
       (SELECT s.spcname FROM pg_tablespace s WHERE s.oid = c.reltablespace) AS tablespace,
       c.relrowsecurity AS row_security,
       c.relforcerowsecurity AS force_row_security,
       CASE c.relreplident WHEN 'd' THEN NULL ELSE c.relreplident::text END AS replica_identity,
       obj_description(c.oid, 'pg_class') AS comment
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE {visible("c.oid")}
   AND c.relkind IN ('r', 'p', 'f', 'v', 'm')
   AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.objid = c.oid AND e.deptype = 'e'
                   AND e.classid = 'pg_class'::regclass)
"""
_COLUMNS = f"""
SELECT 'column' AS kind,
       {named("c.relname")} AS owner,
       a.attname AS name,
       format_type(a.atttypid, a.atttypmod) AS type,
       NOT a.attnotnull AS nullable,
       EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'n'
               AND k.conkey = ARRAY[a.attnum] AND NOT k.convalidated) AS not_null_unproven,
       CASE a.attgenerated WHEN '' THEN {DEFAULT_VALUE} END AS "default",
       CASE WHEN a.attgenerated <> '' THEN pg_get_expr(d.adbin, d.adrelid) END AS generated,
       a.attgenerated = 's' AS stored,
       CASE a.attidentity WHEN 'a' THEN 'always' WHEN 'd' THEN 'by default' END AS identity,
       q.name AS sequence_name,
       q.definition AS sequence,
       CASE WHEN a.attcollation <> t.typcollation THEN o.collname END AS collation,
       CASE WHEN a.attstorage <> t.typstorage THEN a.attstorage::text END AS storage,
       a.attcompression::text AS compression,
       a.attoptions::text AS options,
       col_description(c.oid, a.attnum) AS comment
  FROM pg_attribute a
  JOIN pg_class c ON c.oid = a.attrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
  LEFT JOIN pg_collation o ON o.oid = a.attcollation
  LEFT JOIN LATERAL (
       -- a name that was cut may bear a number: it says what else stood there at the time
       SELECT CASE WHEN octet_length(s.relname) < 63 THEN s.relname END AS name,
              concat_ws(' ', format_type(p.seqtypid, NULL), 'start', p.seqstart, 'increment',
                        p.seqincrement, 'from', p.seqmin, 'to', p.seqmax, 'cache', p.seqcache,
                        CASE WHEN p.seqcycle THEN 'cycle' END) AS definition
         FROM pg_depend i
         JOIN pg_class s ON s.oid = i.objid AND s.relkind = 'S'
         JOIN pg_sequence p ON p.seqrelid = s.oid
        WHERE i.classid = 'pg_class'::regclass AND i.refclassid = 'pg_class'::regclass
          AND i.refobjid = c.oid AND i.refobjsubid = a.attnum AND i.deptype = 'i') q ON true
 WHERE {visible("c.oid")}
   AND c.relkind IN ('r', 'p', 'f') AND a.attnum > 0 AND NOT a.attisdropped
"""
_CONSTRAINTS = f"""
SELECT CASE k.contype WHEN 'p' THEN 'primary_key' WHEN 'f' THEN 'foreign_key'
                      WHEN 'u' THEN 'unique' WHEN 'c' THEN 'check' WHEN 'x' THEN 'exclusion'
                      ELSE 'constraint_trigger' END AS kind,
       {named("c.relname")} AS owner,
       k.conname AS name,
       pg_get_constraintdef(k.oid) AS definition,
       NOT k.convalidated AS unproven,
       -- the triggers that enforce it, as DISABLE TRIGGER ALL leaves them
       (SELECT array_agg(quote_ident(g.tgname) || ' on ' || g.tgrelid::regclass ORDER BY g.oid)
          FROM pg_trigger g WHERE g.tgconstraint = k.oid AND g.tgisinternal
           AND g.tgenabled <> 'O') AS disabled,
       CASE WHEN k.contype IN ('p', 'u', 'x') THEN pg_get_indexdef(k.conindid) END AS index,
       NOT coalesce(i.indisvalid, true) AS invalid,
       (SELECT s.spcname FROM pg_tablespace s WHERE s.oid = x.reltablespace) AS tablespace,
       obj_description(k.oid, 'pg_constraint') AS comment
  FROM pg_constraint k
  JOIN pg_class c ON c.oid = k.conrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_index i ON i.indexrelid = k.conindid AND k.contype IN ('p', 'u', 'x')
  LEFT JOIN pg_class x ON x.oid = i.indexrelid
 WHERE {visible("c.oid")}
   AND k.contype <> 'n'
"""
_INDEXES = f"""
SELECT 'index' AS kind,
       {named("c.relname")} AS owner,
       x.relname AS name,
       pg_get_indexdef(x.oid) AS definition,
       NOT i.indisvalid AS invalid,
       i.indisclustered AS clustered,
       i.indisreplident AS replica_identity,
       (SELECT s.spcname FROM pg_tablespace s WHERE s.oid = x.reltablespace) AS tablespace,
       obj_description(x.oid, 'pg_class') AS comment
  FROM pg_index i
  JOIN pg_class x ON x.oid = i.indexrelid
  JOIN pg_class c ON c.oid = i.indrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE {visible("c.oid")}
   AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid
                   AND k.contype IN ('p', 'u', 'x'))
"""
_SEQUENCES = f"""
SELECT 'sequence' AS kind,
       '' AS owner,
       {named("s.relname")} AS name,
       concat_ws(' ', format_type(p.seqtypid, NULL), 'start', p.seqstart, 'increment',
                 p.seqincrement, 'from', p.seqmin, 'to', p.seqmax, 'cache', p.seqcache,
                 CASE WHEN p.seqcycle THEN 'cycle' END) AS definition,
       (SELECT o.refobjid::regclass || '.' || a.attname
          FROM pg_depend o
          JOIN pg_attribute a ON a.attrelid = o.refobjid AND a.attnum = o.refobjsubid
         WHERE o.classid = 'pg_class'::regclass AND o.refclassid = 'pg_class'::regclass
           AND o.objid = s.oid AND o.deptype = 'a') AS owned_by,
       obj_description(s.oid, 'pg_class') AS comment
  FROM pg_class s
  JOIN pg_sequence p ON p.seqrelid = s.oid
  JOIN pg_namespace n ON n.oid = s.relnamespace
 WHERE {visible("s.oid")}
   AND NOT EXISTS (SELECT FROM pg_depend i WHERE i.objid = s.oid AND i.deptype IN ('i', 'e')
                   AND i.classid = 'pg_class'::regclass)
"""
_TYPES = f"""
SELECT CASE t.typtype WHEN 'e' THEN 'enum' WHEN 'd' THEN 'domain' ELSE 'type' END AS kind,
       '' AS owner,
       {named("t.typname")} AS name,
       (SELECT array_agg(e.enumlabel::text ORDER BY e.enumsortorder)
          FROM pg_enum e WHERE e.enumtypid = t.oid) AS "values",
       CASE t.typtype WHEN 'd' THEN format_type(t.typbasetype, t.typtypmod) END AS base,
       t.typnotnull AS not_null,
       t.typdefault AS "default",
       (SELECT array_agg(k.conname || ' ' || pg_get_constraintdef(k.oid) ORDER BY k.conname)
          FROM pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c') AS checks,
       (SELECT array_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
                         ORDER BY a.attnum)
          FROM pg_attribute a WHERE a.attrelid = t.typrelid AND t.typrelid <> 0
           AND a.attnum > 0 AND NOT a.attisdropped) AS fields,
       obj_description(t.oid, 'pg_type') AS comment
  FROM pg_type t
  JOIN pg_namespace n ON n.oid = t.typnamespace
  LEFT JOIN pg_class c ON c.oid = t.typrelid
 WHERE {visible("t.oid", "type")}
   AND (t.typtype IN ('e', 'd') OR (t.typtype = 'c' AND c.relkind = 'c'))
   AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.objid = t.oid AND e.deptype = 'e'
                   AND e.classid = 'pg_type'::regclass)
"""
_TRIGGERS = f"""
SELECT 'trigger' AS kind,
       {named("c.relname")} AS owner,
       g.tgname AS name,
       pg_get_triggerdef(g.oid) AS definition,
       CASE g.tgenabled WHEN 'O' THEN NULL ELSE g.tgenabled::text END AS enabled,
       obj_description(g.oid, 'pg_trigger') AS comment
  FROM pg_trigger g
  JOIN pg_class c ON c.oid = g.tgrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE {visible("c.oid")}
   AND NOT g.tgisinternal
"""
_FUNCTIONS = f"""
SELECT 'function' AS kind,
       '' AS owner,
       {_CALLED} AS name,
       CASE WHEN f.prokind <> 'a' THEN pg_get_functiondef(f.oid) END AS definition,
       obj_description(f.oid, 'pg_proc') AS comment
  FROM pg_proc f JOIN pg_namespace n ON n.oid = f.pronamespace
 WHERE {visible("f.oid", "function")}
   AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.objid = f.oid AND e.deptype = 'e'
                   AND e.classid = 'pg_proc'::regclass)
"""
_QUERIES = (
    _SCHEMAS,
    *(_TABLES, _COLUMNS, _CONSTRAINTS, _INDEXES),
    *(_SEQUENCES, _TYPES, _TRIGGERS, _FUNCTIONS),
)


def objects(connection: Connection) -> Iterator[tuple[Key, Mapping[str, object]]]:
    """Go through the objects of the database that `connection` is to."""
    for query in _QUERIES:
        for row in connection.exec_driver_sql(query).mappings():
            fields = dict(row)
            key = Key(*(str(fields.pop(part)) for part in ("kind", "owner", "name")))
            for field in ("default", "definition") if key.kind in _AT_A_TIME else ():
                fields[field] = one_now(fields.get(field))
            fields["default"] = bare_number(fields.get("default"))
            yield key, fields


_AT_A_TIME = ("column", "check")
_NUMBER = pattern(
    r"'(-?\d+(?:\.\d+)?)'::(?:smallint|integer|bigint|numeric|real|double precision)\Z"
)


def bare_number(text: Any) -> Any:  # noqa: ANN401 - text or None
    """Write a number bare: `DEFAULT '0'` and `DEFAULT 0` are printed as they were given."""
    found = _NUMBER.match(text) if isinstance(text, str) else None
    return found[1] if found else text


def one_now(text: Any) -> Any:  # noqa: ANN401 - text or None
    """Write `now()` as the standard does: to PostgreSQL they are the same moment."""
    if not isinstance(text, str) or "now()" not in text:
        return text
    return sql.replace_words(text, {("now", "(", ")"): "CURRENT_TIMESTAMP"})
