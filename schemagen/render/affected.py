"""The tables whose modules of the models can differ between two schemas.

A module is made from its table, from the enums of its columns, and from its relationships. Those
are named with regard to the ones beside them, in this class and in the classes that they lead to.
So a change is followed along the foreign keys as far as a name or an option really differs, and no
further: what most changes do to the rest of the schema is nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.changes import Alter, Rename
from schemagen.kinds import Column, ForeignKey, Key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from schemagen.changes import Change
    from schemagen.kinds import Obj
    from schemagen.render.mapped import Mapped
    from schemagen.render.names import Names
    from schemagen.render.relationships import Relationships


def affected(changes: Iterable[Change], old: Relationships, new: Relationships) -> set[str]:
    """Give the tables whose modules can differ, or that only one of the schemas has.

    Args:
        changes: what leads from one schema to the other, dependants of renames included.
        old: the relationships before.
        new: the relationships after.

    """
    found = _touched(changes) | _of_enums(old, new) | _named_anew(old, new)
    found |= _in_another_order(old.mapped, new.mapped)
    if old.late is not new.late:
        found |= {key.table for key in {*old.late()} ^ {*new.late()}}
    return found | _related(old, new, found)


def _touched(changes: Iterable[Change]) -> set[str]:
    return {obj.table or obj.name for change in changes for obj in subjects(change)}


def subjects(change: Change) -> Iterator[Obj]:
    """Give the objects that a change is about, before and after, with those that follow it."""
    yield change.subject
    if isinstance(change, (Alter, Rename)):
        yield change.old
    for alter in change.carried if isinstance(change, Rename) else ():
        yield from (alter.old, alter.new)


def _of_enums(old: Relationships, new: Relationships) -> set[str]:
    """Give the tables that have a column of an enum that differs, or that is called otherwise."""
    names = {*old.schema.enums, *new.schema.enums}
    enums = [name for name in names if _enum(name, old) != _enum(name, new)]
    sides = (old.schema, new.schema)
    return {c.table for enum in enums for side in sides for c in side.columns_of(enum)}


def _enum(name: str, side: Relationships) -> tuple[object, ...]:
    given = side.names
    return side.schema.enums.get(name), given.enums.get(name), given.members.get(name)


def _named_anew(old: Relationships, new: Relationships) -> set[str]:
    """Give the tables whose class or module is called otherwise, and those that have its name."""
    if _called(old.names) == _called(new.names):
        return set()
    sides = (old, new)
    tables = {*old.mapped.tables, *new.mapped.tables}
    moved = {t for t in tables if _of(t, old.names) != _of(t, new.names)}
    near = {t for side in sides for table in moved for t in _near(table, side)}
    words = old.names.bearers ^ new.names.bearers  # that a column can have no more, or can again
    columns = (obj for side in sides for obj in side.schema if isinstance(obj, Column))
    return moved | near | {column.table for column in columns if column.name in words}


def _called(names: Names) -> tuple[Mapping[str, str], ...]:
    return names.classes, names.modules, names.enums


def _of(table: str, names: Names) -> tuple[str | None, str | None]:
    return names.classes.get(table), names.modules.get(table)


def _near(table: str, side: Relationships) -> Iterator[str]:
    yield from side.sources(table)
    yield from (key.references.table for key in side.keys(table))


def _in_another_order(old: Mapped, new: Mapped) -> set[str]:
    """Give the tables whose parts are written in another order."""
    both = ((t, old.parts(t), new.parts(t)) for t in new.tables if t in old.tables)
    return {t for t, was, now in both if was is not now and _names(was) != _names(now)}


def _names(parts: list[Obj]) -> list[tuple[str, str]]:
    return [(obj.kind, obj.name) for obj in parts if obj.table]


def _related(old: Relationships, new: Relationships, touched: AbstractSet[str]) -> set[str]:
    """Give the tables whose relationships differ.

    What the touched ones refer to by a key that is new, gone, or would like other names; and both
    ends of the keys that have relationships which differ.
    """
    wished = {t for table in touched for t in _wishing_otherwise(old, new, table)}
    found = set(wished)
    for table in _with_other_names(old, new, wished.union(touched)):
        for key in _either(old.keys(table), new.keys(table)):
            one, two = (_ends(side, key) for side in (old, new))
            if one[0] != two[0]:
                found.add(table)
            if one[1] != two[1]:
                found |= {k.references.table for side in (old, new) for k in _of_key(side, key)}
    return found


def _ends(side: Relationships, key: Key) -> tuple[object, object]:
    """Give both relationships of a key, as far as it has them there."""
    return next(((side.to_one(k), side.to_many(k)) for k in _of_key(side, key)), (None, None))


def _of_key(side: Relationships, key: Key) -> list[ForeignKey]:
    return [k for k in side.keys(key.table) if k.key == key]


def _either(olds: Iterable[ForeignKey], news: Iterable[ForeignKey]) -> list[Key]:
    return list(dict.fromkeys(key.key for key in (*olds, *news)))


def _with_other_names(old: Relationships, new: Relationships, again: AbstractSet[str]) -> set[str]:
    """Add to some tables those with a key that has another name in one of them than before."""
    found = set(again)
    for table in again:
        was, now = ({k.key: side.many(k) for k in side.into(table)} for side in (old, new))
        found |= {key.table for key, _ in was.items() ^ now.items()}
    return found


def _wishing_otherwise(old: Relationships, new: Relationships, table: str) -> set[str]:
    """Give the tables in whose classes the keys of a table want other names than before."""
    mine = ([(k, side.wishes(k)) for k in side.keys(table)] for side in (old, new))
    was, now = ([(k.references.table, k.key, said) for k, said in wishes] for wishes in mine)
    targets = {there for there, _, _ in (*was, *now)}
    return {t for t in targets if [w for w in was if w[0] == t] != [w for w in now if w[0] == t]}
