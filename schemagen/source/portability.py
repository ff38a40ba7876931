"""What SQLite cannot hold at all, and so has to be said to be PostgreSQL's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import types
from schemagen.source.model import find

if TYPE_CHECKING:
    from schemagen.kinds import Column
    from schemagen.schema import Schema
    from schemagen.source.draft import Draft


def check_portability(draft: Draft, schema: Schema) -> None:
    """Complain of identities that SQLite would not fill."""
    for view in schema.views():
        key = view.primary_key
        for column in view.columns:
            if not (column.identity or column.is_serial or column.sqlite):
                continue
            alone = key is not None and key.columns == (column.name,)
            there = column.on("sqlite")
            on_sqlite = view.table.exists_on("sqlite") and (there.identity or there.is_serial)
            unread = key is None and draft.tables[view.name].has_key
            if on_sqlite and not alone and not unread:
                draft.reader.error(
                    "P004",
                    f"SQLite fills {column.name!r} only if it is the primary key",
                    find(draft.nodes[column.key], ("identity",)),
                    help=f"add pk, or take it away there: sqlite: {{{_instead(there)}}}",
                )


def _instead(column: Column) -> str:
    serial = types.SERIAL.get(column.type)
    return f"type: {serial}" if serial else "identity: false"
