"""All files together: read enums, then tables, then look at what refers to what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.schema import Schema
from schemagen.source.columns import long_form
from schemagen.source.documents import check_mixins, collect
from schemagen.source.doubles import check_doubles
from schemagen.source.draft import Draft
from schemagen.source.enums import read_enum
from schemagen.source.expressions import check_expressions
from schemagen.source.indexable import check_indexable
from schemagen.source.kept import NOTHING, ForgottenError, Kept, Reading, around, keep
from schemagen.source.namespaces import check_names
from schemagen.source.nodes import Map
from schemagen.source.portability import check_portability
from schemagen.source.postgresnames import check_postgresql_names
from schemagen.source.problems import Problems
from schemagen.source.references import check_columns, check_keys, check_options, resolve_keys
from schemagen.source.schemas import imply_namespaces, read_namespace
from schemagen.source.sequences import check_owners, read_sequence
from schemagen.source.tablefile import TableFile, pointers, recall
from schemagen.source.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from schemagen.kinds import ForeignKey, Obj
    from schemagen.source.documents import Contents
    from schemagen.source.draft import TableDraft
    from schemagen.source.nodes import Entry

_ORDER = ("unique", "checks", "exclusions", "indexes")


def assemble(texts: Mapping[str, str], kept: Kept = NOTHING) -> tuple[Draft, Schema, Kept]:
    """Read files into a schema; the draft holds places, directions and problems.

    Args:
        texts: the files' texts by name.
        kept: what files gave before.

    Returns:
        The draft, the schema, and what can be kept of the files: nothing when there are problems.

    """
    try:
        return _assemble(texts, kept)
    except ForgottenError:
        return _assemble(texts, NOTHING)


def _assemble(texts: Mapping[str, str], kept: Kept) -> tuple[Draft, Schema, Kept]:
    draft = Draft(Problems(), texts)
    found = collect(draft, texts, kept)
    if kept.files and kept.around != around(texts, found.plain):
        raise ForgottenError
    readings = _read(draft, found)
    for each in readings:
        check_columns(draft, each.table)
    keys = resolve_keys(draft)
    check_owners(draft)
    schema = _schema(draft, keys)
    _check(draft, schema, keys, {each.table.name for each in readings})
    if not draft.problems.sorted():
        return draft, schema, keep(draft, found, readings, keys)
    if kept.files:
        raise ForgottenError
    return draft, _valid(schema), NOTHING


def _read(draft: Draft, found: Contents) -> list[Reading]:
    """Read all that does not depend on other tables."""
    draft.declared_enums.update(found.enums)
    draft.mixins.extend(found.mixins)
    for entry in found.enums.values():
        read_enum(draft, entry)
    check_mixins(draft, found.mixins)
    for entry in found.sequences.values():
        read_sequence(draft, entry)
    readings = list(_read_tables(draft, found))
    for entry in found.schemas.values():
        read_namespace(draft, entry)
    imply_namespaces(draft)
    _unused(draft, found.mixins)
    return readings


def _read_tables(draft: Draft, found: Contents) -> Iterator[Reading]:
    """Read the tables that are not remembered."""
    for said in found.tables.values():
        if isinstance(said, TableFile):
            recall(draft, said)
            continue
        first = len(draft.placed)
        key, document = said
        table = read_table(draft, key, document, found.mixins)
        yield Reading(key.file, table, draft.placed[first:], pointers(table))


def _check(
    draft: Draft,
    schema: Schema,
    keys: Mapping[str, list[ForeignKey]],
    fresh: Collection[str],
) -> None:
    """Look at the whole: at what is not remembered, and at what refers to that."""
    check_names(draft, schema)
    check_keys(draft, schema, keys, fresh)
    check_options(draft, schema)
    check_portability(draft, schema)
    check_doubles(draft, schema)
    check_indexable(draft, schema)
    check_expressions(draft, schema)
    check_postgresql_names(draft, schema)


def _valid(schema: Schema) -> Schema:
    """Leave out what needs something that could not be read."""
    while missing := {obj.key for obj, _ in schema.missing()}:
        schema = Schema(obj for obj in schema if obj.key not in missing)
    return schema


def _schema(draft: Draft, keys: Mapping[str, list[ForeignKey]]) -> Schema:
    """Put together what could be read; what is notable and is not in there can be forgotten."""
    others = (*draft.namespaces.values(), *draft.enums.values(), *draft.sequences.values())
    tables = {
        table.name: (table.table, list(_parts(table, keys.get(table.name, []))))
        for table in draft.tables.values()
        if table.table is not None
    }
    schema = Schema.of_tables(others, tables)
    for table in draft.tables.values():
        table.notable = [obj for obj in table.notable if schema.get(obj.key) is obj]
    return schema


def _parts(table: TableDraft, keys: list[ForeignKey]) -> Iterator[Obj]:
    yield from table.columns.values()
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
