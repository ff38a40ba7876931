"""The steps of a way on PostgreSQL: each change, in order, by the strategy that fits it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from schemagen import sql
from schemagen.changes import Add, Alter, Drop, Rename, Walk
from schemagen.kinds import (
    Check,
    Column,
    Enum,
    ForeignKey,
    Index,
    Key,
    Namespace,
    Obj,
    Sequence,
    Table,
)
from schemagen.order import converted
from schemagen.plan import operations, tables
from schemagen.plan.effects import EXCLUSIVE, MOMENT, ONLINE, Effect, effect, with_effect
from schemagen.plan.lists import list_steps
from schemagen.plan.online.schedule import Schedule, schedule, turn
from schemagen.plan.online.steps import guarded
from schemagen.plan.rewrites import REWRITE
from schemagen.plan.steps import Block, Step, Transaction, execute, is_update, update
from schemagen.plan.strategies.add_column import add_column
from schemagen.plan.strategies.alter_table import alter_table
from schemagen.plan.strategies.constraints import commented, validated
from schemagen.plan.strategies.enums import alter_enum, create_enum, drop_enum
from schemagen.plan.strategies.foreign_keys import add_foreign_key
from schemagen.plan.strategies.namespaces import (
    alter_namespace,
    create_namespace,
    drop_namespace,
)
from schemagen.plan.strategies.renames import Identity, follow, identities, rename
from schemagen.plan.strategies.rewrite_table import rewrite_table, together
from schemagen.plan.strategies.sequences import (
    alter_sequence,
    create_sequence,
    drop_sequence,
    given,
    released,
)
from schemagen.plan.strategies.serial import alter_numbered
from schemagen.plan.values import among, mapped, text_mapping
from schemagen.records import field, record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.changes import Change
    from schemagen.plan.context import Context
    from schemagen.plan.online.choose import Choice
    from schemagen.plan.online.schedule import Turn
    from schemagen.plan.steps import Statement
    from schemagen.schema import Schema


def steps(ctx: Context) -> list[Step]:
    """Plan a way: enum values, what goes online and what that rests on, and then the rest."""
    planner = _Planner(ctx)
    shared = list(planner.steps())
    ahead = [step for _, steps in sorted(planner.ahead.items()) for step in steps]
    prompt = (each for step in ahead for each in (*_prompt(ctx, [step]), step))
    return [*planner.values, *prompt, *_prompt(ctx, shared), *shared]


def _prompt(ctx: Context, steps: list[Step]) -> Iterator[Step]:
    """Let no check wait for the end where rows change: PostgreSQL alters no such table."""
    deferred = any(
        getattr(obj, "deferrable", None) == "deferred" for s in (ctx.start, ctx.goal) for obj in s
    )
    if deferred and any(_updates(statement) for step in steps for statement in step.code):
        comment = "check deferred constraints at once: a table with waiting checks cannot change"
        yield Step((execute("SET CONSTRAINTS ALL IMMEDIATE"),), (comment,))


def _updates(statement: Statement) -> bool:
    inner = statement.body if isinstance(statement, Block) else ()
    return is_update(statement) or any(map(_updates, inner))


@record(frozen=False, slots=False)
class _Planner:
    """Plans the changes one by one.

    Args:
        ctx: the way.
        values: gets the steps that add enum values, which come before all renames.
        ahead: gets the steps that are committed before the version, by when they come.
        held_up: identities whose sequences wait for a name that another one still has.

    """

    ctx: Context
    values: list[Step] = field(default_factory=list)
    ahead: dict[Turn, list[Step]] = field(default_factory=dict)
    held_up: list[Identity] = field(default_factory=list)

    @cached_property
    def schedule(self) -> Schedule:
        return schedule(self.ctx)

    @cached_property
    def new(self) -> set[str]:
        return tables.created(self.ctx.changes)

    @cached_property
    def gone(self) -> set[int]:
        return tables.with_their_tables(self.ctx.changes)

    @cached_property
    def late(self) -> set[Key]:
        return tables.late_constraints(self.ctx, self.schedule.early)

    @cached_property
    def early(self) -> set[Key]:
        changes, start = self.ctx.changes, self.ctx.start
        given_up = {c.old.key for c in changes if isinstance(c, Drop) and c.old.name in self.names}
        return tables.early_foreign_keys(changes, start) | {
            change.old.key
            for change in changes
            if isinstance(change, Drop) and isinstance(change.old, ForeignKey)
            if not given_up.isdisjoint(change.old.needs(start))
        }

    @cached_property
    def inline(self) -> dict[Key, list[Check]]:
        apart = {*self.schedule.online, *self.schedule.early}
        plain = [change for at, change in enumerate(self.ctx.changes) if at not in apart]
        return tables.inline_checks(plain, self.ctx.goal, self.new)

    @cached_property
    def inlined(self) -> set[Key]:
        """The checks that come along with their columns."""
        return {check.key for checks in self.inline.values() for check in checks}

    @cached_property
    def converted(self) -> frozenset[Key]:
        """The columns whose values are mapped along with their type."""
        return converted(self.ctx.changes, self.ctx.start).any

    @cached_property
    def names(self) -> set[str]:
        """The names that new objects take."""
        return {change.new.name for change in self.ctx.changes if isinstance(change, Add)}

    def steps(self) -> Iterator[Step]:
        """Give the steps that share the transaction of the version; put the others aside."""
        late: list[Step] = []
        done: set[int] = set()
        for at, change in enumerate(self.ctx.changes):
            if self.held_up:
                yield from self._let_go(self._state(at))
            if at in self.schedule.absorbed or at in done:
                continue
            if (choice := self.schedule.online.get(at)) is not None:
                yield from self._online(choice, at)
            elif at in self.schedule.early:
                self.ahead[turn(at)] = list(map(guarded, self._plain(change, at)))
            elif run := self._together(at):
                done |= set(range(at, at + len(run)))
                yield with_effect(rewrite_table(self.ctx, run), Effect(EXCLUSIVE, REWRITE))
            elif isinstance(change, Add) and change.new.key in self.late:
                late += self._add(change)
            else:
                yield from self._plain(change, at)
        yield from self._let_go(self.ctx.goal)
        yield from list_steps(self.ctx)
        yield from late
        yield from given(self.ctx)
        yield from commented(self.ctx, self.schedule.remade)

    def _together(self, at: int) -> list[Alter]:
        run = together(self.ctx, at)
        return [] if any(i in self.schedule.online for i in range(at, at + len(run))) else run

    def _online(self, choice: Choice, at: int) -> Iterator[Step]:
        steps = list(choice.steps())
        ahead = (with_effect(step, ONLINE) for step in steps if not step.last)
        self.ahead[self.schedule.turns[at]] = list(ahead)
        yield from (with_effect(step, MOMENT) for step in steps if step.last)

    def _plain(self, change: Change, at: int) -> Iterator[Step]:
        there = (change.subject.table or change.subject.name) not in self.new
        cost = effect(self.ctx, change) if there or isinstance(change.subject, Table) else Effect()
        for step in self._change(change, at):
            if step.transaction is Transaction.OWN:
                self.values.append(step)
            else:
                yield with_effect(step, cost if step.change is change else Effect())

    def _change(self, change: Change, at: int) -> Iterator[Step]:
        if isinstance(change, Rename):
            yield from self._rename(change, at)
        elif isinstance(change, Drop):
            yield from self._drop(change, at)
        elif isinstance(change, Alter):
            yield from self._alter(change, at)
        else:
            yield from self._add(change)

    def _rename(self, change: Rename, at: int) -> Iterator[Step]:
        state = self._state(at)
        yield from rename(self.ctx, change, state)
        found = list(identities(change, state))
        self.held_up += [each for each in found if each.is_held_up(state)]
        yield from follow([each for each in found if each not in self.held_up])

    def _let_go(self, state: Schema) -> Iterator[Step]:
        """Give names to identities that had to wait until the names were free."""
        free = [each for each in self.held_up if not each.is_held_up(state)]
        self.held_up = [each for each in self.held_up if each not in free]
        yield from follow(free)

    @cached_property
    def walk(self) -> Walk:
        return Walk(self.ctx.start, self.ctx.changes)

    def _state(self, at: int) -> Schema:
        return self.walk.before(at)

    def _add(self, change: Add) -> Iterator[Step]:
        new = change.new
        if isinstance(new, Namespace):
            yield from create_namespace(self.ctx, change, new)
        elif isinstance(new, Enum):
            yield from create_enum(self.ctx, change, new)
        elif isinstance(new, Sequence):
            yield from create_sequence(self.ctx, change, new)
        elif isinstance(new, Table):
            yield tables.create(self.ctx, change, self.late)
        elif isinstance(new, Index):
            yield tables.create_index(self.ctx, change, new, self.new)
        elif new.table not in self.new or new.key in self.late:
            yield from self._add_part(change, new)

    def _add_part(self, change: Add, new: Obj) -> Iterator[Step]:
        if isinstance(new, Column):
            yield from add_column(self.ctx, change, new, self.inline.get(new.key, ()))
        elif isinstance(new, ForeignKey):
            yield from add_foreign_key(self.ctx, change, new, self.new)
        elif isinstance(new, Check) and new.key in self.inlined:
            return  # it came along with its column
        else:
            values = self._values(new) if isinstance(new, Check) else []
            yield self.ctx.step(change, *values, operations.create_constraint(new))

    def _values(self, check: Check) -> list[Statement]:
        """Map the rows of an enum held as text, between its old check and its new one."""
        if not self.ctx.whole(check).enum:
            return []
        needs = [self.ctx.goal.get(key) for key in check.needs(self.ctx.goal)]
        columns = [c for c in needs if isinstance(c, Column) and c.key not in self.converted]
        pairs = [(column, text_mapping(self.ctx, column)) for column in columns]
        return [
            update(column, mapped(sql.quote(column.name), values), among(column.name, values))
            for column, values in pairs
            if values
        ]

    def _drop(self, change: Drop, at: int) -> Iterator[Step]:
        old = change.old
        if at in self.gone and not (old.key in self.early or old.name in self.names):
            return
        yield from released(self.ctx, old, lambda: self._state(at))
        if not old.table:
            yield from self._drop_whole(change, old)
        elif isinstance(old, Column):
            if at not in self.gone:
                yield self.ctx.step(change, operations.drop_column(old))
        elif isinstance(old, Index):
            yield self.ctx.step(change, operations.drop_index(old))
        else:
            yield self.ctx.step(change, operations.drop_constraint(old))

    def _drop_whole(self, change: Drop, old: Obj) -> Iterator[Step]:
        if isinstance(old, Namespace):
            yield from drop_namespace(self.ctx, change, old)
        elif isinstance(old, Enum):
            yield from drop_enum(self.ctx, change, old)
        elif isinstance(old, Sequence):
            yield from drop_sequence(self.ctx, change, old)
        else:
            yield self.ctx.step(change, operations.drop_table(old))

    def _alter(self, change: Alter, at: int) -> Iterator[Step]:
        old, new = change.old, change.new
        if isinstance(old, Column) and isinstance(new, Column):
            yield from alter_numbered(self.ctx, change, old, new)
        elif isinstance(old, Table) and isinstance(new, Table):
            yield from alter_table(self.ctx, change, old, new)
        elif isinstance(old, Enum) and isinstance(new, Enum):
            yield from alter_enum(self.ctx, change, old, new, self._state(at))
        elif isinstance(old, Sequence) and isinstance(new, Sequence):
            yield from alter_sequence(self.ctx, change, old, new)
        elif isinstance(new, Namespace):
            yield from alter_namespace(self.ctx, change, new)
        else:
            yield from validated(self.ctx, change)
