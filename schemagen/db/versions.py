"""Alembic's own tables, by whatever name: `version_table=` may call them otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.engine import Connection

VERSION_TABLE = "alembic_version"
_COLUMN = "version_num"
# Whether that is the one column of the table, asked of pg_class `c`.
IS_VERSIONS = """coalesce(ARRAY['version_num'] = (SELECT array_agg(v.attname::text)
  FROM pg_attribute v WHERE v.attrelid = c.oid AND v.attnum > 0 AND NOT v.attisdropped), false)"""
_FIND = {
    "sqlite": """
SELECT name FROM sqlite_master m WHERE m.type = 'table'
   AND (SELECT group_concat(x.name) FROM pragma_table_xinfo(m.name) x) = 'version_num' ORDER BY 1
""",
    "postgresql": f"""
SELECT CASE WHEN n.nspname = current_schema() THEN '' ELSE n.nspname || '.' END || c.relname
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_' AND {IS_VERSIONS} ORDER BY 1
""",  # noqa: S608 - of our own words alone
}


def is_versions(columns: Iterable[str]) -> bool:
    """Say whether a table with these columns is one in which Alembic keeps revisions."""
    return list(columns) == [_COLUMN]


def version_tables(connection: Connection) -> list[str]:
    """Give the tables that look like Alembic's own, whatever name and schema they have."""
    return list(connection.exec_driver_sql(_FIND[connection.dialect.name]).scalars())


def stamps(connection: Connection, table: str = VERSION_TABLE) -> tuple[str, ...] | None:
    """Give the revisions that Alembic's table holds; None when there is no such table.

    Args:
        connection: to the database.
        table: its name, `alembic_version` or, with its schema before it, `ops.alembic_version`.

    """
    schema, _, name = table.rpartition(".")
    if not sa.inspect(connection).has_table(name, schema=schema or None):
        return None
    kept = sa.table(name, sa.column(_COLUMN), schema=schema or None)
    return tuple(sorted(connection.execute(sa.select(kept.c.version_num)).scalars()))


def likely_stamps(connection: Connection) -> tuple[str, ...] | None:
    """Give the revisions of the one table that Alembic keeps them in, by whatever name."""
    there = version_tables(connection)
    table = VERSION_TABLE if VERSION_TABLE in there or len(there) != 1 else there[0]
    return stamps(connection, table)
