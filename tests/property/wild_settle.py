"""Bring a heap of objects into the shape that the YAML loader would give, or not let pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import source
from schemagen.kinds import Check, Key, Obj, Unique
from schemagen.schema import Schema
from schemagen.source.dump import dump

if TYPE_CHECKING:
    from collections.abc import Iterable

    from schemagen.diagnostics import Diagnostic

_ROUNDS = 80
_BLAMED = ("foreign_key", "index", "unique", "check", "primary_key", "column", "enum", "table")


def settled(objects: Iterable[Obj]) -> Schema:
    """Give the schema as the loader reads it; what it complains of is left out.

    The checks that hold enums' values are the loader's to make.
    """
    schema = _whole(objects)
    for _ in range(_ROUNDS):
        found = source.parse(dump(schema))
        if not found.diagnostics:
            return found.schema
        lost = [o.key for o in schema if o.key not in found.schema]
        schema = _whole(without(schema, {*lost} or _blamed(found)))
    msg = f"the loader keeps on complaining: {found.diagnostics}"
    raise AssertionError(msg)


def without(schema: Schema, keys: set[Key]) -> Schema:
    """Leave out objects with all that needs them."""
    gone = set(keys)
    while more := {
        o.key for o in schema if o.key not in gone and gone.intersection(o.needs(schema))
    }:
        gone |= more
    return Schema(o for o in schema if o.key not in gone)


def _whole(objects: Iterable[Obj]) -> Schema:
    """Leave out what refers to what is not there, and tables without columns."""
    schema = Schema(o for o in objects if not (isinstance(o, Check) and o.enum))
    schema = Schema(o for o in schema if not _is_twice(o, schema))
    while True:
        bad = {obj.key for obj, _ in schema.missing()}
        bad |= {v.table.key for v in schema.views() if not v.columns}
        bad |= {o.key for o in schema if o.table and o.table not in schema.tables}
        if not bad:
            return schema
        schema = Schema(o for o in schema if o.key not in bad)


def _is_twice(obj: Obj, schema: Schema) -> bool:
    """PostgreSQL makes one of two equal uniques when a table is created, and both afterwards."""
    if not isinstance(obj, Unique) or obj.table not in schema.tables:
        return False
    view = schema.view(obj.table)
    keys = [view.primary_key] if view.primary_key else []
    before = [*keys, *view.uniques[: view.uniques.index(obj)]]
    return any(key.columns == obj.columns for key in before)


def _blamed(found: source.Source) -> set[Key]:
    """Give the object that stands where the first complaint points."""
    first: Diagnostic = found.diagnostics[0]
    assert first.place, first
    above = [
        (place.line, -_BLAMED.index(key.kind), key)
        for key, place in found.places.items()
        if place.file == first.place.file and place.line <= first.place.line
        if key in found.schema and not getattr(found.schema[key], "enum", None)
    ]
    assert above, first
    return {max(above)[2]}
