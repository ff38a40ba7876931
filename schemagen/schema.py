"""A schema: an immutable set of objects, each found by its key."""

from __future__ import annotations

from functools import cached_property, partial
from itertools import groupby, islice
from typing import TYPE_CHECKING, TypeVar, cast

from schemagen import qualified
from schemagen.fingerprint import fingerprint
from schemagen.kinds import (
    Check,
    Column,
    Enum,
    Exclusion,
    ForeignKey,
    Index,
    Key,
    Namespace,
    Obj,
    PrimaryKey,
    Sequence,
    Table,
    Unique,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

T = TypeVar("T", bound=Obj)
Runs = list[tuple[str, list[Obj]]]
_key: Callable[[tuple[str, str, str]], Key] = partial(tuple.__new__, Key)


def _home(obj: Obj) -> str:
    """Name the table that an object is, or belongs to."""
    return obj.name if obj.kind == "table" else obj.table


def _apart(home: str, objects: list[Obj]) -> Iterable[Obj]:
    """Give the objects that are part of no table: all that are in none, and the table itself."""
    apart = (obj for obj in objects if not obj.table)
    return islice(apart, 1) if home else apart


def by_kind(objects: Iterable[Obj]) -> dict[str, list[Obj]]:
    """Sort objects by their kinds."""
    found: dict[str, list[Obj]] = {}
    for obj in objects:
        found.setdefault(obj.kind, []).append(obj)
    return found


def _by_key(objects: Iterable[Obj]) -> dict[Key, Obj]:
    return {_key((obj.kind, obj.table, obj.name)): obj for obj in objects}


class View:
    """One table with its parts, in the order in which they were written."""

    def __init__(self, table: Table, objects: Iterable[Obj]) -> None:
        """Keep the table, and the objects that are it and its parts."""
        self.table = table
        self._objects = objects

    @cached_property
    def parts(self) -> tuple[Obj, ...]:
        """The parts."""
        return tuple(obj for obj in self._objects if obj.table)

    @property
    def name(self) -> str:
        """The table's name."""
        return self.table.name

    @cached_property
    def _kinds(self) -> dict[str, list[Obj]]:
        return by_kind(self.parts)

    def _of(self, kind: type[T]) -> tuple[T, ...]:
        return cast("tuple[T, ...]", tuple(self._kinds.get(kind.kind, ())))

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns, in order."""
        return self._of(Column)

    @cached_property
    def column_names(self) -> tuple[str, ...]:
        """The columns' names, in order."""
        return tuple(column.name for column in self.columns)

    @cached_property
    def _by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}

    @cached_property
    def primary_key(self) -> PrimaryKey | None:
        """The primary key, if there is one."""
        return next(iter(self._of(PrimaryKey)), None)

    @cached_property
    def foreign_keys(self) -> tuple[ForeignKey, ...]:
        """The foreign keys."""
        return self._of(ForeignKey)

    @cached_property
    def uniques(self) -> tuple[Unique, ...]:
        """The unique constraints."""
        return self._of(Unique)

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        """The checks, those of enums included."""
        return self._of(Check)

    @cached_property
    def exclusions(self) -> tuple[Exclusion, ...]:
        """The exclusion constraints."""
        return self._of(Exclusion)

    @cached_property
    def indexes(self) -> tuple[Index, ...]:
        """The indexes."""
        return self._of(Index)

    def column(self, name: str) -> Column | None:
        """Give a column by its name."""
        return self._by_name.get(name)

    def unique_over(self, columns: tuple[str, ...]) -> list[Key]:
        """Give the key objects that make exactly these columns unique, in any order."""
        wanted = sorted(columns)
        keys = (self.primary_key,) if self.primary_key else ()
        found = [obj.key for obj in (*keys, *self.uniques) if sorted(obj.columns) == wanted]
        indexes = [index for index in self.indexes if index.unique]
        return found + [i.key for i in indexes if sorted(i.plain_columns or ()) == wanted]

    @property
    def fingerprint(self) -> str:
        """A hash of the table and all its parts; their order does not count."""
        return fingerprint((self.table, *self.parts))


class Schema:
    """An immutable set of objects. Two schemas are equal when their objects are, in any order."""

    def __init__(self, objects: Iterable[Obj] = ()) -> None:
        """Collect objects; a later one of the same key replaces an earlier one, in its place."""
        self.objects = _by_key(objects)

    @classmethod
    def of(cls, objects: Mapping[Key, Obj]) -> Schema:
        """Make a schema of objects by their keys. The mapping is the schema's from now on."""
        made = cls.__new__(cls)
        made.objects = objects
        return made

    @classmethod
    def of_runs(cls, runs: Runs, same: Schema | None = None) -> Schema:
        """Make a schema of objects, which are sorted by their keys as far as they are looked for.

        Args:
            runs: the objects in order, no two of one key, all that follow each other in one table
                together: the name of the table, which is one of them, or "" for what is in none,
                and the objects. The lists are the schema's, and may be another's, too.
            same: a schema that has the same objects, in whatever order.

        """
        made = cls.__new__(cls)
        made.__dict__.update(_runs=runs, _same=same)
        return made

    @cached_property
    def objects(self) -> Mapping[Key, Obj]:
        """The objects by their keys, in order."""
        return _by_key(self)

    @cached_property
    def homes(self) -> dict[str, list[Obj]]:
        """What is in each table, and that, and under "" what is in none; lists to look at alone."""
        found: dict[str, list[Obj]] = {}
        for home, objects in self.runs():
            found[home] = found[home] + objects if home in found else objects
        return found

    @cached_property
    def _known(self) -> dict[str, dict[Key, Obj]]:
        return {}

    def _near(self, key: Key) -> Mapping[Key, Obj]:
        """Give objects by their keys, this one among them if it is there."""
        if "objects" in self.__dict__:
            return self.objects
        home = key.name if key.kind == "table" else key.table
        if home not in self._known:
            self._known[home] = _by_key(self.homes.get(home, ()))
        return self._known[home]

    def beside(self, other: Schema) -> tuple[Mapping[Key, Obj], Mapping[Key, Obj]]:
        """Give both schemas' objects by their keys, without tables that are the same at a glance.

        Args:
            other: the other schema.

        Returns:
            The objects of this one and those of the other, each in its order.

        """
        if not all("_runs" in each.__dict__ for each in (self, other)):
            return self.objects, other.objects
        theirs = other.homes
        same = {home for home, found in self.homes.items() if theirs.get(home) is found}
        if not same:
            return self.objects, other.objects
        mine, others = (
            _by_key(obj for home, found in each.runs() if home not in same for obj in found)
            for each in (self, other)
        )
        return mine, others

    def __reduce__(self) -> tuple[type[Schema], tuple[list[Obj]]]:
        """Be pickled by the objects alone."""
        return Schema, (list(self),)

    @cached_property
    def _runs(self) -> Runs:
        return [(home, list(found)) for home, found in groupby(self.objects.values(), _home)]

    def runs(self) -> Runs:
        """Give the objects in order, as `of_runs` takes them."""
        return self._runs

    def is_known_as(self, other: Schema) -> bool:
        """Say at a glance whether another schema has the same objects; it may though it is not."""
        return self is other or self.__dict__.get("_same") is other

    def __contains__(self, key: Key | None) -> bool:
        """Say whether an object of this key is there."""
        return key is not None and key in self._near(key)

    def __getitem__(self, key: Key) -> Obj:
        """Give the object of this key. Raises KeyError."""
        return self._near(key)[key]

    def __iter__(self) -> Iterator[Obj]:
        """Go through the objects in order."""
        if "_runs" in self.__dict__:
            return (obj for _, found in self._runs for obj in found)
        return iter(self.objects.values())

    def __len__(self) -> int:
        """Count the objects."""
        if "_runs" in self.__dict__:
            return sum(len(found) for _, found in self._runs)
        return len(self.objects)

    def __eq__(self, other: object) -> bool:
        """Compare as sets of objects."""
        return isinstance(other, Schema) and self.objects == other.objects

    def __hash__(self) -> int:
        """Hash by the keys."""
        return hash(frozenset(self.objects))

    def get(self, key: Key) -> Obj | None:
        """Give the object of this key, or None."""
        return self._near(key).get(key)

    @cached_property
    def tables(self) -> dict[str, Table]:
        """The tables by name."""
        return {table.name: table for table in self._of(Table)}

    @cached_property
    def enums(self) -> dict[str, Enum]:
        """The enums by name."""
        return {enum.name: enum for enum in self._of(Enum)}

    @cached_property
    def sequences(self) -> dict[str, Sequence]:
        """The sequences by name."""
        return {sequence.name: sequence for sequence in self._of(Sequence)}

    @cached_property
    def namespaces(self) -> tuple[str, ...]:
        """The names of the schemas of PostgreSQL, beside the one that is found first."""
        return tuple(namespace.name for namespace in self._of(Namespace))

    @cached_property
    def _kinds(self) -> dict[str, list[Obj]]:
        return by_kind(obj for home, found in self.runs() for obj in _apart(home, found))

    def _of(self, kind: type[T]) -> list[T]:
        return cast("list[T]", self._kinds.get(kind.kind, []))

    @cached_property
    def _views(self) -> dict[str, View]:
        return {}

    def view(self, table: str) -> View:
        """Give one table with its parts. Raises KeyError."""
        if table not in self._views:
            self._views[table] = View(self.tables[table], self.homes[table])
        return self._views[table]

    def views(self) -> Iterator[View]:
        """Go through the tables, in order."""
        return (self.view(name) for name in self.tables)

    @cached_property
    def _of_enums(self) -> dict[Key, list[Column]]:
        found: dict[Key, list[Column]] = {}
        for obj in self:
            if isinstance(obj, Column) and (enum := obj.enum(self)):
                found.setdefault(enum, []).append(obj)
        return found

    def columns_of(self, enum: str) -> list[Column]:
        """Give every column whose type is the enum, or an array of it."""
        return self._of_enums.get(Key("enum", "", enum), [])

    @cached_property
    def made(self) -> dict[object, Schema]:
        """What was made of this schema: under a dialect, as that has it; under others, theirs."""
        return {}

    def on(self, dialect: str) -> Schema:
        """Give the schema as `dialect` has it: overrides laid over, the other's objects gone."""
        if dialect not in self.made:
            whole = self.flat if dialect == "sqlite" else self
            left_out = {t.name for t in whole.tables.values() if not t.exists_on(dialect)}
            self.made[dialect] = Schema(
                obj.on(dialect)
                for obj in whole
                if obj.exists_on(dialect) and (obj.table or obj.name) not in left_out
            )
        return self.made[dialect]

    @cached_property
    def flat(self) -> Schema:
        """The schema with the names that its tables have on SQLite, which knows no schemas."""
        moved = self.unqualified
        return Schema(flattened(obj, moved) for obj in self) if moved else self

    @cached_property
    def unqualified(self) -> dict[str, str]:
        """The tables' names on SQLite by those of PostgreSQL, where the two differ."""
        there = (t.name for t in self.tables.values() if t.exists_on("sqlite"))
        return {name: qualified.bare(name) for name in there if qualified.namespace(name)}

    def on_sqlite(self, obj: T) -> T:
        """Give an object of the schema in the terms of `flat`."""
        return cast("T", flattened(obj, self.unqualified)) if self.unqualified else obj

    def missing(self) -> list[tuple[Obj, Key]]:
        """Give every need that is not met, with the object that has it."""
        return [(obj, key) for obj in self for key in obj.needs(self) if key not in self]


def flattened(obj: Obj, moved: Mapping[str, str]) -> Obj:
    """Give an object with the names that tables have on SQLite, `moved`, by those elsewhere."""
    if isinstance(obj, ForeignKey) and obj.references.table in moved:
        there = obj.references.table
        obj = obj.follow(Key("table", "", there), moved[there])
    if isinstance(obj, Table) and obj.name in moved:
        return obj.model_copy(update={"name": moved[obj.name]})
    return obj.model_copy(update={"table": moved[obj.table]}) if obj.table in moved else obj
