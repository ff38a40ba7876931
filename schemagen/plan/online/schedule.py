"""Which changes of a way go online, and what has to be committed before them.

Where a change goes online, all that it rests on is committed before it, so each of these changes
has to be one that a second run can tell from one that is still to be made. Where that is not so,
the change is made plainly, with the version.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from schemagen.changes import Add, Alter, Drop, Rename
from schemagen.kinds import (
    Column,
    Enum,
    ForeignKey,
    Index,
    Key,
    Obj,
    PrimaryKey,
    Sequence,
    Table,
    Unique,
)
from schemagen.order import edges, grows
from schemagen.plan import tables
from schemagen.plan.online.choose import Choice, choose
from schemagen.plan.online.steps import is_known
from schemagen.plan.online.undecided import undecided
from schemagen.plan.rewrites import NOTHING, work
from schemagen.records import field, record

if TYPE_CHECKING:
    from collections.abc import Collection

    from schemagen.changes import Change
    from schemagen.order import Edges
    from schemagen.plan.context import Context


Turn: TypeAlias = "tuple[int, bool, int]"


def turn(at: int, before: Collection[int] = ()) -> Turn:
    """Say when the change at a place comes, as what sorts.

    Args:
        at: the place.
        before: the places of those that it waits for; most, but not all, are lower.

    """
    last = max((at, *before))
    return last, last != at, at


@record
class Schedule:
    """What goes online.

    Args:
        online: the changes that do, by their place in the way.
        early: the plain changes that are committed before them.
        absorbed: the changes that others carry out.
        turns: when each change that goes online comes: what waits for a later one comes behind it.

    """

    online: dict[int, Choice] = field(default_factory=dict)
    early: frozenset[int] = frozenset()
    absorbed: frozenset[int] = frozenset()
    turns: dict[int, Turn] = field(default_factory=dict)

    @property
    def remade(self) -> frozenset[Key]:
        """What is made anew, or taken along, by what goes online."""
        return frozenset[Key]().union(*(choice.takes for choice in self.online.values()))


def schedule(ctx: Context) -> Schedule:
    """Decide for a way on PostgreSQL; with `ctx.options.online` off, nothing goes online."""
    return _Scheduler(ctx).decide() if ctx.options.online else Schedule()


@record(frozen=False, slots=False)
class _Scheduler:
    ctx: Context

    @cached_property
    def first(self) -> int:
        """The place of the first change that is no rename."""
        places = [i for i, c in enumerate(self.ctx.changes) if isinstance(c, Rename)]
        return places[-1] + 1 if places else 0

    @cached_property
    def before(self) -> dict[int, set[int]]:
        """For each change, those that come before it for a reason."""
        rest = self.ctx.changes[self.first :]
        found: Edges = edges(rest, self.ctx.renamed, self.ctx.goal)
        behind: dict[int, set[int]] = {}
        for one, others in found.items():
            for other in others:
                if not self._free(rest[one], rest[other]):
                    behind.setdefault(other + self.first, set()).add(one + self.first)
        return behind

    def _free(self, one: Change, other: Change) -> bool:
        """Say whether two changes may come in any order after all.

        What a column may hold is no matter to its indexes and constraints, and a wider type is none
        to those that are made of columns alone; but a primary key holds no NULL.
        """
        return any(
            self._harmless(alter, obj.subject)
            for alter, obj in ((one, other), (other, one))
            if isinstance(alter, Alter)
        )

    def _harmless(self, change: Alter, other: Obj) -> bool:
        old, new = change.old, change.new
        if not isinstance(old, Column) or not isinstance(new, Column):
            return False
        if isinstance(other, PrimaryKey) and old.nullable != new.nullable:
            return False
        if (old.type, old.collation) == (new.type, new.collation):
            return not isinstance(other, Column)
        return _is_plain(other) and work(old, new, self.ctx.renamed) == NOTHING

    @cached_property
    def drops(self) -> dict[Key, int]:
        """The places of the drops by key."""
        found = enumerate(self.ctx.changes)
        return {c.old.key: i for i, c in found if isinstance(c, Drop)}

    def decide(self) -> Schedule:
        """Give what goes online; a change that rests on what cannot be early is plain."""
        chosen = self._choices() if self._renames_can_be_told() else {}
        while True:
            early = {i: self._ancestors(i, chosen) for i in chosen}
            wrong = [
                i for i, olds in early.items() if any(not self._early(o, chosen) for o in olds)
            ]
            if not wrong:
                break
            for i in wrong:
                del chosen[i]
        rests = set().union(*early.values()) - set(chosen) if chosen else set()
        renames = range(self.first) if chosen else ()
        absorbed = set().union(*(self._taken(i, choice) for i, choice in chosen.items()))
        self.ctx.problems += undecided(self.ctx, chosen)
        shadows = self._shadows(chosen)
        turns = {i: turn(i, olds - shadows) for i, olds in early.items()}
        self.ctx.shadows[:] = [self._key(i) for i in sorted(shadows, key=turns.__getitem__)]
        plain = frozenset((*renames, *rests)) - absorbed
        return Schedule(chosen, plain, frozenset(absorbed), turns)

    def _renames_can_be_told(self) -> bool:
        """Say whether each rename can be seen in the catalog: no name is taken over by another."""
        renames = [c for c in self.ctx.changes if isinstance(c, Rename)]
        if not renames:
            return True
        olds = {self._now(c.old.key) for c in renames}
        olds |= {self._now(obj.key) for obj in self.ctx.start}
        return not any(c.new.key in olds for c in renames)

    @cached_property
    def _moved(self) -> dict[str, str]:
        """The new names of the tables that are renamed."""
        renames = (c for c in self.ctx.changes if isinstance(c, Rename))
        return {c.old.name: c.new.name for c in renames if isinstance(c.old, Table)}

    def _now(self, key: Key) -> Key:
        return key._replace(table=self._moved.get(key.table, key.table))

    def _choices(self) -> dict[int, Choice]:
        new = tables.created(self.ctx.changes)
        gone = tables.with_their_tables(self.ctx.changes)
        found: dict[int, Choice] = {}
        for i, change in enumerate(self.ctx.changes):
            if isinstance(change, Rename) or i in gone or change.subject.table in new:
                continue
            choice = choose(self.ctx, change, self._replaced(i, change))
            if choice is not None:
                found[i] = choice
        taken = set().union(*(self._taken(i, choice) for i, choice in found.items()))
        return {i: choice for i, choice in found.items() if i not in taken}

    def _taken(self, at: int, choice: Choice) -> set[int]:
        """Give the places of the changes that a choice carries out too; a rename comes before."""
        rest = range(self.first, len(self.ctx.changes)) if choice.takes else ()
        changes = self.ctx.changes
        return {i for i in rest if i != at and changes[i].subject.key in choice.takes}

    def _replaced(self, at: int, change: Change) -> Drop | None:
        """Give the drop that an add makes up for, where the two can change places in a moment."""
        drop = self.drops.get(change.subject.key) if isinstance(change, Add) else None
        if drop is None or self.before.get(drop):
            return None
        waiting = [i for i, olds in self.before.items() if drop in olds]
        old = self.ctx.changes[drop]
        return old if waiting == [at] and isinstance(old, Drop) else None

    def _ancestors(self, at: int, chosen: dict[int, Choice]) -> set[int]:
        """Give all that has to come before a change; what it replaces goes after it."""
        found: set[int] = set()
        waiting = [at]
        while waiting:
            one = waiting.pop()
            taken = self._taken(one, chosen[one]) if one in chosen else set()
            theirs = set().union(*(self.before.get(i, ()) for i in taken))
            # What rests on two shadows is made with the second, when both are there.
            olds = (self.before.get(one, set()) | theirs - self._shadows(chosen)) - taken - {one}
            waiting += olds - found
            found |= olds
        return found

    def _shadows(self, chosen: dict[int, Choice]) -> set[int]:
        """Give the places of the columns that get a shadow."""
        return {i for i in chosen if isinstance(self.ctx.changes[i], Alter) and chosen[i].late}

    def _key(self, at: int) -> Key:
        return self.ctx.changes[at].subject.key

    def _early(self, at: int, chosen: dict[int, Choice]) -> bool:
        if at in chosen:
            return not chosen[at].late
        change = self.ctx.changes[at]
        if isinstance(change, Add):
            return is_known(change.new) and change.new.key not in self.ctx.renamed
        if isinstance(change, Drop):
            return is_known(change.old) and change.old.key not in self.ctx.goal
        return isinstance(change, Alter) and self._again(change)

    def _again(self, change: Alter) -> bool:
        """Say whether a change can be made twice without harm."""
        old, new = change.old, change.new
        if isinstance(old, Enum) and isinstance(new, Enum):
            return grows(old, new)
        if isinstance(old, Column) and isinstance(new, Column):
            same = (old.identity, old.generated) == (new.identity, new.generated)
            free = work(old, new, self.ctx.renamed) == NOTHING and not self.ctx.direction(new).using
            return same and free and (new.nullable or not old.nullable)
        return isinstance(old, (Table, Sequence)) and not isinstance(new, Index)


def _is_plain(obj: Obj) -> bool:
    """Say whether an object stays as it is when a column of its own gets a wider type."""
    if isinstance(obj, Index):
        return obj.plain_columns is not None
    return isinstance(obj, (PrimaryKey, Unique, ForeignKey))
