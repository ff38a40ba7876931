"""The catalog of SQLite: `PRAGMA table_xinfo`, and the CREATE text read token by token."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from schemagen import sql
from schemagen.db import sqlite_text
from schemagen.kinds import Key
from schemagen.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy.engine import Connection

    Found = tuple[Key, Mapping[str, object]]

_MASTER = """
SELECT type, name, tbl_name, sql FROM sqlite_master
 WHERE sql IS NOT NULL AND substr(name, 1, 7) <> 'sqlite_' ORDER BY type, name
"""
_COLUMNS = """
SELECT name, type, "notnull", dflt_value, hidden,
       pk AND upper(type) = 'INTEGER' AND 1 = (SELECT count(*) FROM pragma_table_xinfo(?1) WHERE pk)
  FROM pragma_table_xinfo(?1)
"""
_KEY = "SELECT name FROM pragma_table_xinfo(?) WHERE pk ORDER BY pk"
_BARE_TARGET = pattern(
    r'(foreign key\(.*?\) references ("(?:[^"]|"")*"|[^\s("]+))((?! ?\().*)\Z', re.DOTALL
)
_STORED = 3  # of table_xinfo's `hidden`; 2 is a virtual generated column, 1 a hidden one


def objects(connection: Connection) -> Iterator[Found]:
    """Go through the objects of the main database of `connection`."""
    for kind, name, table, text in connection.exec_driver_sql(_MASTER).all():
        if kind == "table":
            yield from _table(connection, name, text)
        elif kind == "index":
            yield Key(kind, table, name), {"definition": sqlite_text.normal_index(text)}
        else:
            owner = table if kind == "trigger" else ""
            yield Key(kind, owner, name), {"definition": sqlite_text.normal(text)}


def _table(connection: Connection, name: str, text: str) -> Iterator[Found]:
    body = sqlite_text.read_table(text)
    if body is None:  # a virtual table
        yield Key("table", "", name), {"definition": sqlite_text.normal(text)}
        return
    yield Key("table", "", name), {"options": sorted(body.options)}
    written = {column.name.lower(): column for column in body.columns}
    rows = connection.exec_driver_sql(_COLUMNS, (name,)).all()
    for column, declared, not_null, default, hidden, is_rowid in rows:
        more = written[column.lower()]
        yield (
            Key("column", name, column),
            {
                "type": sqlite_text.normal(declared),
                "nullable": not (not_null or is_rowid),  # a rowid is never NULL
                "default": None if default is None else _default(default),
                "generated": more.generated,
                "stored": hidden == _STORED,
                "collation": more.collation,
                "on_conflict": more.on_conflict,
            },
        )
    for constraint in body.constraints:
        words = _pointed(connection, constraint.definition)
        yield Key(constraint.kind, name, constraint.name or words), {"definition": words}


def _default(text: str) -> str | None:
    """Fold a default; to SQLite `true` is another word for 1, and NULL is no default."""
    words = sqlite_text.default(text)
    return {"true": "1", "false": "0", "null": None}.get(words, words)


def _pointed(connection: Connection, definition: str) -> str:
    """Write out the columns that a foreign key points at: the primary key, when it says none."""
    found = _BARE_TARGET.match(definition)
    if found is None:
        return definition
    table = found[2].strip('"').replace('""', '"')
    key = connection.exec_driver_sql(_KEY, (table,)).scalars().all()
    columns = ", ".join(sqlite_text.normal(sql.quote(name)) for name in key)
    return f"{found[1]}({columns}){found[3]}" if key else definition
