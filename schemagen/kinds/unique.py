"""Unique constraint."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal

from schemagen.kinds.base import Key, Obj, rename_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from schemagen.schema import Schema

Deferrable = Literal["immediate", "deferred"]


class Unique(Obj, kind="unique"):
    """A unique constraint.

    `deferrable` says where the check starts out: `immediate` or `deferred`; None is not deferrable.
    """

    section = "unique"
    bare = "columns"
    soft: ClassVar[frozenset[str]] = frozenset({"comment"})

    columns: tuple[str, ...]
    nulls_distinct: bool = True
    deferrable: Deferrable | None = None
    include: tuple[str, ...] = ()
    comment: str | None = None
    only: Literal["sqlite", "postgresql"] | None = None

    def needs(self, schema: Schema) -> Iterable[Key]:  # noqa: ARG002 - the kinds share a signature
        """A unique constraint needs its columns."""
        return (Key("column", self.table, name) for name in (*self.columns, *self.include))

    def followed(self, old: Key, new: str) -> dict[str, Any]:
        """Follow a renamed column."""
        if old.kind == "column" and old.table == self.table:
            return {f: rename_in(getattr(self, f), old.name, new) for f in ("columns", "include")}
        return {}
