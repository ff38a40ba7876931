"""Which schemas of PostgreSQL are read, and what a name in them is called.

By default it is what an unqualified name finds. Where schemas are named, it is exactly those; then
`search_path` holds the one alone in which names have no prefix, so that the database prints all
others with theirs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import qualified

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from schemagen.schema import Schema

DEFAULT = ""  # the schema in which names have no prefix, whatever it is called
# What the queries read, `n` being pg_namespace; the setting lasts as long as the transaction.
_SET = "coalesce(current_setting('schemagen.schemas', true), '')"
_LISTED = f"n.nspname = ANY (nullif({_SET}, '')::text[])"
_FOUND = "n.nspname = ANY (current_schemas(false))"
INSIDE = f"(CASE WHEN {_SET} = '' THEN {_FOUND} ELSE {_LISTED} END)"
PREFIXED = f"(NOT {_FOUND} AND {_LISTED})"


def visible(oid: str, kind: str = "table") -> str:
    """Write the condition for an object that is read: a `table`, `type` or `function`."""
    found = f"{_FOUND} AND pg_{kind}_is_visible({oid})"
    return f"(CASE WHEN {_SET} = '' THEN {found} ELSE {_LISTED} END)"


def named(name: str) -> str:
    """Write what an object is called."""
    return f"(CASE WHEN {_FOUND} THEN {name}::text ELSE n.nspname || '.' || {name} END)"


# The default of a column, `a`, `d` and `t` being pg_attribute, pg_attrdef and pg_type: NULL is
# none, save where it hides what a domain has. A cast to a length makes PostgreSQL keep it.
DEFAULT_VALUE = (
    "(CASE WHEN t.typtype = 'd' OR pg_get_expr(d.adbin, d.adrelid)"
    r""" !~ '^\(*NULL(::[][\w\s.,()"]+)?$'"""
    " THEN pg_get_expr(d.adbin, d.adrelid) END)"
)
DOTTED = "a dot in a name parts it from its schema"  # why an object cannot be managed


def dotted(name: str) -> str:
    """Write the condition for a name with a dot in it, which the language cannot tell."""
    return f"(position('.' IN {name}) > 0)"


def narrow(connection: Connection, schemas: tuple[str, ...]) -> None:
    """Let the queries read these schemas alone, for the rest of the transaction.

    Args:
        connection: to PostgreSQL; another database has no schemas.
        schemas: their names, `DEFAULT` among them; none for what unqualified names find.

    """
    if connection.dialect.name != "postgresql":
        return
    listed = ""
    if schemas:
        default = connection.exec_driver_sql("SELECT current_schema()").scalar() or DEFAULT
        path = "SELECT set_config('search_path', quote_ident(%s), true)"
        connection.exec_driver_sql(path, (default,))
        names = dict.fromkeys(name or default for name in schemas)
        listed = "{" + ",".join(_item(name) for name in names) + "}"
    said = "SELECT set_config('schemagen.schemas', %s, true)"
    connection.exec_driver_sql(said, (listed,))


def _item(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def scope_of(*schemas: Schema) -> tuple[str, ...]:
    """Give what has to be read of a database that is to be as the schemas say."""
    names = list(dict.fromkeys(name for schema in schemas for name in schema.namespaces))
    if not names:
        return ()
    there = [(*s.tables, *s.enums, *s.sequences) for s in schemas]
    bare = any(not qualified.namespace(name) for each in there for name in each)
    return (*([DEFAULT] if bare else []), *names)
