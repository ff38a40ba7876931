"""Table: its comment, the dialect it is kept to, and its options. Its parts are objects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from pydantic import ConfigDict, Field

from schemagen.kinds.base import Key, Obj, Part
from schemagen.kinds.namespace import home

if TYPE_CHECKING:
    from collections.abc import Iterable

    from schemagen.schema import Schema


class Options(Part):
    """What a table has beyond its parts; each option belongs to one database."""

    with_: dict[str, str | int | float | bool] = Field(
        default_factory=dict,
        alias="with",
        description="PostgreSQL storage parameters, {fillfactor: 70}",
    )
    tablespace: str | None = Field(default=None, description="PostgreSQL tablespace")
    strict: bool = Field(default=False, description="SQLite STRICT table")
    without_rowid: bool = Field(default=False, description="SQLite WITHOUT ROWID table")
    autoincrement: bool = Field(
        default=False, description="SQLite AUTOINCREMENT; the primary key loses its name there"
    )

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


_NONE = Options()


class Table(Obj, kind="table"):
    """A table."""

    in_place = True

    comment: str | None = None
    only: Literal["sqlite", "postgresql"] | None = None
    options: Options = Field(default_factory=lambda: _NONE)

    def needs(self, schema: Schema) -> Iterable[Key]:  # noqa: ARG002 - the kinds share a signature
        """A table needs the schema that it is in; what it consists of needs it."""
        return home(self.name) if self.exists_on("postgresql") else ()

    def followed(self, old: Key, new: str) -> dict[str, Any]:  # noqa: ARG002 - as above
        """A table refers to nothing."""
        return {}
