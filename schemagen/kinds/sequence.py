"""Sequence: numbers that PostgreSQL gives out. SQLite has none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal

from schemagen import qualified, sql, types
from schemagen.derived import derived
from schemagen.kinds.base import Key, Obj, Sql
from schemagen.kinds.namespace import home
from schemagen.kinds.part import Part

if TYPE_CHECKING:
    from collections.abc import Iterable

    from schemagen.kinds.column import Column
    from schemagen.schema import Schema

BITS = {"smallint": 15, "integer": 31, "bigint": 63}


class Owner(Part):
    """The column with which a sequence goes."""

    table: str
    column: str

    @property
    def key(self) -> Key:
        """The column's identity."""
        return Key("column", self.table, self.column)

    def __str__(self) -> str:
        """Print as the YAML has it, `lots.number`."""
        return f"{qualified.quote(self.table)}.{sql.quote(self.column)}"


class Sequence(Obj, kind="sequence"):
    """A sequence. What is None is what PostgreSQL takes by itself."""

    in_place = True
    only_on: ClassVar[str] = "postgresql"  # all of them are

    type: Literal["smallint", "integer", "bigint"] = "bigint"
    start: int | None = None
    increment: int = 1
    min: int | None = None
    max: int | None = None
    cache: int = 1
    cycle: bool = False
    owned_by: Owner | None = None
    comment: str | None = None

    @property
    def low(self) -> int:
        """The least number."""
        if self.min is not None:
            return self.min
        return 1 if self.increment > 0 else -(2 ** BITS[self.type])

    @property
    def high(self) -> int:
        """The greatest number."""
        if self.max is not None:
            return self.max
        return 2 ** BITS[self.type] - 1 if self.increment > 0 else -1

    @property
    def first(self) -> int:
        """The number that it begins with."""
        if self.start is not None:
            return self.start
        return self.low if self.increment > 0 else self.high

    @property
    def is_of_serial(self) -> bool:
        """Say whether a serial column would call its sequence so."""
        mine = self.owned_by
        return mine is not None and self.name == sequence_name(mine.table, mine.column)

    def needs(self, schema: Schema) -> Iterable[Key]:  # noqa: ARG002 - the kinds share a signature
        """A sequence needs its schema: the column that owns it comes later, and is told then."""
        return home(self.name)

    def followed(self, old: Key, new: str) -> dict[str, Any]:
        """Follow the column that owns it, and its table."""
        mine = self.owned_by
        if mine is not None and old.kind == "table" and old.name == mine.table:
            return {"owned_by": mine.model_copy(update={"table": new})}
        if mine is not None and old == mine.key:
            return {"owned_by": mine.model_copy(update={"column": new})}
        return {}


def of_serial(column: Column) -> Sequence:
    """Give the sequence that a serial column comes with."""
    return Sequence.model_validate(
        {
            "name": sequence_name(column.table, column.name),
            "type": types.SERIAL[column.type],
            "owned_by": {"table": column.table, "column": column.name},
        }
    )


def spelled_out(column: Column) -> Column:
    """Give a serial column as PostgreSQL stores it: an integer with a default."""
    name = qualified.quote(sequence_name(column.table, column.name))
    default = Sql(sql=f"nextval({sql.literal(name)}::regclass)")
    return column.model_copy(update={"type": types.SERIAL[column.type], "default": default})


def sequence_name(table: str, column: str) -> str:
    """Give the name that PostgreSQL gives a column's own sequence."""
    return qualified.beside(table, derived(table, column, "seq"))
