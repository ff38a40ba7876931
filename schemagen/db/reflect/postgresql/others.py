"""The queries for what there is no kind for.

Each gives kind, owner (the table, of what is a table's), name, whether it is in what is read, the
tables that it hangs on, the statement that makes it where there is one, whether managed objects may
rest on it, and a reason where it is not the usual one.
"""

from __future__ import annotations

from schemagen.db.scope import INSIDE, named

_FIRST = 16384  # the least oid of what does not come with PostgreSQL itself
_OWN = "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'"


def _no_extension(oid: str, catalog: str) -> str:
    return (
        f"NOT EXISTS (SELECT FROM pg_depend e WHERE e.objid = {oid} AND e.deptype = 'e'"
        f" AND e.classid = '{catalog}'::regclass)"
    )


_SCHEMAS = f"""
SELECT 'schema' AS kind, '' AS owner, n.nspname AS name, false AS inside, NULL::oid[] AS tables,
       'CREATE SCHEMA IF NOT EXISTS ' || quote_ident(n.nspname) AS definition, true AS needed,
       NULL AS reason
  FROM pg_namespace n
 WHERE {_OWN} AND NOT {INSIDE} AND {_no_extension("n.oid", "pg_namespace")} ORDER BY 3
"""
_EXTENSIONS = """
SELECT 'extension' AS kind, '' AS owner, x.extname AS name, true AS inside,
       ARRAY(SELECT DISTINCT a.attrelid FROM pg_depend d
               JOIN pg_attribute a ON a.atttypid = d.objid AND a.attnum > 0 AND NOT a.attisdropped
              WHERE d.refobjid = x.oid AND d.refclassid = 'pg_extension'::regclass
                AND d.classid = 'pg_type'::regclass) AS tables,
       'CREATE EXTENSION IF NOT EXISTS ' || quote_ident(x.extname) || ' WITH SCHEMA '
           || quote_ident(n.nspname) AS definition,
       true AS needed, NULL AS reason
  FROM pg_extension x JOIN pg_namespace n ON n.oid = x.extnamespace
 WHERE x.extname <> 'plpgsql' ORDER BY 3
"""
# Views and what is in other schemas; a view hangs on the tables that its rule depends on.
_RELATIONS = f"""
SELECT CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view'
                      WHEN 'S' THEN 'sequence' WHEN 'f' THEN 'foreign table'
                      WHEN 'p' THEN 'partitioned table' ELSE 'table' END AS kind,
       '' AS owner, {named("c.relname")} AS name, {INSIDE} AS inside,
       ARRAY(SELECT DISTINCT d.refobjid FROM pg_rewrite r
               JOIN pg_depend d ON d.objid = r.oid AND d.classid = 'pg_rewrite'::regclass
                               AND d.refclassid = 'pg_class'::regclass
              WHERE r.ev_class = c.oid AND d.refobjid <> c.oid) AS tables,
       CASE WHEN c.relkind IN ('v', 'm') THEN
           'CREATE ' || CASE c.relkind WHEN 'm' THEN 'MATERIALIZED ' ELSE '' END || 'VIEW '
           || c.oid::regclass || ' AS ' || pg_get_viewdef(c.oid) END AS definition,
       false AS needed, NULL AS reason
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE {_OWN} AND {_no_extension("c.oid", "pg_class")}
   AND (c.relkind IN ('v', 'm') OR (c.relkind IN ('r', 'p', 'f', 'S') AND NOT {INSIDE}))
   AND NOT EXISTS (SELECT FROM pg_depend i WHERE i.objid = c.oid AND c.relkind = 'S'
                   AND i.classid = 'pg_class'::regclass AND i.deptype IN ('i', 'a'))
 ORDER BY c.oid
"""
_USED = """
       ARRAY(SELECT DISTINCT a.attrelid FROM pg_attribute a
              WHERE a.atttypid IN (t.oid, t.typarray) AND a.attnum > 0
                AND NOT a.attisdropped) AS tables"""
_TYPES = f"""
SELECT CASE t.typtype WHEN 'd' THEN 'domain' WHEN 'c' THEN 'composite type'
                      WHEN 'r' THEN 'range type' WHEN 'e' THEN 'enum' ELSE 'base type' END AS kind,
       '' AS owner, {named("t.typname")} AS name, {INSIDE} AS inside, {_USED},
       CASE t.typtype
         WHEN 'd' THEN concat_ws(' ', 'CREATE DOMAIN', format_type(t.oid, NULL), 'AS',
           format_type(t.typbasetype, t.typtypmod), 'DEFAULT ' || t.typdefault,
           CASE WHEN t.typnotnull THEN 'NOT NULL' END,
           (SELECT string_agg('CONSTRAINT ' || quote_ident(k.conname) || ' '
                              || pg_get_constraintdef(k.oid), ' ' ORDER BY k.conname)
              FROM pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c'))
         WHEN 'e' THEN 'CREATE TYPE ' || format_type(t.oid, NULL) || ' AS ENUM ('
           || (SELECT string_agg(quote_literal(l.enumlabel), ', ' ORDER BY l.enumsortorder)
                 FROM pg_enum l WHERE l.enumtypid = t.oid) || ')'
         WHEN 'c' THEN 'CREATE TYPE ' || format_type(t.oid, NULL) || ' AS ('
           || (SELECT string_agg(quote_ident(a.attname) || ' '
                                 || format_type(a.atttypid, a.atttypmod), ', ' ORDER BY a.attnum)
                 FROM pg_attribute a WHERE a.attrelid = t.typrelid AND a.attnum > 0
                  AND NOT a.attisdropped) || ')'
         WHEN 'r' THEN (SELECT 'CREATE TYPE ' || format_type(t.oid, NULL) || ' AS RANGE (SUBTYPE = '
           || format_type(r.rngsubtype, NULL) || ')' FROM pg_range r WHERE r.rngtypid = t.oid)
       END AS definition,
       true AS needed, NULL AS reason
  FROM pg_type t
  JOIN pg_namespace n ON n.oid = t.typnamespace
  LEFT JOIN pg_class c ON c.oid = t.typrelid
 WHERE {_OWN} AND {_no_extension("t.oid", "pg_type")}
   AND (t.typtype IN ('d', 'r') OR (t.typtype = 'c' AND c.relkind = 'c')
        OR (t.typtype = 'e' AND NOT {INSIDE})
        OR (t.typtype = 'b' AND t.typcategory <> 'A'))
 ORDER BY t.oid
"""
_FUNCTIONS = f"""
SELECT 'function' AS kind, '' AS owner,
       {named("f.proname || '(' || pg_get_function_identity_arguments(f.oid) || ')'")} AS name,
       {INSIDE} AS inside,
       ARRAY(SELECT DISTINCT d.refobjid FROM pg_depend d WHERE d.objid = f.oid
                AND d.classid = 'pg_proc'::regclass AND d.refclassid = 'pg_class'::regclass)
           AS tables,
       CASE WHEN f.prokind IN ('f', 'p') THEN pg_get_functiondef(f.oid) END AS definition,
       true AS needed, NULL AS reason
  FROM pg_proc f JOIN pg_namespace n ON n.oid = f.pronamespace
 WHERE {_OWN} AND {_no_extension("f.oid", "pg_proc")}
   AND NOT EXISTS (SELECT FROM pg_depend i WHERE i.objid = f.oid AND i.deptype = 'i'
                   AND i.classid = 'pg_proc'::regclass)
 ORDER BY f.oid
"""
_TRIGGERS = f"""
SELECT 'trigger' AS kind, CASE WHEN {INSIDE} THEN {named("c.relname")} ELSE '' END AS owner,
       CASE WHEN {INSIDE} THEN g.tgname
            ELSE n.nspname || '.' || c.relname || '.' || g.tgname END AS name,
       {INSIDE} AS inside, ARRAY[c.oid] AS tables, pg_get_triggerdef(g.oid) AS definition,
       false AS needed, NULL AS reason
  FROM pg_trigger g
  JOIN pg_class c ON c.oid = g.tgrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE {_OWN} AND NOT g.tgisinternal ORDER BY g.oid
"""
_RULES = f"""
SELECT 'rule' AS kind, {named("c.relname")} AS owner,
       {named("c.relname || '.' || r.rulename")} AS name,
       {INSIDE} AS inside, ARRAY[c.oid] AS tables, pg_get_ruledef(r.oid) AS definition,
       false AS needed, NULL AS reason
  FROM pg_rewrite r
  JOIN pg_class c ON c.oid = r.ev_class
  JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE {_OWN} AND r.rulename <> '_RETURN' AND {_no_extension("c.oid", "pg_class")} ORDER BY r.oid
"""
_POLICIES = f"""
SELECT 'policy' AS kind, {named("c.relname")} AS owner,
       {named("c.relname || '.' || p.polname")} AS name,
       {INSIDE} AS inside, ARRAY[c.oid] AS tables,
       concat_ws(' ', 'CREATE POLICY', quote_ident(p.polname), 'ON', c.oid::regclass,
         'AS', CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END, 'FOR',
         CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE'
                       WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
         'USING (' || pg_get_expr(p.polqual, p.polrelid) || ')',
         'WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')') AS definition,
       false AS needed, NULL AS reason
  FROM pg_policy p
  JOIN pg_class c ON c.oid = p.polrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE {_OWN} ORDER BY p.oid
"""
# Rights that somebody was given: of relations, columns and schemas.
_GRANTS = f"""
SELECT 'grants' AS kind, '' AS owner, {named("c.relname")} AS name, {INSIDE} AS inside,
       ARRAY[c.oid] AS tables, NULL AS definition, false AS needed,
       'rights are left to the database' AS reason
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE {_OWN} AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
   AND {_no_extension("c.oid", "pg_class")}
   AND (EXISTS (SELECT FROM aclexplode(c.relacl) x WHERE x.grantee <> c.relowner)
        OR EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attacl IS NOT NULL))
 ORDER BY c.oid
"""
_OWNERS = f"""
SELECT 'owner' AS kind, '' AS owner, r.rolname AS name, true AS inside,
       array_agg(c.oid) AS tables, NULL AS definition, false AS needed,
       'who owns ' || string_agg(c.relname, ', ' ORDER BY c.relname)
           || ' is left to the database' AS reason
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_roles r ON r.oid = c.relowner
 WHERE {INSIDE} AND c.relkind IN ('r', 'p') AND r.rolname <> current_user
   AND {_no_extension("c.oid", "pg_class")}
 GROUP BY r.rolname ORDER BY 3
"""
# PostgreSQL 17 calls the locale of ICU otherwise than 16.
_COLLATIONS = f"""
SELECT 'collation' AS kind, '' AS owner, {named("c.collname")} AS name, {INSIDE} AS inside,
       ARRAY(SELECT DISTINCT a.attrelid FROM pg_attribute a WHERE a.attcollation = c.oid
              AND NOT a.attisdropped) AS tables,
       concat('CREATE COLLATION ', c.oid::regcollation, ' (provider = ',
         CASE c.collprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' ELSE 'libc' END,
         CASE WHEN c.collprovider = 'c'
              THEN concat(', lc_collate = ', quote_literal(c.collcollate),
                          ', lc_ctype = ', quote_literal(c.collctype))
              ELSE ', locale = ' || quote_literal(coalesce(to_jsonb(c) ->> 'colllocale',
                                                           to_jsonb(c) ->> 'colliculocale')) END,
         CASE WHEN NOT c.collisdeterministic THEN ', deterministic = false' END, ')')
         AS definition,
       true AS needed, NULL AS reason
  FROM pg_collation c JOIN pg_namespace n ON n.oid = c.collnamespace
 WHERE {_OWN} AND {_no_extension("c.oid", "pg_collation")} ORDER BY c.oid
"""
# What a table has beside its definition: each by the relation, or the column, that has it.
_BESIDE = f"""
SELECT o.kind, '' AS owner, o.name, true AS inside, ARRAY[o.tab] AS tables, NULL AS definition,
       false AS needed, 'there is no word for it' AS reason
  FROM (
    SELECT 'statistics target' AS kind, {named("c.relname || '.' || a.attname")} AS name,
           coalesce(i.indrelid, c.oid) AS tab, n.nspname
      FROM pg_attribute a
      JOIN pg_class c ON c.oid = a.attrelid
      JOIN pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_index i ON i.indexrelid = c.oid
     WHERE {INSIDE} AND c.relkind IN ('r', 'i') AND a.attnum > 0 AND NOT a.attisdropped
       AND coalesce(a.attstattarget, -1) <> -1
    UNION ALL
    SELECT 'storage parameters of TOAST', {named("c.relname")}, c.oid, n.nspname
      FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_class t ON t.oid = c.reltoastrelid AND t.reloptions IS NOT NULL
     WHERE {INSIDE} AND c.relkind = 'r'
    UNION ALL
    SELECT 'access method', {named("c.relname")}, c.oid, n.nspname
      FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_am m ON m.oid = c.relam AND m.amname <> 'heap'
     WHERE {INSIDE} AND c.relkind = 'r'
  ) o
  JOIN pg_class own ON own.oid = o.tab AND {_no_extension("own.oid", "pg_class")} ORDER BY 1, 3
"""
# What PostgreSQL lists alike: its catalog, and what the columns there begin with.
_ALIKE = {
    "operator": ("pg_operator", "opr"),
    "operator class": ("pg_opclass", "opc"),
    "operator family": ("pg_opfamily", "opf"),
    "text search configuration": ("pg_ts_config", "cfg"),
    "text search dictionary": ("pg_ts_dict", "dict"),
    "text search parser": ("pg_ts_parser", "prs"),
    "text search template": ("pg_ts_template", "tmpl"),
    "conversion": ("pg_conversion", "con"),
}
# A family comes with the class that is in it.
_ALONE = "NOT EXISTS (SELECT FROM pg_opclass x WHERE x.opcfamily = c.oid)"
_LISTED = "\n    ".join(
    f"UNION ALL SELECT '{kind}', {stem}name::text, NULL FROM {catalog} c"
    f" JOIN pg_namespace n ON n.oid = c.{stem}namespace"
    f" WHERE {_OWN} AND {_no_extension('c.oid', catalog)}"
    f"{f' AND {_ALONE}' if kind == 'operator family' else ''}"
    for kind, (catalog, stem) in _ALIKE.items()
)
# What hangs on no table, or seldom: it is enough that it is named.
_REST = f"""
SELECT o.kind, '' AS owner, o.name, true AS inside, o.tables, NULL AS definition,
       false AS needed, NULL AS reason
  FROM (
    SELECT 'publication' AS kind, pubname::text AS name,
           ARRAY(SELECT prrelid FROM pg_publication_rel WHERE prpubid = p.oid) AS tables
      FROM pg_publication p
    UNION ALL SELECT 'event trigger', evtname::text, NULL::oid[] FROM pg_event_trigger g
               WHERE {_no_extension("g.oid", "pg_event_trigger")}
    UNION ALL SELECT 'foreign server', srvname::text, NULL FROM pg_foreign_server
    UNION ALL SELECT 'statistics', stxname::text, ARRAY[stxrelid] FROM pg_statistic_ext
    {_LISTED}
    UNION ALL SELECT 'cast', format('(%%s AS %%s)', format_type(castsource, NULL),
                                    format_type(casttarget, NULL)), NULL FROM pg_cast c
               WHERE c.oid >= {_FIRST} AND {_no_extension("c.oid", "pg_cast")}
    UNION ALL SELECT 'transform', format('for %%s language %%s', format_type(trftype, NULL),
                     (SELECT lanname FROM pg_language l WHERE l.oid = trflang)), NULL
                FROM pg_transform c WHERE {_no_extension("c.oid", "pg_transform")}
    UNION ALL SELECT 'language', lanname::text, NULL FROM pg_language c
               WHERE c.oid >= {_FIRST} AND {_no_extension("c.oid", "pg_language")}
    UNION ALL SELECT 'access method', amname::text, NULL FROM pg_am c
               WHERE c.oid >= {_FIRST} AND {_no_extension("c.oid", "pg_am")}
    UNION ALL SELECT 'foreign data wrapper', fdwname::text, NULL FROM pg_foreign_data_wrapper c
               WHERE {_no_extension("c.oid", "pg_foreign_data_wrapper")}
    UNION ALL SELECT 'subscription', subname::text, NULL FROM pg_subscription
               WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())
    UNION ALL SELECT 'default privileges', pg_get_userbyid(defaclrole)::text, NULL
                FROM pg_default_acl
  ) o ORDER BY 1, 3
"""
QUERIES = (
    *(_SCHEMAS, _EXTENSIONS, _RELATIONS, _TYPES, _FUNCTIONS),
    *(_COLLATIONS, _TRIGGERS, _RULES, _POLICIES, _GRANTS, _OWNERS, _BESIDE, _REST),
)
