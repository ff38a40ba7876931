"""The difference between two schemas: renames first, then set algebra by key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import renames
from schemagen.changes import Add, Alter, Change, Drop
from schemagen.kinds import Column, Enum, Key, Sequence, Table
from schemagen.records import record

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from collections.abc import Set as AbstractSet

    from schemagen.diagnostics import Diagnostic
    from schemagen.directions import Directions
    from schemagen.schema import Schema


@record
class Question:
    """An added object that could be a dropped one renamed, with nothing that says which.

    Args:
        new: the added object's key in the wanted schema.
        olds: the keys of the dropped ones that it could have been, likeliest first.

    """

    new: Key
    olds: tuple[Key, ...]


@record
class Comparison:
    """What leads from one schema to another.

    Args:
        changes: the fewest changes, renames first; `order.ordered` makes them executable.
        questions: where a rename and a drop plus add look the same.
        diagnostics: hints that make no sense.

    """

    changes: tuple[Change, ...]
    questions: tuple[Question, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def compare(
    state: Schema,
    wanted: Schema,
    directions: Directions | None = None,
    *,
    done: renames.Done = frozenset(),
    dropped: Collection[str] = (),
) -> Comparison:
    """Compare two schemas.

    Args:
        state: the schema to start from.
        wanted: the schema to reach.
        directions: the hints of the wanted schema.
        done: renames that the history has carried out.
        dropped: names (`table`, `table.column`, `enum.value` or the bare last part) that were
            really dropped: no question is asked about them.

    """
    if state.is_known_as(wanted) and not directions:
        return Comparison(())
    found = renames.find(state, wanted, directions or {}, done)
    rest = difference(found.schema, wanted)
    questions = tuple(_questions(rest, found.schema, wanted, directions or {}, dropped))
    return Comparison((*found.changes, *rest), questions, tuple(found.diagnostics))


def difference(state: Schema, wanted: Schema) -> list[Change]:
    """Give drops (last first), alters and adds, by key alone."""
    olds, news = state.beside(wanted)
    alters: list[Change] = []
    adds: list[Change] = []
    for key, obj in news.items():
        old = olds.get(key)
        if old is None:
            adds.append(Add(obj))
        elif old is not obj and old != obj:
            alters.append(Alter(old, obj))
    drops: list[Change] = []
    if len(news) - len(adds) < len(olds):
        drops = [Drop(olds[key]) for key in reversed(list(olds)) if key not in news]
    return [*drops, *alters, *adds]


def _questions(
    changes: list[Change],
    state: Schema,
    wanted: Schema,
    directions: Directions,
    dropped: Collection[str],
) -> Iterator[Question]:
    gone = [c.old for c in changes if isinstance(c, Drop) and not _said(c.old.key, dropped)]
    for change in changes:
        if isinstance(change, Add):
            new = change.new
            olds = [o for o in gone if o.kind == new.kind and o.table == new.table]
            like = sorted(
                (-score, o.key) for o in olds if (score := _likeness(o, new, state, wanted)) > 0
            )
            if like:
                yield Question(new.key, tuple(key for _, key in like))
        elif isinstance(change, Alter) and isinstance(change.new, Enum):
            yield from _value_questions(change, directions, dropped)


def _said(key: Key, dropped: Collection[str]) -> bool:
    return key.name in dropped or f"{key.table}.{key.name}" in dropped


def _likeness(old: object, new: object, state: Schema, wanted: Schema) -> float:
    """Say how likely `new` is `old` renamed; 0 when it cannot be."""
    if isinstance(old, Column) and isinstance(new, Column):
        return _column_likeness(old, new)
    if isinstance(old, Table) and isinstance(new, Table):
        mine = {(c.name, c.type) for c in state.view(old.name).columns}
        theirs = {(c.name, c.type) for c in wanted.view(new.name).columns}
        return _overlap(mine, theirs)
    if isinstance(old, Enum) and isinstance(new, Enum):
        return _overlap(set(old.values), set(new.values))
    if isinstance(old, Sequence) and isinstance(new, Sequence):
        return float(old.definition() == new.definition())
    return 0


def _overlap(mine: AbstractSet[object], theirs: AbstractSet[object]) -> float:
    share = len(mine & theirs) / max(len(mine), len(theirs), 1)
    return share if share >= 0.5 else 0  # noqa: PLR2004 - half of it is the same


def _column_likeness(old: Column, new: Column) -> float:
    if (old.generated is None) != (new.generated is None):
        return 0
    if old.type == new.type:
        return 2 if old.nullable == new.nullable else 1
    mine, theirs = (c.spec.logical if c.spec else None for c in (old, new))
    same = bool(mine and theirs and mine.family and mine.family == theirs.family)
    return 0.5 if same else 0


def _value_questions(
    change: Alter, directions: Directions, dropped: Collection[str]
) -> Iterator[Question]:
    old, new = change.old, change.new
    assert isinstance(old, Enum)  # noqa: S101 - an Alter keeps the kind
    assert isinstance(new, Enum)  # noqa: S101 - as above
    direction = directions.get(new.key)
    mapped = direction.removed if direction else {}
    gone = [v for v in old.values if v not in new.values and v not in mapped]
    keys = [Key("enum_value", new.name, v) for v in gone]
    olds = tuple(k for k in keys if not _said(k, dropped))
    for value in new.values:
        if olds and value not in old.values:
            yield Question(Key("enum_value", new.name, value), olds)
