"""Enum: native on PostgreSQL with a check on SQLite, or a varchar with a check on both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schemagen.kinds.base import Key, Obj
from schemagen.kinds.namespace import home

if TYPE_CHECKING:
    from collections.abc import Iterable

    from schemagen.schema import Schema


class Enum(Obj, kind="enum"):
    """An enum. `storage` is None for a native type, or the varchar type that holds the values."""

    in_place = True

    values: tuple[str, ...]
    storage: str | None = None
    comment: str | None = None

    def needs(self, schema: Schema) -> Iterable[Key]:  # noqa: ARG002 - the kinds share a signature
        """A native enum needs the schema that it is in."""
        return () if self.storage else home(self.name)

    def followed(self, old: Key, new: str) -> dict[str, Any]:  # noqa: ARG002 - as above
        """An enum refers to nothing."""
        return {}


class EnumValue(Obj, kind="enum_value"):
    """A value of an enum, as the subject of a Rename; `table` holds the enum's name.

    It lives inside `Enum.values` and never stands in a schema by itself.
    """

    def needs(self, schema: Schema) -> Iterable[Key]:  # noqa: ARG002 - as above
        """A value needs its enum."""
        return (Key("enum", "", self.table),)

    def followed(self, old: Key, new: str) -> dict[str, Any]:  # noqa: ARG002 - as above
        """A value refers to nothing."""
        return {}
