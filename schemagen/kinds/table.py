"""Table: its comment, the dialect it is kept to, and its options. Its parts are objects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from schemagen.kinds.base import Key, Obj
from schemagen.kinds.field import NOTHING, field
from schemagen.kinds.namespace import home
from schemagen.kinds.part import Part

if TYPE_CHECKING:
    from collections.abc import Iterable

    from schemagen.schema import Schema


class Options(Part):
    """What a table has beyond its parts; each option belongs to one database."""

    with_: dict[str, str | int | float | bool] = field(
        default=NOTHING,
        called="with",
        description="PostgreSQL storage parameters, {fillfactor: 70}",
    )
    tablespace: str | None = field(default=None, description="PostgreSQL tablespace")
    strict: bool = field(default=False, description="SQLite STRICT table")
    without_rowid: bool = field(default=False, description="SQLite WITHOUT ROWID table")
    autoincrement: bool = field(
        default=False, description="SQLite AUTOINCREMENT; the primary key loses its name there"
    )


_NONE = Options()


class Table(Obj, kind="table"):
    """A table."""

    in_place = True

    comment: str | None = None
    only: Literal["sqlite", "postgresql"] | None = None
    options: Options = _NONE

    def needs(self, schema: Schema) -> Iterable[Key]:  # noqa: ARG002 - the kinds share a signature
        """A table needs the schema that it is in; what it consists of needs it."""
        return home(self.name) if self.exists_on("postgresql") else ()

    def followed(self, old: Key, new: str) -> dict[str, Any]:  # noqa: ARG002 - as above
        """A table refers to nothing."""
        return {}
