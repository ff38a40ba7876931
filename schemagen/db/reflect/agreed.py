"""Plainer words for expressions, taken where a PostgreSQL database prints them as it does ours."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import sqlalchemy as sa

from schemagen.db.postgresql import one_now
from schemagen.db.reflect.plain import guesses
from schemagen.kinds import Check, Column, Index, Item, Obj, Sql
from schemagen.qualified import quote
from schemagen.schema import Schema
from schemagen.sql import portable

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.engine import Connection

_TRY = "schemagen_try"
_SHOWN = {
    "check": "SELECT pg_get_expr(conbin, conrelid) FROM pg_constraint WHERE conname = %s",
    "value": (
        "SELECT pg_get_expr(d.adbin, d.adrelid) FROM pg_attrdef d JOIN pg_attribute a"
        " ON a.attrelid = d.adrelid AND a.attnum = d.adnum"
        " WHERE a.attname = %s AND d.adrelid = %s::regclass"
    ),
    "item": "SELECT pg_get_indexdef(oid, 1, false) FROM pg_class WHERE relname = %s",
    "where": (
        "SELECT pg_get_expr(i.indpred, i.indrelid) FROM pg_index i JOIN pg_class c"
        " ON c.oid = i.indexrelid WHERE c.relname = %s"
    ),
}


def in_plain_words(schema: Schema, connection: Connection) -> Schema:
    """Write the expressions of a schema as plainly as the database agrees to.

    Args:
        schema: in the database's own words.
        connection: to a scratch database that was made of it; nothing stays in it.

    """
    judge = _Judge(connection)
    return Schema(judge.plain(obj) for obj in schema)


class _Judge:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def plain(self, obj: Obj) -> Obj:
        """Give an object in plain words."""
        if isinstance(obj, Check):
            return obj.model_copy(update={"sql": self._check(obj)})
        if isinstance(obj, Column) and obj.generated:
            made = obj.generated.model_copy(update={"sql": self._generated(obj)})
            return obj.model_copy(update={"generated": made})
        if isinstance(obj, Column) and isinstance(obj.default, Sql):
            return obj.model_copy(update={"default": Sql(sql=self._default(obj, obj.default.sql))})
        if isinstance(obj, Index):
            items = tuple(self._item(obj, item) for item in obj.columns)
            where = self._where(obj, obj.where) if obj.where else None
            return obj.model_copy(update={"columns": items, "where": where})
        return obj

    def _check(self, obj: Check) -> str:
        add = f"ALTER TABLE {quote(obj.table)} ADD CONSTRAINT {_TRY} CHECK ({{}}\n)"
        return self._first(obj.sql, lambda text: self._told(add, text, "check", _TRY))

    def _default(self, obj: Column, text: str) -> str:
        alter = f"ALTER TABLE {quote(obj.table)} ALTER {_quoted(obj.name)} SET DEFAULT {{}}\n"
        where = (obj.name, quote(obj.table))
        return self._first(text, lambda said: self._told(alter, said, "value", *where))

    def _generated(self, obj: Column) -> str:
        assert obj.generated  # noqa: S101 - the caller has looked
        stored = "STORED" if obj.generated.stored else "VIRTUAL"
        add = (
            f"ALTER TABLE {quote(obj.table)} ADD COLUMN {_TRY} {obj.on('postgresql').type}"
            f" GENERATED ALWAYS AS ({{}}\n) {stored}"
        )
        where = (_TRY, quote(obj.table))
        return self._first(obj.generated.sql, lambda said: self._told(add, said, "value", *where))

    def _item(self, index: Index, item: Item) -> Item:
        if not item.sql:
            return item
        opclass = f" {item.opclass}" if item.opclass else ""
        add = (
            f"CREATE INDEX {_TRY} ON {quote(index.table)} USING {_quoted(index.using)}"
            f" (({{}}\n){opclass})"
        )
        text = self._first(item.sql, lambda said: self._told(add, said, "item", _TRY))
        return item.model_copy(update={"sql": text})

    def _where(self, index: Index, where: str) -> str:
        add = f"CREATE INDEX {_TRY} ON {quote(index.table)} ((1)) WHERE {{}}\n"
        return self._first(where, lambda said: self._told(add, said, "where", _TRY))

    def _first(self, text: str, told: Callable[[str], str | None]) -> str:
        """Give the plainest words that the database prints as `text`."""
        wanted = one_now(text)
        return next((said for said in guesses(text) if one_now(told(said)) == wanted), text)

    def _told(self, statement: str, text: str, shown: str, *where: str) -> str | None:
        """Have the database print what it makes of a text; None when it makes nothing of it."""
        trial = self._connection.begin_nested()
        try:
            with suppress(sa.exc.DBAPIError):
                said = statement.replace("{}", portable(text)).replace("%", "%%")
                self._connection.exec_driver_sql(said)
                return self._connection.exec_driver_sql(_SHOWN[shown], where).scalar()
            return None
        finally:
            trial.rollback()


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
