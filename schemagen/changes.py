"""Changes: four verbs over every kind. Each is a value, knows its inverse, and applies itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from schemagen.kinds import Enum, EnumValue, Key, Obj, Table
from schemagen.records import record
from schemagen.schema import Schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@record
class Add:
    """An object comes."""

    new: Obj

    @property
    def subject(self) -> Obj:
        """The object to speak of."""
        return self.new

    def invert(self) -> Drop:
        """Take it back."""
        return Drop(self.new)

    def carry_out(self, objects: Objects) -> Objects:
        """Put the object after all others."""
        objects[self.new.key] = self.new
        return objects


@record
class Drop:
    """An object goes."""

    old: Obj

    @property
    def subject(self) -> Obj:
        """The object to speak of."""
        return self.old

    def invert(self) -> Add:
        """Take it back."""
        return Add(self.old)

    def carry_out(self, objects: Objects) -> Objects:
        """Take the object out."""
        objects.pop(self.old.key, None)
        return objects


@record
class Alter:
    """An object keeps its key and changes."""

    old: Obj
    new: Obj

    @property
    def subject(self) -> Obj:
        """The object to speak of."""
        return self.new

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the fields that differ."""
        names = type(self.new).model_fields
        return tuple(n for n in names if getattr(self.old, n) != getattr(self.new, n))

    def invert(self) -> Alter:
        """Take it back."""
        return Alter(self.new, self.old)

    def carry_out(self, objects: Objects) -> Objects:
        """Put the new object in the old one's place."""
        if self.old.key in objects:
            objects[self.old.key] = self.new
        return objects


@record
class Rename:
    """An object keeps everything but its name.

    Args:
        old: the object before; `new` differs from it in the name alone.
        new: the object after. Where it refers to itself (a check's column), `carried` says so.
        carried: the dependants that the databases change along with it, both sides written out,
            under their keys after the rename.

    """

    old: Obj
    new: Obj
    carried: tuple[Alter, ...] = ()

    @property
    def subject(self) -> Obj:
        """The object to speak of."""
        return self.new

    def invert(self) -> Rename:
        """Take it back; dependants are found under the keys they had before."""
        back = tuple(self._before(alter) for alter in self.carried)
        return Rename(self.new, self.old, back)

    def _before(self, alter: Alter) -> Alter:
        if not isinstance(self.old, Table) or alter.new.table != self.new.name:
            return alter.invert()
        home = {"table": self.old.name}
        return Alter(alter.new.model_copy(update=home), alter.old.model_copy(update=home))

    def carry_out(self, objects: Objects) -> Objects:
        """Put the object under its new name, in its place, and let its dependants follow."""
        moved = self._moved_all(objects)
        for alter in self.carried:
            if alter.new.key in moved:
                moved[alter.new.key] = alter.new
        return moved

    def _moved_all(self, objects: Objects) -> Objects:
        if isinstance(self.old, (Table, EnumValue)):
            return {obj.key: obj for obj in map(self._moved, objects.values())}
        old, new = self.old.key, self.new.key
        if old not in objects:
            return objects
        return {new if key == old else key: obj for key, obj in objects.items()} | {new: self.new}

    def _moved(self, obj: Obj) -> Obj:
        if obj.key == self.old.key:
            return self.new
        if isinstance(self.old, EnumValue) and obj.key == Key("enum", "", self.old.table):
            return with_value(obj, self.old.name, self.new.name)
        if isinstance(self.old, Table) and obj.table == self.old.name:
            return obj.model_copy(update={"table": self.new.name})
        return obj


Change: TypeAlias = Add | Drop | Alter | Rename
Objects: TypeAlias = dict[Key, Obj]


def with_value(enum: Obj, old: str, new: str) -> Obj:
    """Give an enum with one of its values renamed in place."""
    assert isinstance(enum, Enum)  # noqa: S101 - its key says so
    return enum.model_copy(update={"values": tuple(new if v == old else v for v in enum.values)})


def carry(schema: Schema, old: Obj, new_name: str) -> Rename:
    """Make the Rename of `old`, with every dependant in `schema` that follows."""
    bare = Rename(old, old.model_copy(update={"name": new_name}))
    moved = apply(schema, (bare,))
    alters = (Alter(obj, obj.follow(old.key, new_name)) for obj in moved)
    return Rename(bare.old, bare.new, tuple(a for a in alters if a.old != a.new))


def apply(schema: Schema, changes: Iterable[Change]) -> Schema:
    """Apply changes one after the other."""
    objects = dict(schema.objects)
    for change in changes:
        objects = change.carry_out(objects)
    return Schema.of(objects)


class Walk:
    """The schemas on the way of changes, each worked out from the one before it.

    Args:
        start: the schema before them.
        changes: in their order.

    """

    def __init__(self, start: Schema, changes: Sequence[Change]) -> None:
        """Begin at the start."""
        self._start = start
        self._changes = changes
        self._at = 0
        self._objects = dict(start.objects)

    def before(self, at: int) -> Schema:
        """Give the schema before the change at a place; to go forward is cheap."""
        if at < self._at:
            self._at, self._objects = 0, dict(self._start.objects)
        for change in self._changes[self._at : at]:
            self._objects = change.carry_out(self._objects)
        self._at = at
        return Schema.of(dict(self._objects))


def invert(changes: Iterable[Change]) -> list[Change]:
    """Give the way back: the inverses, last first."""
    return [change.invert() for change in reversed(list(changes))]
