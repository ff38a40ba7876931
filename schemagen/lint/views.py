"""What rules look at when they look at the schema or at a diff."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from schemagen.changes import Add, Alter, Drop, Rename
from schemagen.directions import NONE, Direction, Directions
from schemagen.kinds import (
    Check,
    Column,
    Enum,
    EnumValue,
    ForeignKey,
    Key,
    Obj,
    PrimaryKey,
    Unique,
)
from schemagen.records import field, record
from schemagen.renames import collapse
from schemagen.schema import Schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from schemagen.changes import Change
    from schemagen.diagnostics import Place
    from schemagen.schema import View

T = TypeVar("T", bound=Obj)
# What may change in an object while every row that kept its rule still does.
_NO_RULES = frozenset({"on_delete", "on_update", "deferrable", "include", "with_", "using"})


@record(slots=False)
class SchemaView:
    """The schema as the YAML has it.

    Args:
        schema: for both databases; `on(dialect)` gives one.
        directions: what the YAML says about how to get there.
        places: where each object stands.

    """

    schema: Schema
    directions: Directions = field(default_factory=dict)
    places: Mapping[Key, Place] = field(default_factory=dict)

    @cached_property
    def postgresql(self) -> Schema:
        """The schema as PostgreSQL has it."""
        return self.schema.on("postgresql")

    @cached_property
    def sqlite(self) -> Schema:
        """The schema as SQLite has it."""
        return self.schema.on("sqlite")


@record(slots=False)
class DiffView:
    """What leads from one schema to another, on one database.

    Args:
        dialect: the database; both schemas are as it has them.
        before: the schema to start from.
        after: the schema to reach.
        changes: the fewest changes, renames first, as `diff.compare` gives them.
        directions: what the YAML says about how to get there, under the keys of `after`.
        whole: the schema to reach, for both databases.
        whole_before: the schema to start from, for both databases.
        whole_changes: what leads from one to the other.
        rebuilt: the tables that SQLite makes anew, copying their rows.
        online: whether revisions are written for a PostgreSQL that is in use.

    """

    dialect: str
    before: Schema
    after: Schema
    changes: Sequence[Change]
    directions: Directions = field(default_factory=dict)
    whole: Schema = field(default_factory=Schema)
    whole_before: Schema = field(default_factory=Schema)
    whole_changes: Sequence[Change] = ()
    rebuilt: frozenset[str] = frozenset()
    online: bool = True

    @property
    def is_postgresql(self) -> bool:
        """Say whether it is PostgreSQL that changes."""
        return self.dialect == "postgresql"

    @cached_property
    def collapsed(self) -> list[Change]:
        """The changes as a person says them: no rename through a temporary name.

        A key or unique that comes under another name over the same columns has changed.
        """
        changes = collapse(self.changes)
        olds = {_over(c.old): c.old for c in changes if isinstance(c, Drop) and _over(c.old)}
        news = {_over(c.new) for c in changes if isinstance(c, Add)}
        shown: list[Change] = []
        for change in changes:
            if isinstance(change, Add) and (old := olds.get(_over(change.new))):
                shown.append(Alter(old.model_copy(update={"name": change.new.name}), change.new))
            elif not isinstance(change, Drop) or _over(change.old) not in news - {()}:
                shown.append(change)
        return shown

    @cached_property
    def fresh(self) -> frozenset[str]:
        """The names of the tables that come with this diff: no row is in them."""
        return frozenset(c.new.name for c in self.collapsed if isinstance(c, Add) and _table(c.new))

    @cached_property
    def gone(self) -> frozenset[str]:
        """The names of the tables that go with this diff."""
        return frozenset(
            c.old.name for c in self.collapsed if isinstance(c, Drop) and _table(c.old)
        )

    def added(self, kind: type[T]) -> Iterator[T]:
        """Give the objects of a kind that come to tables that exist, and new tables."""
        for change in self.collapsed:
            new = change.new if isinstance(change, Add) else None
            if isinstance(new, kind) and new.table not in self.fresh:
                yield new

    def dropped(self, kind: type[T]) -> Iterator[T]:
        """Give the objects of a kind that go from tables that stay, and dropped tables."""
        for change in self.collapsed:
            old = change.old if isinstance(change, Drop) else None
            if isinstance(old, kind) and old.table not in self.gone:
                yield old

    def altered(self, kind: type[T]) -> Iterator[tuple[T, T]]:
        """Give the objects of a kind that change, before (under the new name) and after."""
        for change in self.collapsed:
            if isinstance(change, Alter):
                old, new = change.old, change.new
                if isinstance(old, kind) and isinstance(new, kind):
                    yield old, new

    def renamed(self, kind: type[T]) -> Iterator[tuple[T, T]]:
        """Give the objects of a kind that are renamed, before and after."""
        for change in self.collapsed:
            if isinstance(change, Rename):
                old, new = change.old, change.new
                if isinstance(old, kind) and isinstance(new, kind):
                    yield old, new

    def redefined(self, kind: type[T]) -> Iterator[T]:
        """Give the objects of a kind whose rule for rows is new for a table that exists."""
        yield from self.added(kind)
        for old, new in self.altered(kind):
            if not _NO_RULES.issuperset(Alter(old, new).fields):
                yield new

    @cached_property
    def removed_values(self) -> list[tuple[Enum, str]]:
        """The values that go from enums, those that are held as text too."""
        return [(new, v) for old, new in self._enums for v in old.values if v not in new.values]

    @cached_property
    def added_values(self) -> list[tuple[Enum, str]]:
        """The values that come to enums, those that are held as text too."""
        return [(new, v) for old, new in self._enums for v in new.values if v not in old.values]

    @cached_property
    def _enums(self) -> list[tuple[Enum, Enum]]:
        alters = [c for c in collapse(self.whole_changes) if isinstance(c, Alter)]
        pairs = [(c.old, c.new) for c in alters]
        return [(o, n) for o, n in pairs if isinstance(o, Enum) and isinstance(n, Enum)]

    @cached_property
    def renamed_values(self) -> list[tuple[Enum, str, str]]:
        """The values of enums that are renamed: enum, new name, old name."""
        found = [c for c in collapse(self.whole_changes) if isinstance(c, Rename)]
        return [
            (self.whole.enums[c.new.table], c.new.name, c.old.name)
            for c in found
            if isinstance(c.new, EnumValue) and c.new.table in self.whole.enums
        ]

    def is_of_enum(self, obj: Obj) -> bool:
        """Say whether an object is the check that holds an enum's values."""
        was = obj.key._replace(table=self.table_was(obj.table))
        known = (self.whole.get(obj.key), self.whole_before.get(was), obj)
        return any(isinstance(each, Check) and each.enum for each in known)

    def old_columns(self, obj: Obj) -> list[Key]:
        """Give the columns of its own table that an object speaks of and that exist before."""
        keys = obj.needs(self.after)
        mine = (key for key in keys if key.kind == "column" and key.table == obj.table)
        return [key for key in mine if not self.is_new(key)]

    def keeps_columns(self, obj: Obj) -> bool:
        """Say whether all columns that a dropped object speaks of stay."""
        both = Schema((*self.before, *self.after))
        mine = (key for key in obj.needs(both) if key.kind == "column" and key.table == obj.table)
        return all(key in self.after for key in mine)

    def direction(self, obj: Obj) -> Direction:
        """Give the directions of an object."""
        return self.directions.get(obj.key, NONE)

    def table(self, name: str) -> View:
        """Give a table of the wanted schema with its parts."""
        return self.after.view(name)

    def is_new(self, column: Key) -> bool:
        """Say whether a column, or its table, comes with this diff."""
        return column in self._new

    @cached_property
    def was(self) -> Mapping[Key, Key]:
        """The keys that renamed tables and columns had before, under those that they have now."""
        pairs = ((c.old.key, c.new.key) for c in self.collapsed if isinstance(c, Rename))
        return {new: old for old, new in pairs if new.kind in ("table", "column")}

    def table_was(self, name: str) -> str:
        """Give the name that a table has before."""
        return self.was.get(Key("table", "", name), Key("table", "", name)).name

    @cached_property
    def _new(self) -> frozenset[Key]:
        come = (c.new for c in self.collapsed if isinstance(c, Add))
        return frozenset(obj.key for obj in come if isinstance(obj, Column))


def _over(obj: Obj) -> tuple[object, ...]:
    """Give what a key or unique is over; nothing for other objects."""
    if not isinstance(obj, (ForeignKey, PrimaryKey, Unique)):
        return ()
    to = obj.references if isinstance(obj, ForeignKey) else None
    return obj.kind, obj.table, obj.columns, to and (to.table, to.columns)


def _table(obj: Obj) -> bool:
    return obj.kind == "table"
