"""Every row of a database, read so that a bit of difference shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from sqlalchemy import text

from schemagen import sql
from schemagen.db.scope import INSIDE, named, narrow
from schemagen.db.versions import is_versions
from schemagen.qualified import bare, namespace

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Connection

Row: TypeAlias = "Mapping[str, str | None]"
Rows: TypeAlias = "dict[str, list[Row]]"

# Tables, the columns of one of them, and a value as text that shows each bit.
_QUERIES = {
    "sqlite": (
        """SELECT name, '"' || replace(name, '"', '""') || '"' FROM sqlite_master
            WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name""",
        "SELECT name FROM pragma_table_xinfo({})",
        "typeof({0}) || ' ' || quote({0})",
    ),
    "postgresql": (
        f"""SELECT {named("c.relname")}, c.oid::regclass::text
            FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
            WHERE relkind IN ('r', 'p') AND {INSIDE} ORDER BY 1""",
        """SELECT attname FROM pg_attribute
            WHERE attrelid = ({})::regclass AND attnum > 0 AND NOT attisdropped
            ORDER BY attnum""",
        "{}::text",
    ),
}


def read(connection: Connection, schemas: tuple[str, ...] = ()) -> Rows:
    """Read every row of every table, as text, sorted. Alembic's own table is left out.

    Args:
        connection: to the database.
        schemas: of PostgreSQL, as `scope.narrow` takes them.

    """
    narrow(connection, schemas)
    tables, columns, raw = _QUERIES[connection.dialect.name]
    out: Rows = {}
    for table, called in connection.execute(text(tables.replace(":", "\\:"))).all():
        said = table if connection.dialect.name == "sqlite" else called
        names = _column(connection, columns.format(sql.literal(said)))
        if is_versions(names):
            continue
        items = ", ".join(raw.format(quoted(name)) for name in names) or "1"
        query = f"SELECT {items} FROM {called}"
        found = connection.execute(text(query.replace(":", "\\:")))
        out[table] = in_order(dict(zip(names, row, strict=False)) for row in found)
    return out


def in_order(rows: Iterable[Row]) -> list[Row]:
    """Sort rows, whatever order their columns are in."""
    return sorted(
        rows, key=lambda row: [(k, v is not None, v or "") for k, v in sorted(row.items())]
    )


def quoted(name: str) -> str:
    """Quote an identifier, whatever it is."""
    return '"' + name.replace('"', '""') + '"'


def relation(table: str) -> str:
    """Quote a table's name, and that of the schema that it is qualified with."""
    schema = namespace(table)
    return f"{quoted(schema)}.{quoted(bare(table))}" if schema else quoted(table)


def _column(connection: Connection, query: str) -> list[str]:
    return list(connection.execute(text(query.replace(":", "\\:"))).scalars())
