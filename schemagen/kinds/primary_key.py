"""Primary key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from schemagen.kinds.base import Key, Obj, rename_in
from schemagen.kinds.unique import Deferrable  # noqa: TC001 - pydantic reads it

if TYPE_CHECKING:
    from collections.abc import Iterable

    from schemagen.schema import Schema


class PrimaryKey(Obj, kind="primary_key"):
    """A primary key. A table has at most one."""

    soft: ClassVar[frozenset[str]] = frozenset({"comment"})

    columns: tuple[str, ...]
    include: tuple[str, ...] = ()
    deferrable: Deferrable | None = None
    comment: str | None = None

    def needs(self, schema: Schema) -> Iterable[Key]:  # noqa: ARG002 - the kinds share a signature
        """A primary key needs its columns."""
        return (Key("column", self.table, name) for name in (*self.columns, *self.include))

    def followed(self, old: Key, new: str) -> dict[str, Any]:
        """Follow a renamed column."""
        if old.kind == "column" and old.table == self.table:
            return {f: rename_in(getattr(self, f), old.name, new) for f in ("columns", "include")}
        return {}
