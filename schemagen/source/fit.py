"""A schema that was read from one database, made to fit YAML that both can read.

The reader says itself what it does not take. An expression that SQLite cannot read is kept to
PostgreSQL; what no word can be found for is refused, with the reader's reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schemagen.kinds import Column, Index, Key, Obj, Table
from schemagen.schema import Schema
from schemagen.source import parse
from schemagen.source.dump import dump
from schemagen.types import OTHER, SERIAL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.diagnostics import Diagnostic
    from schemagen.source import Source

_ROUNDS = 50


def fit(schema: Schema, dialect: str) -> tuple[Schema, dict[Key, str]]:
    """Make a schema fit; give what had to be left out, with the reason.

    Args:
        schema: as `dialect` has it.
        dialect: where it comes from; there it stays as it is.

    """
    schema = Schema(_kept_own(obj, dialect) for obj in schema)
    refused: dict[Key, str] = {}
    tried: set[tuple[Key, str]] = set()
    for _ in range(_ROUNDS):
        wrong = _wrong(schema)
        if not wrong:
            break
        made = {key: _kept(schema, key, said, dialect, tried) for key, said in wrong.items()}
        for key in [key for key, obj in made.items() if obj is None]:
            refused.update(_with_table(key, wrong[key], made))
        objects = (made.get(obj.key, obj) for obj in schema)
        left = (obj for obj in objects if obj is not None and not _is_gone(obj, made))
        schema = _followed(Schema(left), refused)
    return schema, refused


def _kept_own(obj: Obj, dialect: str) -> Obj:
    """Keep to its database what the other never has: a method of an index, a collation."""
    if isinstance(obj, Column) and obj.collation:
        there = {**getattr(obj, dialect), "collation": obj.collation}
        return obj.model_copy(update={"collation": None, dialect: there})
    if not isinstance(obj, Index) or obj.only:
        return obj
    if obj.using != "btree":
        return obj.model_copy(update={"only": "postgresql"})
    own = any(item.collate for item in obj.columns)
    return obj.model_copy(update={"only": dialect}) if own else obj


def _with_table(key: Key, reason: str, made: dict[Key, Obj | None]) -> dict[Key, str]:
    """A table of which a column cannot be said is left out as a whole."""
    if key.kind not in ("column", "primary_key"):
        return {key: reason}
    table = Key("table", "", key.table)
    made[table] = None
    return {table: f"{key.kind.replace('_', ' ')} {key.name}: {reason}"}


def _is_gone(obj: Obj, made: dict[Key, Obj | None]) -> bool:
    table = Key("table", "", obj.table)
    return bool(obj.table) and table in made and made[table] is None


def _wrong(schema: Schema) -> dict[Key, str]:
    """Give the objects that the reader complains of, with what it says."""
    read = parse(dump(schema))
    wrong: dict[Key, str] = {}
    for found in read.diagnostics:
        key = _at(read, found, schema)
        if key is not None:
            wrong.setdefault(key, f"{found.code}: {found.message}")
    if not wrong:
        lost = [key for key, obj in schema.objects.items() if read.schema.get(key) != obj]
        wrong = dict.fromkeys(lost, "it cannot be written so that it reads back as it is")
    return wrong


def _at(read: Source, found: Diagnostic, schema: Schema) -> Key | None:
    """Give the object that a diagnostic stands at: the last one that begins before it."""
    if found.place is None:
        return None
    before = [
        (place, key.kind != "schema", key)  # which may be at the place of what is in it
        for key, place in read.places.items()
        if place.file == found.place.file and place <= found.place
    ]
    if before:
        return max(before)[2]
    return next((obj.key for obj in _in_file(read, found, schema)), None)


def _in_file(read: Source, found: Diagnostic, schema: Schema) -> Iterator[Obj]:
    """Give what stands in a file from which nothing could be read."""
    assert found.place is not None  # noqa: S101 - the caller has looked
    lines = read.texts.get(found.place.file, "").split("\n")
    said = next((line for line in lines if line.startswith("table:")), "")
    name = said.removeprefix("table:").strip().strip("'\"")
    yield from (table for table in schema.tables.values() if table.name == name)


def _kept(
    schema: Schema, key: Key, said: str, dialect: str, tried: set[tuple[Key, str]]
) -> Obj | None:
    """Keep to its database what the other cannot have; None when that did not help."""
    obj = schema.get(key)
    if obj is None:
        return None
    step = _step(obj, said, dialect, tried)
    if step is None:
        return None
    tried.add((key, next(iter(step))))
    return obj.model_copy(update={k: v for k, v in step.items() if k != "step"})


def _step(obj: Obj, said: str, dialect: str, tried: set[tuple[Key, str]]) -> dict[str, Any] | None:
    other = OTHER[dialect]
    if isinstance(obj, Column):
        if obj.is_serial and said.startswith("P004") and "type" not in getattr(obj, other):
            return {other: {**getattr(obj, other), "type": SERIAL[obj.type]}}
        for field in _differing(obj, said):
            if (obj.key, f"{other}.{field}") not in tried:
                there = {**getattr(obj, other), field: None}
                tried.add((obj.key, f"{other}.{field}"))
                return {other: there}
        return None
    if "only" in type(obj).model_fields and obj.only_on is None:
        return {"only": dialect}
    return None


def _differing(column: Column, said: str) -> list[str]:
    """Give the fields of a column that may be taken away on the other database."""
    fields = [name for name in ("default", "generated", "identity") if getattr(column, name)]
    return ["identity"] if said.startswith("P004") else [f for f in fields if f != "identity"]


def _followed(schema: Schema, refused: dict[Key, str]) -> Schema:
    """Keep what rests on a table of one database to it too; leave out what rests on nothing."""
    kept = {t.name: t.only for t in schema.tables.values() if isinstance(t, Table) and t.only}
    objects: list[Obj] = []
    for obj in schema:
        there = getattr(getattr(obj, "references", None), "table", None)
        only = kept.get(there) if there else None
        mine = kept.get(obj.table)
        if only and mine is None and obj.only_on is None:
            objects.append(obj.model_copy(update={"only": only}))
        else:
            objects.append(obj)
    schema = Schema(objects)
    while missing := schema.missing():
        gone = {obj.key for obj, _ in missing}
        refused.update(
            {obj.key: f"it rests on {key}, which is not managed" for obj, key in missing}
        )
        schema = Schema(obj for obj in schema if obj.key not in gone)
    return schema
