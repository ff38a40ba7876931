"""All files together: read enums, then tables, then look at what refers to what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.schema import Schema
from schemagen.source.columns import long_form
from schemagen.source.documents import check_mixins, collect
from schemagen.source.doubles import check_doubles
from schemagen.source.draft import Draft, TableDraft
from schemagen.source.enums import read_enum
from schemagen.source.expressions import check_expressions
from schemagen.source.indexable import check_indexable
from schemagen.source.namespaces import check_names
from schemagen.source.nodes import Map
from schemagen.source.portability import check_portability
from schemagen.source.postgresnames import check_postgresql_names
from schemagen.source.problems import Problems
from schemagen.source.references import check_columns, check_keys, check_options, resolve_keys
from schemagen.source.schemas import imply_namespaces, read_namespace
from schemagen.source.sequences import check_owners, read_sequence
from schemagen.source.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from schemagen.kinds import ForeignKey, Obj
    from schemagen.source.nodes import Entry

_ORDER = ("unique", "checks", "exclusions", "indexes")


def assemble(texts: Mapping[str, str]) -> tuple[Draft, Schema]:
    """Read files into a schema; the draft holds places, directions and problems."""
    draft = Draft(Problems(), texts)
    found = collect(draft, texts)
    draft.declared_enums.update(found.enums)
    draft.mixins.extend(found.mixins)
    for entry in found.enums.values():
        read_enum(draft, entry)
    check_mixins(draft, found.mixins)
    for entry in found.sequences.values():
        read_sequence(draft, entry)
    for key, document in found.tables.values():
        read_table(draft, key, document, found.mixins)
    for entry in found.schemas.values():
        read_namespace(draft, entry)
    imply_namespaces(draft)
    _unused(draft, found.mixins)
    for table in draft.tables.values():
        check_columns(draft, table)
    keys = resolve_keys(draft)
    check_owners(draft)
    schema = Schema(_objects(draft, keys))
    check_names(draft, schema)
    check_keys(draft, schema)
    for obj in schema.tables.values():
        check_options(draft, obj, schema)
    check_portability(draft, schema)
    check_doubles(draft, schema)
    check_indexable(draft, schema)
    check_expressions(draft, schema)
    check_postgresql_names(draft, schema)
    return draft, _valid(schema) if draft.problems.sorted() else schema


def _valid(schema: Schema) -> Schema:
    """Leave out what needs something that could not be read."""
    while missing := {obj.key for obj, _ in schema.missing()}:
        schema = Schema(obj for obj in schema if obj.key not in missing)
    return schema


def _objects(draft: Draft, keys: Mapping[str, list[ForeignKey]]) -> Iterator[Obj]:
    yield from draft.namespaces.values()
    yield from draft.enums.values()
    yield from draft.sequences.values()
    for table in draft.tables.values():
        if table.table is not None:
            yield from _parts(table, keys.get(table.name, []))


def _parts(table: TableDraft, keys: list[ForeignKey]) -> Iterator[Obj]:
    assert table.table is not None  # noqa: S101 - the caller has looked
    yield table.table
    yield from table.columns
    if table.primary_key is not None:
        yield table.primary_key
    yield from keys
    rest = (section for section in table.parts if section not in _ORDER)
    for section in (*_ORDER, *rest):
        yield from table.parts.get(section, ())


def _unused(draft: Draft, mixins: Mapping[str, Entry]) -> None:
    """Look at the columns of all mixins; those in use have been, and say nothing new."""
    for entry in mixins.values():
        columns = entry.value.get("columns") if isinstance(entry.value, Map) else None
        for _, column in columns if isinstance(columns, Map) else ():
            long_form(draft, column)
