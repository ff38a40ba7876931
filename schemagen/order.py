"""From the fewest changes to executable ones: expand, then sort by what needs what."""

from __future__ import annotations

import heapq
from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from schemagen import qualified
from schemagen.changes import Add, Alter, Change, Drop, Rename, apply
from schemagen.kinds import (
    Check,
    Column,
    Enum,
    EnumValue,
    Exclusion,
    ForeignKey,
    Index,
    Key,
    Obj,
    PrimaryKey,
    Table,
    Unique,
)
from schemagen.kinds.base import columns_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from schemagen.schema import Schema

Edges = dict[int, set[int]]
KEYS = (PrimaryKey, Unique, Exclusion)
_VERBS = {Drop: 0, Alter: 1, Add: 2}
_KINDS = (
    *("schema", "enum", "sequence", "table", "column", "primary_key", "unique", "check"),
    *("exclusion", "index", "foreign_key"),
)


def ordered(changes: Iterable[Change], before: Schema) -> list[Change]:
    """Give changes that can be carried out one after the other, from `before` on.

    Every state in between is valid: nothing refers to what is not there. An Alter that its kind
    cannot do in place becomes Drop and Add, and so do its dependants.
    """
    out: list[Change] = []
    freed: set[Key] = set()
    for renaming, run in groupby(changes, key=lambda c: isinstance(c, Rename)):
        segment = list(run)
        after = apply(before, segment)
        if renaming:
            out += segment
            renames = (c.old for c in segment if isinstance(c, Rename))
            freed |= {old.key for old in renames if isinstance(old, EnumValue)}
        else:
            out += _sorted(_expanded(segment, before, after, freed), before, after)
        before = after
    return out


def replaces(change: Alter) -> bool:
    """Say whether an Alter has to be a Drop and an Add."""
    old, new = change.old, change.new
    if isinstance(old, Column) and isinstance(new, Column):
        return any(_regenerated(old.on(d), new.on(d)) for d in ("sqlite", "postgresql"))
    return not (new.in_place or new.soften(old))


def _regenerated(old: Column, new: Column) -> bool:
    """A generated column holds nothing of its own: with another expression it is made anew."""
    if new.generated is None and old.generated is None:
        return False
    return (old.generated, old.type, old.collation) != (new.generated, new.type, new.collation)


class Conversion(NamedTuple):
    """The columns whose type changes, and those among them that change more than its size."""

    any: frozenset[Key]
    base: frozenset[Key]


def converted(changes: Iterable[Change], before: Schema, freed: Collection[Key] = ()) -> Conversion:
    """Give the columns whose values are converted: what was parsed against them is made anew.

    Args:
        changes: after all renames.
        before: the schema that they start from.
        freed: enum values that were renamed before that. An enum that gets one of them again is
            made anew, since values are added before anything is renamed.

    """
    some: set[Key] = set()
    base: set[Key] = set()
    for change in changes:
        if not isinstance(change, Alter):
            continue
        old, new = change.old, change.new
        if isinstance(old, Column) and isinstance(new, Column):
            if (old.type, old.collation) != (new.type, new.collation):
                some.add(old.key)
                base |= set() if _resized(old, new) else {old.key}
        elif isinstance(old, Enum) and isinstance(new, Enum):
            again = (Key("enum_value", old.name, value) in freed for value in added(old, new))
            if grows(old, new) and not any(again):
                continue
            base |= {column.key for column in before.columns_of(old.name)}
    return Conversion(frozenset(some | base), frozenset(base))


def _resized(old: Column, new: Column) -> bool:
    one, two = old.spec, new.spec
    same = one is not None and two is not None and (one.name, one.dims) == (two.name, two.dims)
    return same and old.collation == new.collation


def grows(old: Enum, new: Enum) -> bool:
    """Say whether an enum only gets more values, the others keeping their order."""
    return old.storage == new.storage and old.values == tuple(
        value for value in new.values if value in old.values
    )


def added(old: Enum, new: Enum) -> list[str]:
    """Give the values that an enum gets."""
    return [value for value in new.values if value not in old.values]


def _parsed_against(obj: Obj, conversion: Conversion, before: Schema) -> bool:
    """Say whether the database keeps an expression, or a key pair, bound to a converted column."""
    if isinstance(obj, (Index, Exclusion)):
        items = obj.columns if isinstance(obj, Index) else obj.items
        texts = [item.sql for item in items] + [obj.where]
        keys = (k for text in texts if text for k in columns_in(text, obj.table, before))
        return bool(conversion.any.intersection(keys))
    if isinstance(obj, ForeignKey):
        return bool(conversion.base.intersection(obj.needs(before)))
    bound = isinstance(obj, Check) or _breakable_column(obj)
    return bound and bool(conversion.any.intersection(obj.needs(before)))


def _expanded(
    changes: Sequence[Change], before: Schema, after: Schema, freed: Collection[Key]
) -> list[Change]:
    broken = {c.old.key for c in changes if isinstance(c, Drop)}
    broken |= {c.old.key for c in changes if isinstance(c, Alter) and replaces(c)}
    conversion = converted(changes, before, freed)
    changed = {c.subject.key for c in changes}
    more: list[Change] = []
    grown = bool(broken or conversion.any)
    while grown:
        grown = False
        for obj in before:
            if obj.key in broken or obj.key not in after or not _breakable(obj):
                continue
            needs_broken = broken.intersection(obj.needs(before))
            if needs_broken or _parsed_against(obj, conversion, before):
                broken.add(obj.key)
                grown = True
                if obj.key not in changed:
                    more.append(Alter(obj, after[obj.key]))
    out: list[Change] = []
    for change in (*changes, *more):
        if isinstance(change, Alter) and change.old.key in broken:
            out += [Drop(change.old), Add(change.new)]
        else:
            out.append(change)
    return out


def _breakable(obj: Obj) -> bool:
    """What depends on others and holds no rows of its own can be dropped and made anew."""
    return _breakable_column(obj) if isinstance(obj, Column) else not obj.in_place


def _breakable_column(obj: Obj) -> bool:
    return isinstance(obj, Column) and obj.generated is not None


def _sorted(changes: Sequence[Change], before: Schema, after: Schema) -> list[Change]:
    """Sort topologically; among what is free, by phase, table, verb, kind and place."""
    if len(changes) == 1:
        return [*changes]
    follows = edges(changes, before, after)
    waiting = [0] * len(changes)
    for later in follows.values():
        for node in later:
            waiting[node] += 1
    rank = _ranks(changes, before, after)
    ready = [(rank[i], i) for i in range(len(changes)) if not waiting[i]]
    heapq.heapify(ready)
    out: list[Change] = []
    while ready:
        _, node = heapq.heappop(ready)
        out.append(changes[node])
        for behind in follows[node]:
            waiting[behind] -= 1
            if not waiting[behind]:
                heapq.heappush(ready, (rank[behind], behind))
    assert len(out) == len(changes), "a cycle among changes"  # noqa: S101 - a bug of ours
    return out


def _ranks(
    changes: Sequence[Change], before: Schema, after: Schema
) -> list[tuple[int, int, int, int, int]]:
    gone = [t for t in reversed(by_reference(before)) if t not in after.tables]
    tables = {name: i + 1 for i, name in enumerate([*by_reference(after), *gone])}
    ranks = []
    for i, change in enumerate(changes):
        obj = change.subject
        table = tables.get(obj.name if obj.kind == "table" else obj.table, 0)
        kind = _KINDS.index(obj.kind)
        dropped = isinstance(change, Drop)
        place = -i if dropped and obj.kind != "column" else i
        # What holds values goes last: a backfill may still read it.
        late = int(dropped and obj.kind in ("table", "column"))
        ranks.append((late, table, _VERBS[type(change)], -kind if dropped else kind, place))
    return ranks


def by_reference(schema: Schema) -> list[str]:
    """Give the tables, each after those that its foreign keys lead to, where there is no cycle."""
    out: dict[str, None] = {}
    seen: set[str] = set()
    # Each table twice: before those that it refers to, and behind them. A chain can be long.
    waiting = [(name, False) for name in reversed(schema.tables)]
    while waiting:
        name, behind = waiting.pop()
        if behind:
            out[name] = None
        elif name not in seen and name in schema.tables:
            seen.add(name)
            waiting.append((name, True))
            keys = schema.view(name).foreign_keys
            waiting += [(key.references.table, False) for key in reversed(keys)]
    return list(out)


def edges(changes: Sequence[Change], before: Schema, after: Schema) -> Edges:
    """Give for each change, by its place, those that have to come later.

    Args:
        changes: after all renames.
        before: the schema that they start from.
        after: the schema that they lead to.

    """
    drop = {c.old.key: i for i, c in enumerate(changes) if isinstance(c, Drop)}
    make = {c.new.key: i for i, c in enumerate(changes) if isinstance(c, (Add, Alter))}
    follows: Edges = defaultdict(set)
    for i, change in enumerate(changes):
        if isinstance(change, (Add, Alter)):
            for need in change.new.needs(after):
                if make.get(need, i) != i:
                    follows[make[need]].add(i)
        if isinstance(change, (Drop, Alter)):
            for need in change.old.needs(before):
                _before_its_need(change, i, need, (drop, make), follows)
    for first, then in (*_collisions(changes), *_computed_before(changes, before, (drop, make))):
        follows[first].add(then)
    _around_enums(changes, before, after, follows)
    _with_their_tables(changes, (drop, make), follows)
    return follows


def _around_enums(changes: Sequence[Change], before: Schema, after: Schema, follows: Edges) -> None:
    """What was parsed against an enum's columns is gone while the enum is made anew."""
    for at, change in enumerate(changes):
        if not isinstance(change, Alter) or not isinstance(change.old, Enum):
            continue
        keys = {column.key for column in before.columns_of(change.old.name)}
        for i, other in enumerate(changes):
            if isinstance(other, Drop) and _made_of(other.old, keys, before):
                follows[i].add(at)
            elif isinstance(other, Add) and _made_of(other.new, keys, after):
                follows[at].add(i)


def _made_of(obj: Obj, columns: Collection[Key], schema: Schema) -> bool:
    return obj.key not in columns and any(need in columns for need in obj.needs(schema))


def _with_their_tables(
    changes: Sequence[Change], nodes: tuple[dict[Key, int], dict[Key, int]], follows: Edges
) -> None:
    """A column comes and goes with its table, where that comes or goes whole.

    What a column waits for, its table waits for; what waits for a column waits for its table.
    """
    drop, make = nodes
    whole: dict[int, int] = {}
    for i, change in enumerate(changes):
        tables = {Drop: drop, Add: make}.get(type(change), {})
        table = tables.get(Key("table", "", change.subject.table))
        if table is not None and isinstance(change.subject, Column):
            whole |= {i: table} if isinstance(changes[table], type(change)) else {}
    for first in list(follows):
        for then in list(follows[first]):
            one = whole.get(first, first) if isinstance(changes[first], Drop) else first
            two = whole.get(then, then) if isinstance(changes[then], Add) else then
            if one != two and (one, two) != (first, then) and not _same_table(changes, first, then):
                follows[one].add(two)


def _same_table(changes: Sequence[Change], one: int, two: int) -> bool:
    first, second = changes[one].subject, changes[two].subject
    return (first.table or first.name) == (second.table or second.name)


def _before_its_need(
    change: Change,
    i: int,
    need: Key,
    nodes: tuple[dict[Key, int], dict[Key, int]],
    follows: Edges,
) -> None:
    drop, make = nodes
    if need in drop:
        follows[i].add(drop[need])
    elif isinstance(change, Drop) and need in make and need.kind != "table":
        follows[i].add(make[need])


def _computed_before(
    changes: Sequence[Change], before: Schema, nodes: tuple[dict[Key, int], dict[Key, int]]
) -> Iterator[tuple[int, int]]:
    """A column that is generated no more takes its values while what they are made of is there."""
    for i, change in enumerate(changes):
        new = change.new if isinstance(change, Add) else None
        old = before.get(new.key) if isinstance(new, Column) and not new.generated else None
        if isinstance(old, Column) and old.generated:
            needs = [key for key in old.needs(before) if key.kind == "column"]
            yield from ((i, node[key]) for key in needs for node in nodes if key in node)


def _collisions(changes: Sequence[Change]) -> Iterator[tuple[int, int]]:
    """A name is free for an Add once the Drop of its bearer is done; so is the primary key.

    The keys of a table that comes whole come with it.
    """
    drops: dict[object, list[int]] = defaultdict(list)
    for i, change in enumerate(changes):
        if isinstance(change, Drop):
            for name in _names(change.old):
                drops[name].append(i)
    tables = {
        change.new.name: i
        for i, change in enumerate(changes)
        if isinstance(change, Add) and isinstance(change.new, Table)
    }
    for i, change in enumerate(changes):
        if isinstance(change, Add):
            home = tables.get(change.new.table, i) if isinstance(change.new, KEYS) else i
            barring = {drop for name in _names(change.new) for drop in drops.get(name, ())}
            yield from ((drop, node) for drop in sorted(barring) for node in sorted({home, i}))


def _names(obj: Obj) -> tuple[object, ...]:
    """Under what an object bars others: columns by key, primary keys by table, the rest by name."""
    if obj.kind == "column":
        return (obj.key,)
    name = qualified.beside(obj.table, obj.name)
    return (name, ("primary_key", obj.table)) if obj.kind == "primary_key" else (name,)
