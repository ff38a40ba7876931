"""A file that holds one table and nothing else: what it gives, as long as no other changes that.

What such a file says depends on its text and on the files around the tables: enums, mixins, the
convention. So it can be taken from memory, and what refers to other tables is looked up anew. A
mistake has no place here: with one anywhere, all files are read as if nothing were remembered.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from schemagen.diagnostics import Place
from schemagen.records import field, record
from schemagen.source.draft import ForeignKeyDraft, TableDraft
from schemagen.source.nodes import Entry, Map, Scalar, Span
from schemagen.source.placed import as_place
from schemagen.source.shorthand import Named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from schemagen.kinds import Column, ForeignKey, Obj, PrimaryKey, Table
    from schemagen.source.draft import Draft
    from schemagen.source.nodes import Late
    from schemagen.source.placed import Stands

_NOWHERE = Span(0, 0, 0, 0)
_place: Callable[[tuple[Any, ...]], Place] = partial(tuple.__new__, Place)


class Pointer(NamedTuple):
    """Where a foreign key points, as it is written.

    Args:
        table: the table.
        columns: the columns there; None for the primary key.
        dotted: whether it is written `table.column`, which may be a table in a schema.
        place: where the key stands.

    """

    table: str
    columns: list[str] | None
    dotted: bool
    place: Place


@record
class TableFile:
    """What a file with one table gives.

    Args:
        file: its name.
        digest: the hash of its text.
        table: the table.
        columns: its columns by name.
        primary_key: its primary key.
        has_key: whether the YAML says one.
        declared: each column and the mixin that it is from, one after the other.
        parts: what it has in its sections.
        placed: its objects as they are written.
        places: where each of those stands.
        keys: its foreign keys.
        pointers: where those point.

    """

    file: str
    digest: str
    table: Table
    columns: dict[str, Column]
    primary_key: PrimaryKey | None
    has_key: bool
    declared: list[str]
    parts: dict[str, list[Obj]]
    placed: list[Obj]
    places: list[Stands] = field(compare=False)  # some are made late
    keys: list[ForeignKey]
    pointers: list[Pointer]

    @property
    def name(self) -> str:
        """The table's name."""
        return self.table.name

    def written(self, numbers: Callable[[Iterable[Obj]], list[int]]) -> list[Any]:
        """Give it as JSON has it, with numbers for objects."""
        own = [self.table, *([self.primary_key] if self.primary_key else ())]
        return [
            self.digest,
            numbers(own),
            numbers(self.columns.values()),
            self.has_key,
            self.declared,
            {section: numbers(objects) for section, objects in self.parts.items()},
            numbers(self.placed),
            [said for at in self.places for said in as_place(at)],
            numbers(self.keys),
            self.pointers,
        ]

    @classmethod
    def of(cls, file: str, data: Sequence[Any], objects: Sequence[Any]) -> TableFile:
        """Read what `written` has given."""
        digest, own, columns, has_key, declared, parts, placed, places, keys, pointers = data
        each = iter(places)  # file, line, column and length, one after the other
        table, *primary = (objects[number] for number in own)
        return cls(
            file,
            digest,
            table,
            {column.name: column for column in (objects[number] for number in columns)},
            primary[0] if primary else None,
            has_key,
            declared,
            {section: [objects[n] for n in numbers] for section, numbers in parts.items()},
            [objects[number] for number in placed],
            list(map(_place, zip(each, each, each, each, strict=True))),
            [objects[number] for number in keys],
            [Pointer(table, names, dotted, Place(*at)) for table, names, dotted, at in pointers],
        )


def pointers(table: TableDraft) -> list[Pointer]:
    """Tell where the foreign keys of a table point, before they are looked up."""
    return [_pointer(key) for key in table.keys]


def _pointer(key: ForeignKeyDraft) -> Pointer:
    if key.columns is None:
        return Pointer(key.table.text, None, dotted=False, place=key.place)
    names, dotted = [column.text for column in key.columns], isinstance(key.columns[0], Named)
    return Pointer(key.table.text, names, dotted, key.place)


def recall(draft: Draft, kept: TableFile) -> None:
    """Put what a file gives into the draft, as if it had been read."""
    file = kept.file
    late = partial(Map, file, _NOWHERE, {})  # asked for with a mistake alone: then all is read
    node = Scalar(file, _NOWHERE, "")
    entry = Entry(node, node)
    names, mixins = kept.declared[::2], kept.declared[1::2]
    draft.tables[kept.table.name] = TableDraft(
        kept.table.name,
        draft.convention,
        kept.table,
        {name: (entry, mixin) for name, mixin in zip(names, mixins, strict=True)},
        kept.columns,
        kept.primary_key,
        kept.has_key,
        [_draft(file, *each, late) for each in zip(kept.keys, kept.pointers, strict=True)],
        dict(kept.parts),
    )
    draft.placed += ((obj, at, late) for obj, at in zip(kept.placed, kept.places, strict=True))


def _draft(file: str, key: ForeignKey, pointer: Pointer, late: Late) -> ForeignKeyDraft:
    name = Named if pointer.dotted else Scalar
    said = pointer.columns
    columns = None if said is None else [name(file, _NOWHERE, text) for text in said]
    fields = {field: value for field, value in key.__dict__.items() if field != "references"}
    table = Scalar(file, _NOWHERE, pointer.table)
    return ForeignKeyDraft(key.name, fields, table, columns, late, pointer.place, known=key)
