"""Relationships between models: two for each foreign key, one on either side."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from schemagen.expr import Call, Expr, call
from schemagen.records import record
from schemagen.render.identifiers import ascii_word, singular_word
from schemagen.types import DIALECTS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from schemagen.kinds import Column, ForeignKey, Key
    from schemagen.render.mapped import Mapped
    from schemagen.render.names import Names
    from schemagen.schema import Schema, View


@record
class Relationship:
    """An attribute that leads to another row, or to several.

    Args:
        table: the table whose class has it.
        name: the attribute.
        target: the table that it leads to.
        annotation: what stands in `Mapped[...]`.
        value: the call of `relationship`.

    """

    table: str
    name: str
    target: str
    annotation: str
    value: Call


@record
class _Pair:
    """A foreign key with the names of its two relationships."""

    key: ForeignKey
    one: str
    many: str
    single: bool
    ambiguous: bool
    mutual: bool

    @property
    def itself(self) -> bool:
        """Say whether the key leads to its own table."""
        return self.key.table == self.key.references.table

    @property
    def circular(self) -> bool:
        """Say whether a column refers to itself: `tenant_id` in a parent of the same tenant."""
        ends = zip(self.key.columns, self.key.references.columns, strict=True)
        return self.itself and any(here == there for here, there in ends)


class Relationships:
    """The relationships of a schema's classes. Each is worked out when it is asked for.

    The names in a class are given to its columns first, then to what leads to one row, the nearest,
    and then to what leads to several. So what a class has depends on its own table, on those that
    refer to it, and on those one key further that these refer to; not on all others.

    Args:
        mapped: the schema.
        names: all Python names; those of relationships are taken from them.
        late: gives the foreign keys that close a circle of tables.

    """

    def __init__(self, mapped: Mapped, names: Names, late: Callable[[], Collection[Key]]) -> None:
        """Keep what they are made from."""
        self.mapped = mapped
        self.schema = mapped.schema
        self.names = names
        self.late = late
        self._keys: dict[str, list[ForeignKey]] = {}
        self._ones: dict[str, dict[Key, str]] = {}
        self._manies: dict[str, dict[Key, str]] = {}

    def of(self, table: str) -> list[Relationship]:
        """Give the relationships of a table's class."""
        ones = [self.to_one(key) for key in self.keys(table)]
        return ones + [self.to_many(key) for key in self.into(table)]

    def keys(self, table: str) -> list[ForeignKey]:
        """Give the foreign keys of a table that have relationships."""
        if table not in self._keys:
            there = [self.schema.view(table)] if table in self.mapped.tables else []
            self._keys[table] = [key for view in there for key in _followed(view, self.mapped)]
        return self._keys[table]

    def sources(self, table: str) -> list[str]:
        """Give the tables that refer to a table, in the schema's order."""
        return sorted(self._sources.get(table, ()), key=self.mapped.tables.__getitem__)

    def into(self, table: str) -> list[ForeignKey]:
        """Give the foreign keys that lead to a table, and have relationships."""
        keys = (key for source in self.sources(table) for key in self.keys(source))
        return [key for key in keys if key.references.table == table]

    @cached_property
    def _sources(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for key in self.mapped.references:
            found.setdefault(key.references.table, set()).add(key.table)
        return found

    def wishes(self, key: ForeignKey) -> tuple[str, ...]:
        """Give what the relationship to the key's own rows would like to be called."""
        one, alone = self._one(key), self._is_alone(key)
        return _wishes_many(key, one, alone=alone, single=self._is_single(key))

    def many(self, key: ForeignKey) -> str:
        """Name the relationship from what a key refers to, back to its rows."""
        table = key.references.table
        if table not in self._manies:
            self._name_ones(table)
            given = {k.key: self._give(table, self.wishes(k)) for k in self.into(table)}
            self._manies[table] = given
        return self._manies[table][key.key]

    def _one(self, key: ForeignKey) -> str:
        self._name_ones(key.table)
        return self._ones[key.table][key.key]

    def _name_ones(self, table: str) -> None:
        if table not in self._ones:
            wishes = {k.key: _wishes_one(k, alone=self._is_alone(k)) for k in self.keys(table)}
            self._ones[table] = {key: self._give(table, said) for key, said in wishes.items()}

    def _give(self, table: str, wishes: Iterable[str]) -> str:
        taken = self.names.scope(table).taken
        return taken.give(*(w if w[0].isalpha() else f"to_{w}" for w in wishes))

    def _alike(self, table: str, there: str) -> int:
        return sum(key.references.table == there for key in self.keys(table))

    def _is_alone(self, key: ForeignKey) -> bool:
        return self._alike(key.table, key.references.table) == 1

    def _is_single(self, key: ForeignKey) -> bool:
        return _is_single(self.schema.view(key.table), key)

    def _pair(self, key: ForeignKey) -> _Pair:
        here, there = key.table, key.references.table
        ambiguous = here == there or self._alike(here, there) + self._alike(there, here) > 1
        nullable = all(column.nullable for column in _own_columns(key, self.schema))
        mutual = nullable and key.key in self.late()
        single = self._is_single(key)
        return _Pair(key, self._one(key), self.many(key), single, ambiguous, mutual)

    def _overlaps(self, key: ForeignKey) -> str:
        """Name the relationships of other keys that write a column which this one writes."""
        mine = set(key.columns)
        rivals = (k for k in self.keys(key.table) if k is not key and mine.intersection(k.columns))
        return ",".join(sorted({name for k in rivals for name in (self._one(k), self.many(k))}))

    def to_one(self, key: ForeignKey) -> Relationship:
        """Give the relationship of a key's table."""
        return _to_one(self._pair(key), self.schema, self.names, self._overlaps(key))

    def to_many(self, key: ForeignKey) -> Relationship:
        """Give the relationship of the table that a key refers to."""
        return _to_many(self._pair(key), self.names, self._overlaps(key))


def _followed(view: View, mapped: Mapped) -> Iterator[ForeignKey]:
    """Leave out keys that say what another one has said, and those of a row to itself.

    Also those with a column on both sides, `(a, b) -> (b, c)`: SQLAlchemy cannot tell these apart.
    """
    seen = set()
    for key in view.foreign_keys:
        there = key.references
        ends = frozenset(zip(key.columns, there.columns, strict=True))
        apart = [pair for pair in ends if pair[0] != pair[1]]
        ours, theirs = ({pair[side] for pair in apart} for side in (0, 1))
        inside = there.table == view.name and (not apart or ours & theirs)
        if there.table in mapped.tables and (there.table, ends) not in seen and not inside:
            seen.add((there.table, ends))
            yield key


def _wishes_one(key: ForeignKey, *, alone: bool) -> list[str]:
    there = key.references
    target = singular_word(there.table)
    base = _base(key)
    wishes = [base, f"{base}_{target}"] if base and base != target else [target, f"{target}_row"]
    if len(key.columns) > 1 and alone and key.table != there.table:
        wishes = [target, *wishes]
    return wishes


def _base(key: ForeignKey) -> str:
    """Take off what a column's name says of the column it refers to: `lot_id`, `product_code`."""
    column, there = key.columns[-1], key.references.columns[-1]
    for ending in (f"_{there}", "_id"):
        if column.endswith(ending):
            return ascii_word(column.removesuffix(ending)).lower()
    return "" if column in (there, "id") else ascii_word(column).lower()


def _wishes_many(key: ForeignKey, one: str, *, alone: bool, single: bool) -> tuple[str, ...]:
    there = key.references.table
    rows = singular_word(key.table) if single else ascii_word(key.table).lower() or "rows"
    said = _base(key) or one
    longer = f"{rows}_{said}" if said.endswith("_by") else f"{rows}_by_{said}"
    if key.table == there:
        parents = said.partition("_")[0] == "parent"
        return ((f"child_{rows}" if "_" in said else "children"), longer) if parents else (longer,)
    return (rows, longer) if alone else (longer,)


def _is_single(view: View, key: ForeignKey) -> bool:
    """Say whether at most one row can refer to the same one, on both databases."""
    mine = set(key.columns)
    whole = [u.columns for u in (view.primary_key, *view.uniques) if u and not u.only_on]
    plain = [i.plain_columns for i in view.indexes if i.unique and not i.only_on]
    return any(columns and mine.issuperset(columns) for columns in (*whole, *plain))


def _own_columns(key: ForeignKey, schema: Schema) -> list[Column]:
    return [c for c in schema.view(key.table).columns if c.name in key.columns]


def _to_one(pair: _Pair, schema: Schema, names: Names, overlaps: str) -> Relationship:
    key = pair.key
    there = key.references
    columns = _own_columns(key, schema)
    optional = any(column.on(d).nullable for column in columns for d in DIALECTS)
    options: dict[str, Expr] = {"back_populates": pair.many}
    if pair.ambiguous:
        options["foreign_keys"] = _columns(key.table, key.columns, names)
    if pair.itself:
        options["remote_side"] = _columns(there.table, there.columns, names)
    options |= _written_late(pair, overlaps)
    target = names.classes[there.table]
    annotation = f'"{target} | None"' if optional else f'"{target}"'
    value = call("relationship", **options)
    return Relationship(key.table, pair.one, there.table, annotation, value)


def _to_many(pair: _Pair, names: Names, overlaps: str) -> Relationship:
    key = pair.key
    options: dict[str, Expr] = {"back_populates": pair.one}
    if pair.ambiguous:
        options["foreign_keys"] = _columns(key.table, key.columns, names)
    if pair.circular:
        options["remote_side"] = options["foreign_keys"]
    options |= _ON_DELETE[key.on_delete]
    options |= _written_late(pair, overlaps)
    target = names.classes[key.table]
    annotation = f'"{target} | None"' if pair.single else f'list["{target}"]'
    value = call("relationship", **options)
    return Relationship(key.references.table, pair.many, key.table, annotation, value)


def _written_late(pair: _Pair, overlaps: str) -> dict[str, Expr]:
    """Write what both sides need; rows that refer to each other take a second statement."""
    options: dict[str, Expr] = {"post_update": True} if pair.mutual else {}
    return {**options, "overlaps": overlaps} if overlaps else options


# The database's rule holds: SQLAlchemy neither loads nor nulls rows that the database looks after.
_ALL: dict[str, Expr] = {"passive_deletes": "all"}
_ON_DELETE: Mapping[str | None, dict[str, Expr]] = {
    None: _ALL,
    "no action": _ALL,
    "restrict": _ALL,
    "set default": _ALL,
    "set null": {"passive_deletes": True},
    "cascade": {"cascade": "all", "passive_deletes": True},
}


def _columns(table: str, columns: Iterable[str], names: Names) -> str:
    """Write columns as SQLAlchemy evaluates them once all classes are there."""
    owner, attributes = names.classes[table], names.attributes(table)
    said = [f"{owner}.{attributes[name]}" for name in columns]
    return said[0] if len(said) == 1 else f"[{', '.join(said)}]"
