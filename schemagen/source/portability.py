"""What one of the databases cannot hold, and so has to be said to be the other's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import types
from schemagen.kinds import Column, once
from schemagen.source.model import find

if TYPE_CHECKING:
    from schemagen.kinds import Obj, Table
    from schemagen.schema import Schema
    from schemagen.source.draft import Draft, TableDraft


def check_portability(draft: Draft, schema: Schema) -> None:
    """Complain of identities that SQLite would not fill, and of the collations of one database."""
    is_peculiar = once(_is_peculiar)
    for table in draft.tables.values():
        for column in filter(is_peculiar, table.notable):
            if isinstance(column, Column) and (column.collation or not _is_key(table, column)):
                _check(draft, schema.tables[table.name], column)


def _is_peculiar(obj: Obj) -> bool:
    if not isinstance(obj, Column):
        return False
    return bool(obj.collation or obj.identity or obj.is_serial or obj.sqlite)


def _is_key(table: TableDraft, column: Column) -> bool:
    return table.primary_key is not None and table.primary_key.columns == (column.name,)


def _check(draft: Draft, table: Table, column: Column) -> None:
    if column.collation:
        _check_collation(draft, table, column, column.collation)
    own, there = draft.tables[table.name], column.on("sqlite")
    on_sqlite = table.exists_on("sqlite") and (there.identity or there.is_serial)
    unread = own.has_key and own.primary_key is None
    if on_sqlite and not unread and not _is_key(own, column):
        draft.reader.error(
            "P004",
            f"SQLite fills {column.name!r} only if it is the primary key",
            find(draft.nodes[column.key], ("identity",)),
            help=f"add pk, or take it away there: sqlite: {{{_instead(there)}}}",
        )


def _check_collation(draft: Draft, table: Table, column: Column, name: str) -> None:
    """No name means a collation on both; one that is said of a database alone may be the user's."""
    stranger = "postgresql" if name.lower() in types.SQLITE_COLLATIONS else "sqlite"
    if not table.exists_on(stranger) or "collation" in getattr(column, stranger):
        return
    draft.reader.error(
        "P007",
        f"{types.CALLED[stranger]} has no collation {name!r}",
        find(draft.nodes[column.key], ("collation",)),
        help=f"say it of the other alone: {types.OTHER[stranger]}: {{collation: {name}}}",
    )


def _instead(column: Column) -> str:
    serial = types.SERIAL.get(column.type)
    return f"type: {serial}" if serial else "identity: false"
