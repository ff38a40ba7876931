"""PostgreSQL databases that a test is done with, emptied for the next: new ones cost more."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import psycopg
from psycopg import sql

_MOST = 20  # nothing vacuums here: what was dropped makes the catalogs slow in the end
_OTHERS = """
    SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
_ODD = """
    SELECT count(*) FROM (
        SELECT FROM pg_db_role_setting WHERE setdatabase <> 0
        UNION ALL SELECT FROM pg_extension WHERE extname <> 'plpgsql'
        UNION ALL SELECT FROM pg_event_trigger
        UNION ALL SELECT FROM pg_publication
        UNION ALL SELECT FROM pg_default_acl
        UNION ALL SELECT FROM pg_foreign_data_wrapper
        UNION ALL SELECT FROM pg_largeobject_metadata
        UNION ALL SELECT FROM pg_cast WHERE oid >= 16384
        UNION ALL SELECT FROM pg_language WHERE oid >= 16384
    ) AS outside_of_schemas
"""
_SCHEMAS = "SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_|^information_schema$'"
_PUBLIC = """
    CREATE SCHEMA public AUTHORIZATION pg_database_owner;
    GRANT USAGE ON SCHEMA public TO PUBLIC;
    COMMENT ON SCHEMA public IS 'standard public schema';
"""


@dataclass(slots=True)
class Spare:
    """The databases of one process that are empty again."""

    names: list[str] = field(default_factory=list)
    uses: Counter[str] = field(default_factory=Counter)

    def take(self) -> str | None:
        """Give one, if there is any."""
        return self.names.pop() if self.names else None

    def give_back(self, name: str, url: str) -> bool:
        """Empty a database and keep it.

        Args:
            name: its name.
            url: where it is, for psycopg.

        Returns:
            False when it has to be dropped, since it cannot be as new again.

        """
        self.uses[name] += 1
        if self.uses[name] >= _MOST or not _emptied(url):
            return False
        self.names.append(name)
        return True


def _emptied(url: str) -> bool:
    try:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(_OTHERS)
            odd = connection.execute(_ODD).fetchone()
            if odd != (0,):
                return False
            for (schema,) in connection.execute(_SCHEMAS).fetchall():
                connection.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(schema)))
            connection.execute(_PUBLIC)
    except psycopg.Error:
        return False
    return True
