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
    from schemagen.kinds import Obj


def concerned(changes: Iterable[Change], *schemas: Schema) -> tuple[Schema, ...]:
    """Give the same part of several schemas, each in its order.

    Args:
        changes: what is to be carried out.
        schemas: the one before the changes, or after them, or both.

    """
    subjects = [obj for change in changes for obj in _subjects(change)]
    if any(isinstance(obj, Sequence) for obj in subjects):
        return schemas  # any default may take from it
    touched = {name for obj in subjects for name in _tables(obj)}
    enums = {obj.table or obj.name for obj in subjects if isinstance(obj, (Enum, EnumValue))}
    touched |= {c.table for enum in enums for schema in schemas for c in schema.columns_of(enum)}
    worked = touched.union(*(_referring(schema, touched) for schema in schemas))
    inside = worked.union(*(_ring(schema, worked) for schema in schemas))
    return tuple(Schema(o for o in schema if _is_inside(o, inside)) for schema in schemas)


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


def _referring(schema: Schema, tables: set[str]) -> set[str]:
    """Give the tables that have a foreign key to one of some tables."""
    keys = (obj for obj in schema if isinstance(obj, ForeignKey))
    return {key.table for key in keys if key.references.table in tables}


def _ring(schema: Schema, tables: set[str]) -> set[str]:
    """Give the tables that foreign keys of some tables lead to, or come from."""
    keys = (obj for obj in schema if isinstance(obj, ForeignKey) and obj.table in tables)
    return {key.references.table for key in keys} | _referring(schema, tables)


def _is_inside(obj: Obj, inside: set[str]) -> bool:
    """Say whether an object is in the part: no foreign key there leads out of it."""
    if isinstance(obj, ForeignKey):
        return obj.table in inside and obj.references.table in inside
    if isinstance(obj, Table):
        return obj.name in inside
    return not obj.table or obj.table in inside
