"""What one of the databases cannot hold, and so has to be said to be the other's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import types
from schemagen.kinds import Column
from schemagen.source.model import find

if TYPE_CHECKING:
    from schemagen.kinds import Table
    from schemagen.schema import Schema
    from schemagen.source.draft import Draft


def check_portability(draft: Draft, schema: Schema) -> None:
    """Complain of identities that SQLite would not fill, and of the collations of one database."""
    for table in draft.tables.values():
        for column in table.notable:
            if isinstance(column, Column):
                _check(draft, schema.tables[table.name], column)


def _check(draft: Draft, table: Table, column: Column) -> None:
    if column.collation:
        _check_collation(draft, table, column, column.collation)
    if not (column.identity or column.is_serial or column.sqlite):
        return
    key, unread = draft.tables[table.name].primary_key, draft.tables[table.name].has_key
    alone = key is not None and key.columns == (column.name,)
    there = column.on("sqlite")
    on_sqlite = table.exists_on("sqlite") and (there.identity or there.is_serial)
    if on_sqlite and not alone and not (key is None and unread):
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
