"""Primary key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schemagen.kinds.base import Key, Obj, rename_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from schemagen.schema import Schema


class PrimaryKey(Obj, kind="primary_key"):
    """A primary key. A table has at most one."""

    columns: tuple[str, ...]

    def needs(self, schema: Schema) -> Iterable[Key]:  # noqa: ARG002 - the kinds share a signature
        """A primary key needs its columns."""
        return (Key("column", self.table, name) for name in self.columns)

    def followed(self, old: Key, new: str) -> dict[str, Any]:
        """Follow a renamed column."""
        if old.kind == "column" and old.table == self.table:
            return {"columns": rename_in(self.columns, old.name, new)}
        return {}
