"""Every row of a database, read so that a bit of difference shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from sqlalchemy import text

from schemagen import sql

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Connection

Row: TypeAlias = "Mapping[str, str | None]"
Rows: TypeAlias = "dict[str, list[Row]]"

# Tables, the columns of one of them, and a value as text that shows each bit.
_QUERIES = {
    "sqlite": (
        """SELECT name FROM sqlite_master
            WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name""",
        "SELECT name FROM pragma_table_xinfo({})",
        "typeof({0}) || ' ' || quote({0})",
    ),
    "postgresql": (
        """SELECT relname FROM pg_class
            WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace
            ORDER BY relname""",
        """SELECT attname FROM pg_attribute
            WHERE attrelid = format('%I', {})::regclass AND attnum > 0 AND NOT attisdropped
            ORDER BY attnum""",
        "{}::text",
    ),
}


def read(connection: Connection) -> Rows:
    """Read every row of every table, as text, sorted. Alembic's own table is left out."""
    tables, columns, raw = _QUERIES[connection.dialect.name]
    out: Rows = {}
    for table in _column(connection, tables):
        if table == "alembic_version":
            continue
        names = _column(connection, columns.format(sql.literal(table)))
        items = ", ".join(raw.format(quoted(name)) for name in names) or "1"
        query = f"SELECT {items} FROM {quoted(table)}"
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


def _column(connection: Connection, query: str) -> list[str]:
    return list(connection.execute(text(query.replace(":", "\\:"))).scalars())
