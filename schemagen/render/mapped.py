"""The tables of a schema that have models, and how they refer to each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.kinds import ForeignKey

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from schemagen.kinds import Obj
    from schemagen.schema import Schema


class Mapped:
    """What is to be known of a schema as a whole, found by one look at each of its objects.

    A table without columns has no model: SQLAlchemy knows its rows by nothing.

    Args:
        schema: the schema.
        like: a schema in whose order its tables and enums count, whatever their own: that in which
            a history came by its tables says nothing of the YAML's. What that one has not comes
            first.

    Attributes:
        references: all foreign keys.
        loose: what is in no table, and is none.
        tables: the tables that have models, each with its place among them.
        enums: the names of the enums.

    """

    def __init__(self, schema: Schema, like: Mapped | None = None) -> None:
        """Look at the schema."""
        self.schema = schema
        self.loose: list[Obj] = schema.homes.get("", [])
        self.references = [obj for obj in schema if isinstance(obj, ForeignKey)]
        tables = [name for name in schema.tables if self._has_columns(name)]
        ordered = _in_order(tables, like.tables if like else ())
        self.tables: dict[str, int] = {name: place for place, name in enumerate(ordered)}
        self.enums: list[str] = _in_order(schema.enums, like.enums if like else ())

    def _has_columns(self, table: str) -> bool:
        return any(obj.kind == "column" for obj in self.schema.homes[table])

    def parts(self, table: str) -> list[Obj]:
        """Give what is in a table, and the table, in the order in which they are written."""
        return self.schema.homes.get(table, [])


def _in_order(names: Collection[str], order: Iterable[str]) -> list[str]:
    there, known = dict.fromkeys(names), dict.fromkeys(order)
    return [name for name in there if name not in known] + [name for name in known if name in there]
