"""The steps of a way on SQLite: native where that is safe, else one rebuild for each table."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from schemagen import sql
from schemagen.changes import Add, Change, Drop, Rename, apply
from schemagen.expr import call
from schemagen.kinds import Check, Column, Index, Key, Sql, Table
from schemagen.plan import operations, tables
from schemagen.plan.lists import list_steps
from schemagen.plan.rebuild import rebuild
from schemagen.plan.strategies.add_column import add_column
from schemagen.records import field, record
from schemagen.renames import temporary
from schemagen.sql import portable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.plan.context import Context
    from schemagen.plan.steps import Step
    from schemagen.schema import Schema


def steps(ctx: Context) -> list[Step]:
    """Plan a way: renames first, then the rest, each table that needs it rebuilt once."""
    return list(_Planner(ctx).steps())


def rebuilt_tables(ctx: Context) -> frozenset[str]:
    """Name the tables that native statements cannot bring there, as they are called in the end."""
    return frozenset(_Planner(ctx).rebuilt)


@record(frozen=False, slots=False)
class _Planner:
    ctx: Context
    vacated: dict[str, list[str]] = field(default_factory=dict)
    done: set[str] = field(default_factory=set)

    @cached_property
    def split(self) -> int:
        """Where the renames end, with the drops that make room for them."""
        renames = [i for i, c in enumerate(self.ctx.changes) if isinstance(c, Rename)]
        return renames[-1] + 1 if renames else 0

    @cached_property
    def rest(self) -> list[Change]:
        return self.ctx.changes[self.split :]

    @cached_property
    def new(self) -> set[str]:
        return tables.created(self.ctx.changes)

    @cached_property
    def gone(self) -> set[str]:
        return tables.dropped(self.rest)

    @cached_property
    def inline(self) -> dict[Key, list[Check]]:
        return tables.inline_checks(self.ctx.changes, self.ctx.goal, self.new)

    @cached_property
    def inlined(self) -> set[Key]:
        """The checks that come along with their columns."""
        return {check.key for checks in self.inline.values() for check in checks}

    @cached_property
    def late(self) -> set[Key]:
        return tables.late_constraints(self.ctx)

    @cached_property
    def times(self) -> dict[str, int]:
        """When each table's rebuild comes, by places in the rest: at its first change but drops."""
        building: dict[str, int] = {}
        first: dict[str, int] = {}
        for at, change in enumerate(self.rest):
            first.setdefault(_table_of(change), at)
            if not isinstance(change, Drop):
                building.setdefault(_table_of(change), at)
        return first | building

    @cached_property
    def names(self) -> set[str]:
        """The names that new objects take."""
        return {change.new.name for change in self.rest if isinstance(change, Add)}

    @cached_property
    def claimed(self) -> dict[str, str]:
        """The tables in the end of all indexes; SQLite has one space for their names."""
        return {obj.name: obj.table for obj in self.ctx.goal if isinstance(obj, Index)}

    def _goes_now(self, index: Index, home: str) -> bool:
        return home not in self.rebuilt or self._is_claimed(index, home)

    def _is_claimed(self, index: Index, home: str) -> bool:
        """Say whether another table takes the index's name, so that no rebuild can wait with it."""
        return self.claimed.get(index.name, home) != home

    @cached_property
    def homes(self) -> list[str]:
        """For each change, what its table is called in the end; empty where it is dropped."""
        called: dict[str, str] = {}
        homes: list[str] = []
        for change in reversed(self.ctx.changes):
            table = _table_of(change)
            homes.append(called.get(table, table))
            if isinstance(change.subject, Table) and isinstance(change, Rename):
                called[change.old.name] = homes[-1]
            elif isinstance(change.subject, Table) and isinstance(change, Drop):
                homes[-1] = called[table] = ""
        return homes[::-1]

    @cached_property
    def rebuilt(self) -> dict[str, list[Change]]:
        """The tables that native statements cannot bring there, with all their changes."""
        mine: dict[str, list[Change]] = {}
        for change, table in zip(self.ctx.changes, self.homes, strict=True):
            if change.subject.kind != "enum":
                mine.setdefault(table, []).append(change)
        return {
            table: [c for c in changes if not _is_native_rename(c)]
            for table, changes in mine.items()
            if table in self.ctx.goal.tables and table not in self.new
            if any(self._needs_rebuild(c) for c in changes)
        }

    def steps(self) -> Iterator[Step]:
        middle = apply(self.ctx.start, self.ctx.changes[: self.split])
        for change, home in zip(self.ctx.changes[: self.split], self.homes, strict=False):
            if isinstance(change, Drop):
                yield from self._make_room(change, home)
            else:
                yield from self._rename(change, home)
        for at, change in enumerate(self.rest):
            table = _table_of(change)
            if table not in self.rebuilt or self._makes_way(change, table):
                yield from self._native(change)
            elif table not in self.done and self.times[table] == at:
                yield self._rebuild(table, middle)
        for table in self.rebuilt:  # those that only renames concern
            if table not in self.done:
                yield self._rebuild(table, middle)
        yield from list_steps(self.ctx)

    def _makes_way(self, change: Change, table: str) -> bool:
        """Say whether an index has to go before its table is rebuilt."""
        if not isinstance(change, Drop) or not isinstance(change.old, Index):
            return False
        return table not in self.done and self._is_claimed(change.old, table)

    def _rebuild(self, table: str, middle: Schema) -> Step:
        self.done.add(table)
        vacated = self.vacated.get(table, ())
        return rebuild(self.ctx, middle.view(table), vacated, self.rebuilt[table], self.new)

    def _needs_rebuild(self, change: Change) -> bool:
        obj = change.subject
        if isinstance(change, Rename):
            return isinstance(obj, tables.CONSTRAINTS)
        if isinstance(change, Add):
            inline = obj.key in self.inlined
            return _is_not_native(obj) if isinstance(obj, Column) else _is_constraint(obj, inline)
        if isinstance(change, Drop):
            moved = isinstance(obj, Column) and change in self.ctx.changes[: self.split]
            return moved or isinstance(obj, tables.CONSTRAINTS)
        return not isinstance(obj, Index)

    def _rename(self, change: Change, home: str) -> Iterator[Step]:
        assert isinstance(change, Rename)  # noqa: S101 - what the split has left
        old, new = change.old, change.new
        if isinstance(old, Table):
            yield self.ctx.step(change, call("op.rename_table", old.name, new.name))
        elif isinstance(old, Column):
            names = (old.table, old.name)
            yield self.ctx.step(change, call("op.alter_column", *names, new_column_name=new.name))
        elif isinstance(old, Index) and isinstance(new, Index) and home not in self.rebuilt:
            code = (operations.drop_index(old), operations.create_index(new, "sqlite"))
            yield self.ctx.step(change, *code)
        elif isinstance(old, Index) and self._is_claimed(old, home):
            yield self.ctx.step(change, operations.drop_index(old))

    def _make_room(self, change: Drop, home: str) -> Iterator[Step]:
        """Free a name that a rename takes: what holds values is only set aside for the rebuild."""
        old = change.old
        if isinstance(old, Table):
            yield self.ctx.step(change, operations.drop_table(old))
        elif isinstance(old, Index) and home and self._goes_now(old, home):
            yield self.ctx.step(change, operations.drop_index(old))
        elif isinstance(old, Column) and home in self.ctx.goal.tables:
            aside = temporary(old.name)
            self.vacated.setdefault(home, []).append(aside)
            yield self.ctx.step(
                change, call("op.alter_column", old.table, old.name, new_column_name=aside)
            )

    def _native(self, change: Change) -> Iterator[Step]:
        if isinstance(change, Add):
            yield from self._add(change)
        elif isinstance(change, Drop):
            yield from self._drop(change)

    def _add(self, change: Add) -> Iterator[Step]:
        new = change.new
        if isinstance(new, Table):
            yield tables.create(self.ctx, change, self.late)
        elif isinstance(new, Index):
            yield tables.create_index(self.ctx, change, new, self.new)
        elif isinstance(new, Column) and new.table not in self.new:
            yield from add_column(self.ctx, change, new, self.inline.get(new.key, ()))

    def _drop(self, change: Drop) -> Iterator[Step]:
        old = change.old
        if isinstance(old, Table):
            yield self.ctx.step(change, operations.drop_table(old))
        elif isinstance(old, Index):
            if old.table not in self.gone or old.name in self.names:
                yield self.ctx.step(change, operations.drop_index(old))
        elif isinstance(old, Column) and old.table not in self.gone:
            yield self.ctx.step(change, operations.drop_column(old))


def _table_of(change: Change) -> str:
    return change.subject.table or change.subject.name


def _is_native_rename(change: Change) -> bool:
    return isinstance(change, Rename) and isinstance(change.old, (Table, Column))


def _is_constraint(obj: object, inline: bool) -> bool:  # noqa: FBT001 - private
    return isinstance(obj, tables.CONSTRAINTS) and not inline


def _is_not_native(column: Column) -> bool:
    """Say whether ADD COLUMN cannot do it: SQLite wants a constant for the rows that exist."""
    if column.generated is not None:
        return column.generated.stored
    if column.identity is not None:
        return True
    if isinstance(column.default, Sql):
        return not _is_constant(column.default.sql)
    return not column.nullable and column.default is None


def _is_constant(text: str) -> bool:
    found = sql.tokens(portable(text))
    return len(found) == 1 and found[0].group in ("string", "number")
