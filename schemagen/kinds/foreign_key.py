"""Foreign key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal

from schemagen.kinds.base import Key, Obj, rename_in
from schemagen.kinds.part import Part
from schemagen.kinds.unique import Deferrable  # noqa: TC001 - pydantic reads it

if TYPE_CHECKING:
    from collections.abc import Iterable

    from schemagen.schema import Schema

Action = Literal["no action", "restrict", "cascade", "set null", "set default"]


class References(Part):
    """Where a foreign key points, written out."""

    table: str
    columns: tuple[str, ...]

    @property
    def dotted(self) -> str | None:
        """Give a column with a dot in its name: SQLAlchemy has no words for a key to one."""
        return next((name for name in self.columns if "." in name), None)


class ForeignKey(Obj, kind="foreign_key"):
    """A foreign key."""

    section = "foreign_keys"
    soft: ClassVar[frozenset[str]] = frozenset({"comment", "not_valid"})

    columns: tuple[str, ...]
    references: References
    on_delete: Action | None = None
    on_update: Action | None = None
    match: Literal["full"] | None = None
    deferrable: Deferrable | None = None
    comment: str | None = None
    not_valid: bool = False
    only: Literal["sqlite", "postgresql"] | None = None

    def needs(self, schema: Schema) -> Iterable[Key]:
        """A foreign key needs its columns, the columns it points at, and the keys over those.

        Of several keys, only the database knows on which one it rests.
        """
        there = self.references
        yield from (Key("column", self.table, name) for name in self.columns)
        yield Key("table", "", there.table)
        yield from (Key("column", there.table, name) for name in there.columns)
        if there.table in schema.tables:
            yield from schema.view(there.table).unique_over(there.columns)

    def followed(self, old: Key, new: str) -> dict[str, Any]:
        """Follow a renamed column or table, on either side."""
        there = self.references
        if old.kind == "table" and old.name == there.table:
            return {"references": there.model_copy(update={"table": new})}
        if old.kind != "column":
            return {}
        changed: dict[str, Any] = {}
        if old.table == self.table:
            changed["columns"] = rename_in(self.columns, old.name, new)
        if old.table == there.table:
            columns = rename_in(there.columns, old.name, new)
            changed["references"] = there.model_copy(update={"columns": columns})
        return changed
