"""Tables of SQLite, with their CREATE text in pieces."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schemagen import sql
from schemagen.db import sqlite_text
from schemagen.db.reflect.reflected import Unmanaged
from schemagen.db.scope import DOTTED
from schemagen.db.versions import is_versions
from schemagen.kinds import Key, Options, Table
from schemagen.records import record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.engine import Connection

    from schemagen.db.reflect.reflected import Found
    from schemagen.db.sqlite_text import TableText

_TABLES = """
SELECT name, sql FROM sqlite_master
 WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_' ORDER BY rowid
"""
_SHADOWS = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'shadow'"
_COLUMNS = 'SELECT name, type, "notnull", dflt_value, pk, hidden FROM pragma_table_xinfo(?)'


@record
class Read:
    """A table that is managed.

    Args:
        name: its name.
        text: its CREATE text in pieces.
        rows: its columns, as `table_xinfo` has them.

    """

    name: str
    text: TableText
    rows: Sequence[Any]

    @property
    def columns(self) -> dict[str, str]:
        """The columns' names by what SQLite folds them to."""
        return {folded(row.name): row.name for row in self.rows}

    @property
    def key(self) -> tuple[str, ...]:
        """The columns of the primary key, in its order."""
        return tuple(row.name for row in sorted(self.rows, key=lambda r: r.pk) if row.pk)

    @property
    def rowid(self) -> str | None:
        """The column that is another name of the rowid."""
        keys = [row for row in self.rows if row.pk]
        if len(keys) != 1 or keys[0].type.upper() != "INTEGER" or self._has_no_rowid:
            return None
        return str(keys[0].name)

    @property
    def _has_no_rowid(self) -> bool:
        return "without rowid" in self.text.options

    @property
    def options(self) -> Sequence[str]:
        """What follows the parenthesis, and `autoincrement`."""
        counted = any("autoincrement)" in c.definition for c in self.text.constraints)
        return (*self.text.options, *(["autoincrement"] if counted else []))

    def said(self, text: str) -> str:
        """Write an expression with its columns called as they are, quoted where need be."""
        return restored(text, self.columns)


def folded(name: str) -> str:
    """Fold a name as SQLite does: ASCII alone."""
    return "".join(c.lower() if c.isascii() else c for c in name)


def restored(text: str, names: Mapping[str, str]) -> str:
    """Write an expression with the names in it as they were given, by their folded form."""
    for low, name in names.items():
        if low != name:
            text = sql.rename(text, low, name)
    return _spaced(text)


def _spaced(text: str) -> str:
    """Put a space between an operator that is a word and a parenthesis."""
    found = sql.tokens(text)
    pairs = zip(found, (*found[1:], None), strict=True)
    return "".join(
        f"{token.text} " if after and after.text == "(" and token.text in _OPERATORS else token.text
        for token, after in pairs
    )


_OPERATORS = frozenset(
    ("in", "and", "or", "not", "like", "glob", "between", "is", "when", "then", "else", "case")
)


def read(connection: Connection, found: Found) -> dict[str, Read]:
    """Read the tables; give the managed ones by their folded names."""
    known: dict[str, Read] = {}
    shadows = set(connection.exec_driver_sql(_SHADOWS).scalars())
    for name, text in connection.exec_driver_sql(_TABLES).all():
        if "." in name:
            key = Key("table", "", name)
            found.unmanaged.append(Unmanaged("table", name, DOTTED, key, definition=text))
            continue
        body = None if name in shadows else sqlite_text.read_table(text)
        if body is None:
            what = "a part of a virtual table" if name in shadows else "a virtual table"
            key = Key("table", "", name)
            found.unmanaged.append(
                Unmanaged("virtual table", name, f"it is {what}", key, definition=text)
            )
            continue
        rows = connection.exec_driver_sql(_COLUMNS, (name,)).all()
        if is_versions(row.name for row in rows):
            continue
        table = known[folded(name)] = Read(name, body, rows)
        options = Options(
            strict="strict" in table.options,
            without_rowid="without rowid" in table.options,
            autoincrement="autoincrement" in table.options,
        )
        found.objects.append(Table(name=name, options=options))
    return known
