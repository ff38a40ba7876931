"""Where a column of one schema stands in the next, and whose values a change may touch."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from schemagen.changes import Alter, Drop, Rename
from schemagen.directions import NONE
from schemagen.kinds import Column, Enum, EnumValue, ForeignKey, Key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from schemagen.changes import Change
    from schemagen.directions import Directions
    from schemagen.schema import Schema

Place = tuple[str, str]  # table, column
T = TypeVar("T")
_VALUES = frozenset({"type", "nullable", "generated", "sqlite", "postgresql"})


def moved(old: Schema, changes: Iterable[Change]) -> dict[Place, Place]:
    """Give, for each column that stays, its place before and its place after."""
    here: dict[str, dict[str, Place]] = {}  # what is where now, by the places before
    for obj in old:
        if isinstance(obj, Column):
            here.setdefault(obj.table, {})[obj.name] = (obj.table, obj.name)
    for change in changes:
        if isinstance(change, (Drop, Rename)):
            key = change.old.key
            if key.kind == "table":
                _carry(here, change)
            elif key.kind == "column":
                _carry(here.get(key.table, {}), change)
    return {
        before: (table, name) for table, columns in here.items() for name, before in columns.items()
    }


def _carry(there: dict[str, T], change: Drop | Rename) -> None:
    gone = there.pop(change.old.name, None)
    if isinstance(change, Rename) and gone is not None:
        there[change.new.name] = gone


def touched(
    old: Schema, changes: Iterable[Change], directions: Directions | None = None
) -> Iterator[Place]:
    """Give the columns, by their places before, whose values the upgrade may change."""
    back = {now: before for before, now in moved(old, changes).items()}
    for change in changes:
        one = change.subject
        if isinstance(change, Alter) and isinstance(one, Column):
            if _VALUES.intersection(change.fields):
                yield back.get((one.table, one.name), ("", ""))
        elif isinstance(one, (Enum, EnumValue)):
            yield from ((c.table, c.name) for c in old.columns_of(_enum(change)))
    yield from filled(directions or {}, back)


def _enum(change: Change) -> str:
    """Give the name that the old schema knows the changed enum by."""
    if isinstance(change.subject, EnumValue):
        return change.subject.table
    return change.old.name if isinstance(change, (Alter, Rename)) else change.subject.name


def filled(directions: Directions, back: dict[Place, Place]) -> Iterator[Place]:
    """Give the columns, by their places before, that the YAML says how to fill or cast."""
    for now, before in back.items():
        direction = directions.get(Key("column", *now), NONE)
        if direction.backfill or direction.using:
            yield before


def orphaned(old: Schema, places: Mapping[Place, Place]) -> Iterator[Place]:
    """Give the columns that refer to a column which goes: it comes back without its values.

    Args:
        old: the schema before.
        places: where its columns are afterwards.

    """
    for key in old:
        if isinstance(key, ForeignKey):
            there = key.references
            gone = [(there.table, name) not in places for name in there.columns]
            full = key.match == "full" and any(gone)
            leads = zip(key.columns, gone, strict=True)
            yield from ((key.table, name) for name, is_gone in leads if is_gone or full)


def converted(old: Schema, new: Schema, places: dict[Place, Place]) -> Iterator[Place]:
    """Give the columns of SQLite tables that become STRICT or cease to be."""
    for before, after in places.items():
        if old.tables[before[0]].options.strict != new.tables[after[0]].options.strict:
            yield before


def computed(old: Schema, among: set[Place]) -> Iterator[Place]:
    """Give the generated columns that are made of some others."""
    for column in old:
        if not isinstance(column, Column) or not column.generated:
            continue
        if {(key.table, key.name) for key in column.needs(old)} & among:
            yield (column.table, column.name)
