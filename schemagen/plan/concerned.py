"""The part of a schema that changes concern: to plan for it is to plan for the whole.

A change is carried out on its table, and on those that have a column of its enum or a foreign key
to it, which may have to go and come back. What else the way there looks at is one reference away:
the tables that a foreign key of these leads to or comes from. So a plan costs what its changes
cost, however many tables stay as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.changes import Alter, Rename
from schemagen.kinds import Enum, EnumValue, ForeignKey, Sequence, Table
from schemagen.schema import Schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from schemagen.changes import Change
    from schemagen.kinds import Key, Obj


def concerned(changes: Iterable[Change], *schemas: Schema) -> tuple[Schema, ...]:
    """Give the same part of several schemas, each in its order.

    Args:
        changes: what is to be carried out.
        schemas: the one before the changes, or after them, or both.

    """
    subjects = [obj for change in changes for obj in _subjects(change)]
    if any(isinstance(obj, Sequence) for obj in subjects):
        return schemas  # any default may take from it
    keys = _foreign_keys(schemas)
    touched = {name for obj in subjects for name in _tables(obj)}
    enums = {obj.table or obj.name for obj in subjects if isinstance(obj, (Enum, EnumValue))}
    touched |= {c.table for enum in enums for schema in schemas for c in schema.columns_of(enum)}
    worked = touched.union(*(_referring(theirs, touched) for theirs in keys))
    inside = worked.union(*(_ring(theirs, worked) for theirs in keys))
    return tuple(_part(schema, inside) for schema in schemas)


def _subjects(change: Change) -> Iterator[Obj]:
    yield change.subject
    if isinstance(change, (Alter, Rename)):
        yield change.old
    if isinstance(change, Rename):
        yield from (obj for alter in change.carried for obj in (alter.old, alter.new))


def _tables(obj: Obj) -> Iterator[str]:
    if isinstance(obj, Table):
        yield obj.name
    elif obj.table and not isinstance(obj, EnumValue):
        yield obj.table
    if isinstance(obj, ForeignKey):
        yield obj.references.table


def _foreign_keys(schemas: Iterable[Schema]) -> list[list[ForeignKey]]:
    """Give the foreign keys of each schema; what two of them share is looked through once."""
    known: dict[int, list[ForeignKey]] = {}
    found: list[list[ForeignKey]] = []
    for schema in schemas:
        found.append([])
        for _, run in schema.runs():
            if id(run) not in known:
                known[id(run)] = [obj for obj in run if isinstance(obj, ForeignKey)]
            found[-1] += known[id(run)]
    return found


def _referring(keys: Iterable[ForeignKey], tables: set[str]) -> set[str]:
    """Give the tables that have a foreign key to one of some tables."""
    return {key.table for key in keys if key.references.table in tables}


def _ring(keys: Iterable[ForeignKey], tables: set[str]) -> set[str]:
    """Give the tables that foreign keys of some tables lead to, or come from."""
    out = {key.references.table for key in keys if key.table in tables}
    return out | _referring(keys, tables)


def _part(schema: Schema, tables: set[str]) -> Schema:
    found = dict(_inside(schema, tables))
    return schema if len(found) == len(schema) else Schema.of(found)


def _inside(schema: Schema, tables: set[str]) -> Iterator[tuple[Key, Obj]]:
    """Give what is in the part: no foreign key there leads out of it."""
    for home, objects in schema.runs():
        for obj in objects if not home or home in tables else ():
            if not isinstance(obj, ForeignKey) or obj.references.table in tables:
                yield obj.key, obj
