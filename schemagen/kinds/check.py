"""Check constraint."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal

from schemagen import sql
from schemagen.kinds.base import Key, Obj, columns_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from schemagen.schema import Schema


class Check(Obj, kind="check"):
    """A check constraint, its condition in the user's own SQL.

    The check that holds an enum's values is one of these; `enum` names the enum then.
    """

    section = "checks"
    bare = "sql"
    soft: ClassVar[frozenset[str]] = frozenset({"comment", "not_valid"})

    sql: str
    enum: str | None = None
    comment: str | None = None
    not_valid: bool = False
    no_inherit: bool = False
    only: Literal["sqlite", "postgresql"] | None = None

    def needs(self, schema: Schema) -> Iterable[Key]:
        """A check needs its table, its enum, and the columns that it mentions."""
        yield Key("table", "", self.table)
        if self.enum:
            yield Key("enum", "", self.enum)
        for text in {self.sql, self.on("sqlite").sql, self.on("postgresql").sql}:
            yield from columns_in(text, self.table, schema)

    def followed(self, old: Key, new: str) -> dict[str, Any]:
        """Follow a renamed column, or a renamed enum or enum value in an enum's own check."""
        if old.kind == "column" and old.table == self.table:
            return {"sql": sql.rename(self.sql, old.name, new)}
        if old.kind == "enum" and old.name == self.enum:
            return {"enum": new}
        if old.kind == "enum_value" and old.table == self.enum:
            was, now = sql.literal(old.name), sql.literal(new)
            return {"sql": "".join(now if t.text == was else t.text for t in sql.tokens(self.sql))}
        return {}


def values_in(column: str, values: Sequence[str]) -> str:
    """Write the condition of an enum's check: `status in ('NEW', 'DONE')`."""
    return f"{sql.quote(column)} in ({', '.join(sql.literal(v) for v in values)})"
