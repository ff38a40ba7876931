"""One way of a revision on one dialect: what to change, from where, with which directions."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar, cast

from schemagen.changes import Alter, Change, Drop, Rename, apply
from schemagen.diff import compare
from schemagen.directions import NONE, Direction, Directions
from schemagen.exprs import serves_both
from schemagen.kinds import Enum, Key, Obj
from schemagen.order import ordered
from schemagen.plan.describe import describe
from schemagen.plan.flat import flat_directions, flat_key
from schemagen.plan.options import PLAIN, Options
from schemagen.plan.physical import physical
from schemagen.plan.steps import Statement, Step
from schemagen.qualified import namespace
from schemagen.records import field, record, replace
from schemagen.renames import collapse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from schemagen.diagnostics import Diagnostic, Place
    from schemagen.schema import Schema

T = TypeVar("T", bound=Obj)


@record(frozen=False, slots=False)
class Context:
    """What the planners of both dialects read; `problems` is what they write.

    Args:
        dialect: `sqlite` or `postgresql`.
        way: `up` or `down`.
        before: the schema to start from, for both dialects.
        after: the schema to reach, for both dialects.
        directions: the directions, under the keys that this way starts or ends with.
        places: where each object of the wanted schema stands.
        problems: decisions that are missing; the plan is not to be used then.
        options: how the plan is to be carried out.
        shadows: the columns whose new type is made beside them, in the order of their changes.
        apart: the tables that have other names on PostgreSQL, where they are in a schema.

    """

    dialect: str
    way: str
    before: Schema
    after: Schema
    directions: Directions
    places: Mapping[Key, Place] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)
    options: Options = PLAIN
    shadows: list[Key] = field(default_factory=list)
    apart: frozenset[str] = frozenset()

    def on(self, dialect: str) -> Context:
        """Give the same way on a dialect."""
        moved = {**self.before.unqualified, **self.after.unqualified}
        if dialect == "sqlite" and moved:
            return replace(
                self,
                dialect=dialect,
                before=self.before.flat,
                after=self.after.flat,
                directions=flat_directions(self.directions, moved),
                places={flat_key(key, moved): place for key, place in self.places.items()},
                apart=frozenset(moved.values()),
            )
        return replace(self, dialect=dialect)

    def quietly(self) -> Context:
        """Give the same way with problems of its own, to look at what would be planned."""
        return replace(self, problems=[])

    @cached_property
    def start(self) -> Schema:
        """The schema to start from, as the dialect stores it."""
        return physical(self.before, self.dialect)

    @cached_property
    def goal(self) -> Schema:
        """The schema to reach, as the dialect stores it."""
        return physical(self.after, self.dialect)

    @cached_property
    def renamed(self) -> Schema:
        """The schema on this dialect once the renames are done."""
        renames = [i for i, change in enumerate(self.changes) if isinstance(change, Rename)]
        return apply(self.start, self.changes[: renames[-1] + 1]) if renames else self.start

    @cached_property
    def changes(self) -> list[Change]:
        """The changes on this dialect, in an order that works."""
        return ordered(compare(self.start, self.goal, self.directions).changes, self.start)

    def direction(self, obj: Obj) -> Direction:
        """Give the directions of an object."""
        return self.directions.get(obj.key, NONE)

    def step(self, change: Change, *code: Statement, remark: str = "") -> Step:
        """Make the step of a change; its comment says what it does and where the YAML says so."""
        comment = describe(change)
        if (place := self.places.get(change.subject.key)) and not isinstance(change, Drop):
            comment = f"{comment} ({place.file}:{place.line})"
        obj = change.subject
        remarks = (remark,) if remark else ()
        table = obj.table or (obj.name if obj.kind == "table" else "")
        return Step(tuple(code), (comment, *remarks), table, change=change)

    def whole(self, obj: T) -> T:
        """Give an object of the goal as it is for both dialects."""
        found = self.after.get(obj.key)
        return cast("T", found) if found is not None else obj

    def shared(self, obj: Obj) -> bool:
        """Say whether one text serves both dialects for an object of the goal."""
        name = obj.table or obj.name
        if name in self.apart or namespace(name):
            return False
        whole = self.whole(obj)
        table = self.after.tables.get(obj.table)
        return serves_both(whole) and (table is None or serves_both(table))

    def text_of(self, obj: T) -> tuple[T, Schema, str | None]:
        """Give what to write an object of the goal from: object, schema, dialect or None."""
        if self.shared(obj):
            return self.whole(obj), self.after, None
        return obj, self.goal, self.dialect


def hints(changes: Iterable[Change], directions: Directions) -> dict[Key, Direction]:
    """Give the directions with exactly the renames of `changes` as hints."""
    bare = {key: _without_hints(direction) for key, direction in directions.items()}
    for change in collapse(changes):
        if isinstance(change, Rename):
            _hint(bare, change.new.key, change.old.name)
    return bare


def hints_back(changes: Iterable[Change], directions: Directions) -> dict[Key, Direction]:
    """Give the directions for the way down: each under the key that the object had before."""
    changes = list(changes)
    renames = [c for c in collapse(changes) if isinstance(c, Rename)]
    tables = {c.new.name: c.old.name for c in renames if c.old.kind == "table"}
    enums = {c.new.name: c.old.name for c in renames if c.old.kind == "enum"}
    owners = {"enum_value": enums}

    def home(key: Key) -> Key:
        return key._replace(table=owners.get(key.kind, tables).get(key.table, key.table))

    old_keys = {c.new.key: home(c.old.key) for c in renames}
    back = {
        old_keys.get(key, home(key)): replace(
            _without_hints(direction), removed=_removed_back(key, direction, changes)
        )
        for key, direction in directions.items()
    }
    for change in renames:
        _hint(back, home(change.old.key), change.new.name)
    for key, direction in directions.items():
        for column, restore in direction.restores.items():
            dropped = Key("column", tables.get(key.name, key.name), column)
            back[dropped] = replace(back.get(dropped, NONE), restore=restore)
    return back


def _removed_back(key: Key, direction: Direction, changes: Iterable[Change]) -> dict[str, str]:
    """Give back the rows of a value that came to take those of a removed one."""
    altered = (c for c in changes if isinstance(c, Alter) and c.new.key == key)
    old = next((c.old for c in altered if isinstance(c.old, Enum)), None)
    known = old.values if old else ()
    back: dict[str, str] = {}
    for gone, new in direction.removed.items():
        if gone in known and new not in known:
            back.setdefault(new, gone)
    return back


def _without_hints(direction: Direction) -> Direction:
    return replace(direction, renamed_from=(), values={})


def _hint(directions: dict[Key, Direction], key: Key, old: str) -> None:
    if key.kind == "enum_value":
        owner = Key("enum", "", key.table)
        known = directions.get(owner, NONE)
        directions[owner] = replace(known, values={**known.values, key.name: (old,)})
    else:
        directions[key] = replace(directions.get(key, NONE), renamed_from=(old,))
