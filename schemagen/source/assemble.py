"""All files together: read enums, then tables, then look at what refers to what."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from schemagen.schema import Schema
from schemagen.source.columns import long_form
from schemagen.source.documents import check_mixins, collect
from schemagen.source.draft import Draft
from schemagen.source.enums import read_enum
from schemagen.source.kept import NOTHING, ForgottenError, Kept, Reading, around, keep
from schemagen.source.nodes import Map
from schemagen.source.problems import Problems
from schemagen.source.references import check_columns, resolve_keys
from schemagen.source.schemas import imply_namespaces, read_namespace
from schemagen.source.sequences import check_owners, read_sequence
from schemagen.source.tablefile import TableFile, pointers, recall
from schemagen.source.tables import read_table
from schemagen.source.whole import check

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from schemagen.kinds import ForeignKey, Obj
    from schemagen.source.documents import Contents
    from schemagen.source.draft import TableDraft
    from schemagen.source.nodes import Entry
    from schemagen.source.whole import Ready

_ORDER = ("unique", "checks", "exclusions", "indexes")


def assemble(
    texts: Mapping[str, str], kept: Kept = NOTHING, ready: Ready | None = None
) -> tuple[Draft, Schema, Callable[[], Kept]]:
    """Read files into a schema; the draft holds places, directions and problems.

    Args:
        texts: the files' texts by name.
        kept: what files gave before.
        ready: is told the schema as soon as it is put together, though it may still be found wrong.

    Returns:
        The draft, the schema, and what gives what can be kept of the files: nothing when there are
        problems.

    """
    try:
        return _assemble(texts, kept, ready)
    except ForgottenError:
        return _assemble(texts, NOTHING, ready)


def _assemble(
    texts: Mapping[str, str], kept: Kept, ready: Ready | None
) -> tuple[Draft, Schema, Callable[[], Kept]]:
    draft = Draft(Problems(), texts)
    found = collect(draft, texts, kept)
    if kept.files and kept.around != around(texts, found.plain):
        raise ForgottenError
    readings = _read(draft, found)
    for each in readings:
        check_columns(draft, each.table)
    keys = resolve_keys(draft)
    check_owners(draft)
    runs = _runs(draft, keys)
    schema = Schema.of_runs(list(runs.items()))
    check(draft, schema, keys, {each.table.name for each in readings}, ready)
    if not draft.problems.sorted():
        return draft, schema, partial(keep, draft, found, readings, runs)
    if kept.files:
        raise ForgottenError
    return draft, _valid(schema), lambda: NOTHING


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


def _valid(schema: Schema) -> Schema:
    """Leave out what needs something that could not be read."""
    while missing := {obj.key for obj, _ in schema.missing()}:
        schema = Schema(obj for obj in schema if obj.key not in missing)
    return schema


def _runs(draft: Draft, keys: Mapping[str, list[ForeignKey]]) -> dict[str, list[Obj]]:
    """Put together what could be read: under "" what is in no table, then each table."""
    others = [*draft.namespaces.values(), *draft.enums.values(), *draft.sequences.values()]
    runs: dict[str, list[Obj]] = {"": [*others]} if others else {}
    for table in draft.tables.values():
        if table.run is not None:
            runs[table.name] = table.run
        elif table.table is not None:
            runs[table.name] = [table.table, *_parts(table, keys.get(table.name, []))]
    return runs


def _parts(table: TableDraft, keys: list[ForeignKey]) -> Iterable[Obj]:
    """Give the parts of a table; of two of one name, the later one, as both cannot be."""
    rest = (section for section in table.parts if section not in _ORDER)
    sections = [table.parts.get(section, ()) for section in (*_ORDER, *rest)]
    found: list[Obj] = [obj for objects in (keys, *sections) for obj in objects]
    names = {obj.name for obj in found}
    if len(names) < len(found):
        found = list({(obj.kind, obj.name): obj for obj in found}.values())
    key = [table.primary_key] if table.primary_key is not None else []
    return (*table.columns.values(), *key, *found)


def _unused(draft: Draft, mixins: Mapping[str, Entry]) -> None:
    """Look at the columns of all mixins; those in use have been, and say nothing new."""
    for entry in mixins.values():
        columns = entry.value.get("columns") if isinstance(entry.value, Map) else None
        for _, column in columns if isinstance(columns, Map) else ():
            long_form(draft, column)
