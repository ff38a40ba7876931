"""A file that holds one table and nothing else: what it gives, as long as no other changes that.

What such a file says depends on its text and on the files around the tables: enums, mixins, the
convention. So it can be taken from memory, and what refers to other tables is looked up anew. A
mistake has no place here: with one anywhere, all files are read as if nothing were remembered.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from schemagen.diagnostics import Place
from schemagen.kinds import KINDS
from schemagen.records import field, record
from schemagen.schema import by_kind
from schemagen.source.draft import ForeignKeyDraft, TableDraft
from schemagen.source.nodes import Entry, Map, Scalar, Span
from schemagen.source.placed import as_place
from schemagen.source.shorthand import Named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from schemagen.kinds import ForeignKey, Obj
    from schemagen.source.draft import Draft
    from schemagen.source.nodes import Late
    from schemagen.source.placed import Stands

_NOWHERE = Span(0, 0, 0, 0)


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
        run: the table and its parts, as the schema has them.
        has_key: whether the YAML says a primary key.
        mixins: the columns that are from a mixin, each with that one's name.
        pointers: where its foreign keys point.
        stands: gives its objects as they are written, but for foreign keys, and where each stands.

    """

    file: str
    digest: str
    run: list[Obj]
    has_key: bool
    mixins: dict[str, str]
    pointers: list[Pointer]
    stands: Callable[[], list[tuple[Obj, Stands]]] = field(compare=False)

    @property
    def name(self) -> str:
        """The table's name."""
        return self.run[0].name

    def written(self, number: Callable[[str, list[Obj]], int]) -> list[Any]:
        """Give it as JSON has it, with the number of its run."""
        places = {id(obj): place for place, obj in enumerate(self.run)}
        stands = [(places[id(obj)], *as_place(at)) for obj, at in self.stands()]
        files = {file: place for place, file in enumerate(dict.fromkeys(at[1] for at in stands))}
        return [
            self.digest,
            number(self.name, self.run),
            self.has_key,
            self.mixins,
            self.pointers,
            [*files],
            [word for place, file, *rest in stands for word in (place, files[file], *rest)],
        ]

    @classmethod
    def of(cls, file: str, data: Sequence[Any], runs: Sequence[list[Obj]]) -> TableFile:
        """Read what `written` has given."""
        digest, number, has_key, mixins, pointers, *stands = data
        run = runs[number]
        told = [Pointer(table, names, dotted, Place(*at)) for table, names, dotted, at in pointers]
        return cls(file, digest, run, has_key, mixins, told, partial(_stands, run, *stands))


def _stands(
    run: Sequence[Obj], files: Sequence[str], written: Iterable[int]
) -> list[tuple[Obj, Stands]]:
    words = iter(written)
    return [
        (run[place], Place(files[file], line, column, length))
        for place, file, line, column, length in zip(*[words] * 5, strict=True)
    ]


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
    kinds: dict[str, list[Any]] = by_kind(kept.run)
    [said] = kinds.pop("table")
    columns = {column.name: column for column in kinds.pop("column", ())}
    declared = dict.fromkeys(columns, (entry, ""))
    declared.update((name, (entry, mixin)) for name, mixin in kept.mixins.items())
    primary = next(iter(kinds.pop("primary_key", ())), None)
    ends = zip(kinds.pop("foreign_key", ()), kept.pointers, strict=True)
    drafts = [_draft(file, key, pointer, late) for key, pointer in ends]
    parts = {KINDS[kind].section or kind: objects for kind, objects in kinds.items()}
    draft.tables[kept.name] = TableDraft(
        kept.name,
        draft.convention.of(kept.name),
        said,
        declared,
        columns,
        primary,
        kept.has_key,
        drafts,
        parts,
        run=kept.run,
    )
    draft.nodes.recall(kept.name, late, kept.stands)


def _draft(file: str, key: ForeignKey, pointer: Pointer, late: Late) -> ForeignKeyDraft:
    name = Named if pointer.dotted else Scalar
    said = pointer.columns
    columns = None if said is None else [name(file, _NOWHERE, text) for text in said]
    fields = {field: value for field, value in key.__dict__.items() if field != "references"}
    table = Scalar(file, _NOWHERE, pointer.table)
    return ForeignKeyDraft(key.name, fields, table, columns, late, pointer.place, known=key)
