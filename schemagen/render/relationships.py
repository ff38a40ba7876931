"""Relationships between models: two for each foreign key, one on either side."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from schemagen.expr import Call, Expr, call
from schemagen.render import cycles
from schemagen.render.identifiers import ascii_word, singular_word
from schemagen.types import DIALECTS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from schemagen.kinds import Column, ForeignKey, Key
    from schemagen.render.names import Names
    from schemagen.schema import Schema, View


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class _Pair:
    """A foreign key with the names of its two relationships."""

    key: ForeignKey
    one: str
    many: str
    single: bool
    ambiguous: bool
    mutual: bool

    @property
    def names(self) -> tuple[str, str]:
        """Both names."""
        return (self.one, self.many)

    @property
    def itself(self) -> bool:
        """Say whether the key leads to its own table."""
        return self.key.table == self.key.references.table

    @property
    def circular(self) -> bool:
        """Say whether a column refers to itself: `tenant_id` in a parent of the same tenant."""
        ends = zip(self.key.columns, self.key.references.columns, strict=True)
        return self.itself and any(here == there for here, there in ends)


def relationships(schema: Schema, names: Names) -> Iterator[Relationship]:
    """Give every relationship. Names are taken from `names`, after those of the columns."""
    keys = [key for view in schema.views() for key in _followed(view, schema)]
    alike = Counter((key.table, key.references.table) for key in keys)
    alone = {key.key for key in keys if alike[key.table, key.references.table] == 1}
    # Those to one row come before all others: they are the nearest.
    ones = [_give(names, key.table, _wishes_one(key, alone)) for key in keys]
    late = cycles.late(schema)
    pairs: list[_Pair] = []
    for key, one in zip(keys, ones, strict=True):
        there = key.references.table
        single = _is_single(schema.view(key.table), key)
        many = _give(names, there, _wishes_many(key, one, alone, single=single))
        ambiguous = there == key.table or alike[key.table, there] + alike[there, key.table] > 1
        mutual = key.key in late and all(column.nullable for column in _own_columns(key, schema))
        pairs.append(_Pair(key, one, many, single, ambiguous, mutual))
    overlaps = _overlaps(pairs)
    yield from (_to_one(pair, schema, names, overlaps[pair.key.key]) for pair in pairs)
    yield from (_to_many(pair, names, overlaps[pair.key.key]) for pair in pairs)


def _give(names: Names, table: str, wishes: Iterable[str]) -> str:
    return names.taken[table].give(*(w if w[0].isalpha() else f"to_{w}" for w in wishes))


def _followed(view: View, schema: Schema) -> Iterator[ForeignKey]:
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
        if there.table in schema.tables and (there.table, ends) not in seen and not inside:
            seen.add((there.table, ends))
            yield key


def _wishes_one(key: ForeignKey, alone: Collection[Key]) -> list[str]:
    there = key.references
    target = singular_word(there.table)
    base = _base(key)
    wishes = [base, f"{base}_{target}"] if base and base != target else [target, f"{target}_row"]
    if len(key.columns) > 1 and key.key in alone and key.table != there.table:
        wishes = [target, *wishes]
    return wishes


def _base(key: ForeignKey) -> str:
    """Take off what a column's name says of the column it refers to: `lot_id`, `product_code`."""
    column, there = key.columns[-1], key.references.columns[-1]
    for ending in (f"_{there}", "_id"):
        if column.endswith(ending):
            return ascii_word(column.removesuffix(ending)).lower()
    return "" if column in (there, "id") else ascii_word(column).lower()


def _wishes_many(
    key: ForeignKey, one: str, alone: Collection[Key], *, single: bool
) -> tuple[str, ...]:
    there = key.references.table
    rows = singular_word(key.table) if single else ascii_word(key.table).lower() or "rows"
    said = _base(key) or one
    longer = f"{rows}_{said}" if said.endswith("_by") else f"{rows}_by_{said}"
    if key.table == there:
        parents = said.partition("_")[0] == "parent"
        return ((f"child_{rows}" if "_" in said else "children"), longer) if parents else (longer,)
    return (rows, longer) if key.key in alone else (longer,)


def _is_single(view: View, key: ForeignKey) -> bool:
    """Say whether at most one row can refer to the same one, on both databases."""
    mine = set(key.columns)
    whole = [u.columns for u in (view.primary_key, *view.uniques) if u and not u.only_on]
    plain = [i.plain_columns for i in view.indexes if i.unique and not i.only_on]
    return any(columns and mine.issuperset(columns) for columns in (*whole, *plain))


def _overlaps(pairs: Iterable[_Pair]) -> dict[Key, str]:
    """Name, for each key, the relationships of others that write a column which its own write."""
    beside: dict[str, list[_Pair]] = defaultdict(list)
    for pair in pairs:
        beside[pair.key.table].append(pair)
    return {
        pair.key.key: ",".join(sorted({name for p in _rivals(pair, rows) for name in p.names}))
        for rows in beside.values()
        for pair in rows
    }


def _rivals(pair: _Pair, pairs: Iterable[_Pair]) -> list[_Pair]:
    mine = set(pair.key.columns)
    return [p for p in pairs if p is not pair and mine.intersection(p.key.columns)]


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
    owner, attributes = names.classes[table], names.attributes[table]
    said = [f"{owner}.{attributes[name]}" for name in columns]
    return said[0] if len(said) == 1 else f"[{', '.join(said)}]"
