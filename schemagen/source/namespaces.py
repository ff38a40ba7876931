"""Names that are taken: relations of PostgreSQL share one space, constraints one per table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import qualified
from schemagen.kinds import (
    Check,
    Column,
    Enum,
    Exclusion,
    ForeignKey,
    Obj,
    PrimaryKey,
    Sequence,
    Table,
    Unique,
    once,
)
from schemagen.kinds.sequence import sequence_name
from schemagen.source.placed import as_place
from schemagen.types import DIALECTS, SERIAL

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from schemagen.diagnostics import Place
    from schemagen.schema import Schema
    from schemagen.source.draft import Draft, TableDraft

# What PostgreSQL adds to every table by itself.
_SYSTEM = frozenset({"ctid", "xmin", "xmax", "cmin", "cmax", "tableoid"})
_CONSTRAINTS = frozenset({"check", "exclusion", "foreign_key", "primary_key", "unique"})
_RELATIONS = frozenset({"table", "index", "sequence", "enum", "primary_key", "unique", "exclusion"})


def check_names(draft: Draft, schema: Schema) -> None:
    """Complain of two objects of one name, on the dialect where they meet."""
    if draft.problems.sorted() or _may_clash(draft):  # with a mistake, not all of them are here
        _compare(draft, schema)


def _may_clash(draft: Draft) -> bool:
    """Say at a glance whether names have to be compared one by one.

    Each is taken as the dialect has it that is less exact, and all objects as being on both.
    """
    relations = [*draft.enums, *draft.sequences]
    has_sequence = once(_has_sequence)
    for table in draft.tables.values():
        columns = {*map(str.lower, table.declared)}
        if len(columns) < len(table.declared) or not _SYSTEM.isdisjoint(columns):
            return True
        constraints, own = _named(table)
        if _are_alike(constraints):
            return True
        relations += own
        relations.append(qualified.bare(table.name))
        # What is remembered has nothing notable; what comes with a sequence is that.
        for obj in filter(has_sequence, table.notable or table.columns.values()):
            relations.append(sequence_name(table.name, obj.name))
    return _are_alike(relations)


def _named(table: TableDraft) -> tuple[list[str], list[str]]:
    """Give the names of a table's constraints, and those of what PostgreSQL has beside it."""
    constraints, relations = [key.name for key in table.keys], []
    if table.primary_key is not None:
        constraints.append(table.primary_key.name)
        relations.append(table.primary_key.name)
    for objects in filter(None, table.parts.values()):
        names, kind = [obj.name for obj in objects], objects[0].kind
        if kind in _CONSTRAINTS:
            constraints += names
        if kind in _RELATIONS:
            relations += names
    return constraints, relations


def _are_alike(names: list[str]) -> bool:
    """Say whether two of the names are the same to SQLite."""
    return len({*map(str.lower, names)}) < len(names)


def _has_sequence(obj: Obj) -> bool:
    """Say whether PostgreSQL may make a sequence for a column."""
    return isinstance(obj, Column) and bool(obj.postgresql or obj.type in SERIAL)


def _compare(draft: Draft, schema: Schema) -> None:
    placed = [(obj, as_place(at)) for obj, at, _ in draft.nodes.all()]
    keys: dict[Hashable, tuple[Obj, Place]] = {}
    for obj, there in placed:
        # The key is the identity, on whichever dialect the object is.
        other = keys.setdefault(obj.key, (obj, there))
        if other[0] is not obj:
            _clash(draft, obj, there, *other)
    for dialect in DIALECTS:
        taken: dict[Hashable, tuple[Obj, Place]] = {}
        for obj, there in placed:
            owner = schema.tables.get(obj.table)
            if obj.exists_on(dialect) and (owner is None or owner.exists_on(dialect)):
                _take(draft, taken, obj, there, dialect)


def _take(
    draft: Draft,
    taken: dict[Hashable, tuple[Obj, Place]],
    obj: Obj,
    place: Place,
    dialect: str,
) -> None:
    if isinstance(obj, Column) and obj.name.lower() in _SYSTEM:
        message = f"{obj.name!r} is a column that PostgreSQL adds to every table"
        draft.reader.error("N004", message, place, help="choose another name")
        return
    for space in _spaces(obj, dialect):
        other = taken.setdefault(space, (obj, place))
        if other[0] is not obj:
            _clash(draft, obj, place, *other)
            return


def _spaces(obj: Obj, dialect: str) -> Iterator[Hashable]:
    """Give the names that an object takes up; SQLite does not tell upper case from lower."""
    name = qualified.beside(obj.table, obj.name)
    if dialect == "sqlite":
        name = _flat(obj).lower()
    if isinstance(obj, Column):
        yield "column", obj.table, obj.name.lower() if dialect == "sqlite" else obj.name
    if isinstance(obj, (Check, Exclusion, ForeignKey, PrimaryKey, Unique)):
        yield "constraint", obj.table, obj.name
    if isinstance(obj, Enum):
        # A native enum is a type, and PostgreSQL makes a type for every table.
        yield ("type" if obj.storage or dialect == "sqlite" else "relation"), name
    elif isinstance(obj, Column) and dialect == "postgresql" and obj.on(dialect).is_serial:
        yield "relation", sequence_name(obj.table, obj.name)
    elif obj.kind in ("table", "index", "sequence") or (
        isinstance(obj, (PrimaryKey, Unique, Exclusion)) and dialect == "postgresql"
    ):
        yield "relation", name


def _flat(obj: Obj) -> str:
    """Give the name that SQLite has for it, which knows no schemas."""
    return obj.name if obj.table or isinstance(obj, Enum) else qualified.bare(obj.name)


def _clash(draft: Draft, obj: Obj, place: Place, other: Obj, first: Place) -> None:
    message = f"{_called(obj)} {obj.name!r} has the name of {_called(other)} in {first}"
    way_out = "give one of them another name"
    if obj.name != other.name or obj.table != other.table:
        way_out = _to_sqlite(obj, other, way_out)
    if not isinstance(obj, (Table, Column, Enum, Sequence)):
        way_out += ", with name: or under another key"
    draft.reader.error("N002", message, place, help=way_out)


def _to_sqlite(obj: Obj, other: Obj, way_out: str) -> str:
    """Say what is peculiar to SQLite, if it is: there are no schemas, and no capital letters."""
    apart = [qualified.namespace(each.table or each.name) for each in (obj, other)]
    if apart[0] != apart[1]:
        return f"SQLite has no schemas; {way_out}, or keep one to PostgreSQL: only: postgresql"
    return f"to SQLite they are the same; {way_out}" if obj.name != other.name else way_out


def _called(obj: Obj) -> str:
    word = "the check of an enum column" if isinstance(obj, Check) and obj.enum else ""
    return word or obj.kind.replace("_", " ")
