"""Indexes of SQLite, read from their CREATE text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import sql
from schemagen.db import sqlite_text
from schemagen.db.reflect.sqlite.tables import folded
from schemagen.kinds import Index, Item

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.engine import Connection

    from schemagen.db.reflect.reflected import Found
    from schemagen.db.reflect.sqlite.tables import Read

_INDEXES = """
SELECT name, tbl_name, sql FROM sqlite_master
 WHERE type = 'index' AND sql IS NOT NULL ORDER BY rowid
"""


def read(connection: Connection, known: Mapping[str, Read], found: Found) -> None:
    """Read the indexes of the known tables."""
    for name, owner, text in connection.exec_driver_sql(_INDEXES).all():
        table = known.get(folded(owner))
        if table is not None:
            found.objects.append(_index(name, table, text))


def _index(name: str, table: Read, text: str) -> Index:
    body = [t.text for t in sql.tokens(sqlite_text.normal(text))]
    opening = body.index("(")
    end = sqlite_text.closing(body, opening)
    rest = "".join(body[end + 1 :]).strip()
    where = rest.removeprefix("where").strip() if rest else ""
    pieces = sqlite_text.split(body[opening + 1 : end])
    return Index(
        table=table.name,
        name=name,
        columns=tuple(_item([w for w in piece if w.strip()], table) for piece in pieces),
        unique="unique" in body[:opening],
        where=table.said(where) if where else None,
    )


def _item(words: list[str], table: Read) -> Item:
    descending = words[-1] == "desc"
    words = words[:-1] if words[-1] in ("asc", "desc") else words
    collation = None
    if len(words) > 2 and words[-2] == "collate":  # noqa: PLR2004 - something, collate, its name
        collation, words = words[-1].strip('"'), words[:-2]
    said = " ".join(words)
    name = words[0][1:-1].replace('""', '"') if words[0].startswith('"') else words[0]
    column = table.columns.get(folded(name)) if len(words) == 1 else None
    return Item(
        column=column,
        sql=None if column is not None else table.said(sqlite_text.normal(said)),
        order="desc" if descending else "asc",
        collate=collation,
    )
