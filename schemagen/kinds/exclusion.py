"""Exclusion constraint: of any two rows, some comparison is not true. PostgreSQL alone has it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from schemagen import sql
from schemagen.kinds.base import Key, Obj
from schemagen.kinds.field import field
from schemagen.kinds.index import Item, mentioned
from schemagen.kinds.unique import Deferrable  # noqa: TC001 - pydantic reads it

if TYPE_CHECKING:
    from collections.abc import Iterable

    from schemagen.schema import Schema


class Element(Item):
    """An item of an index, and the operator by which two rows are compared."""

    with_: str = field(called="with")


class Exclusion(Obj, kind="exclusion"):
    """An exclusion constraint."""

    section = "exclusions"
    bare = "items"
    only_on: ClassVar[str] = "postgresql"  # all of them are
    soft: ClassVar[frozenset[str]] = frozenset({"comment"})

    items: tuple[Element, ...]
    using: str = "gist"
    where: str | None = None
    deferrable: Deferrable | None = None
    comment: str | None = None

    def needs(self, schema: Schema) -> Iterable[Key]:
        """An exclusion needs its table and every column that it mentions."""
        yield Key("table", "", self.table)
        yield from mentioned(self.items, self.where, self.table, schema)

    def followed(self, old: Key, new: str) -> dict[str, Any]:
        """Follow a renamed column."""
        if old.kind != "column" or old.table != self.table:
            return {}
        return {
            "items": tuple(item.follow(old.name, new) for item in self.items),
            "where": sql.rename(self.where, old.name, new) if self.where else None,
        }
