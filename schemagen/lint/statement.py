"""One statement of a revision, and what is known when it runs."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from schemagen.kinds import Key
from schemagen.lint import tree
from schemagen.lint.rule import Finding
from schemagen.records import field, record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from schemagen.diagnostics import Place
    from schemagen.kinds import Column
    from schemagen.lint.tree import Node
    from schemagen.schema import Schema

_TABLES = ("OBJECT_TABLE", "OBJECT_MATVIEW", "OBJECT_FOREIGN_TABLE")
_NOT_SET = ("", "0", "0ms", "0s")


@record
class Held:
    """A lock that the transaction holds on a table that was there before the revision."""

    table: str
    mode: str


@record
class Pending:
    """A constraint that the revision added NOT VALID."""

    table: str
    name: str
    transaction: int | None
    proves: tuple[str, ...] = ()


@record(slots=False)
class Scene:
    """What is known before a statement runs.

    Args:
        transaction: the number of the transaction that it is in; None when it is one of its own.
        lock_timeout: how long a lock is waited for, as it was said; empty for ever.
        statement_timeout: the same for the whole statement.
        timezone: what the revision set TimeZone to.
        fresh: tables that the revision made, which no one else uses.
        empty: types that the revision made, with values that can be used at once.
        proofs: columns that hold no NULL, by constraints.
        pending: constraints that were added NOT VALID and are not proven.
        held: locks of the transaction.
        values: values added to enums in the transaction.
        domains: domains with a constraint that the revision made.
        volatile: functions that the revision made, which PostgreSQL takes for volatile.
        names: what tables (with an empty name) and columns were called before the revision.

    """

    transaction: int | None = None
    lock_timeout: str = ""
    statement_timeout: str = ""
    timezone: str = ""
    fresh: frozenset[str] = frozenset()
    empty: frozenset[str] = frozenset()
    proofs: frozenset[tuple[str, str, str]] = frozenset()
    pending: tuple[Pending, ...] = ()
    held: tuple[Held, ...] = ()
    values: frozenset[tuple[str, str]] = frozenset()
    domains: frozenset[str] = frozenset()
    volatile: frozenset[str] = frozenset()
    names: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @property
    def waits_forever(self) -> bool:
        """Say whether nothing bounds the wait for a lock."""
        return self.lock_timeout in _NOT_SET

    @property
    def runs_forever(self) -> bool:
        """Say whether nothing bounds how long a statement runs."""
        return self.statement_timeout in _NOT_SET


@record(slots=False)
class Statement:
    """One statement.

    Args:
        node: its parse tree.
        text: its text.
        place: the line of the revision that it comes from.
        scene: what is known before it runs.
        schema: the schema before the revision, as PostgreSQL has it.
        is_guarded: whether something decides about it: an `if`, of Python or of PL/pgSQL.
        in_batches: whether its block goes along a table in a loop that commits.
        is_caught: whether an error of it is caught.

    """

    node: Node
    text: str
    place: Place
    scene: Scene
    schema: Schema
    is_guarded: bool = False
    in_batches: bool = False
    is_caught: bool = False

    @cached_property
    def kind(self) -> str:
        """The name of its class: `AlterTableStmt`."""
        return tree.kind(self.node)

    @cached_property
    def table(self) -> str:
        """The table that it is about, if it names one."""
        relation = getattr(self.node, "relation", None) or getattr(self.node, "table", None)
        return tree.table(relation) if tree.kind(relation) == "RangeVar" else ""

    @property
    def is_old(self) -> bool:
        """Say whether its table was there before the revision."""
        return bool(self.table) and self.was_there(self.table)

    def was_there(self, table: str) -> bool:
        """Say whether a table was there before the revision."""
        return table not in self.scene.fresh

    @property
    def is_alone(self) -> bool:
        """Say whether it is a transaction of its own."""
        return self.scene.transaction is None

    def column(self, name: str, table: str = "") -> Column | None:
        """Give a column as it was before the revision, if the history knows it."""
        called = self.scene.names
        now = table or self.table
        owner = called.get((now, ""), now)
        if owner not in self.schema.tables:
            return None
        return self.schema.view(owner).column(called.get((now, name), name))

    @cached_property
    def commands(self) -> tuple[Command, ...]:
        """The commands of ALTER TABLE."""
        if self.kind != "AlterTableStmt" or self.node.objtype.name not in _TABLES:
            return ()
        return tuple(Command(self, node) for node in self.node.cmds)

    def finding(
        self, message: str, way_out: str = "", key: Key | None = None, label: str = ""
    ) -> Finding:
        """Make a finding at the line that the statement comes from."""
        about = key or (Key("table", "", self.table) if self.table else None)
        return Finding(message, about, self.place, way_out, label, dialect="postgresql")


@record(slots=False)
class Command:
    """One command of an ALTER TABLE.

    Args:
        statement: the statement.
        node: the command's tree.

    """

    statement: Statement
    node: Node = field(repr=False)

    @property
    def kind(self) -> str:
        """What it does: `AddColumn`."""
        return str(self.node.subtype.name).removeprefix("AT_")

    @property
    def table(self) -> str:
        """The table."""
        return self.statement.table

    @property
    def name(self) -> str:
        """The column, or the constraint, that it is about."""
        given = self.node.name or getattr(self.node.def_, "colname", None)
        return str(given or getattr(self.node.def_, "conname", None) or "")

    @property
    def definition(self) -> Node:
        """The column, constraint, expression or partition that it comes with."""
        return self.node.def_

    @property
    def column(self) -> Column | None:
        """The column as it was before the revision, if the history knows it."""
        return self.statement.column(self.name)

    @property
    def shown(self) -> str:
        """The table and what it is about: `lots.code`."""
        return f"{self.table}.{self.name}" if self.name else self.table

    @property
    def constraints(self) -> Iterator[Constraint]:
        """The constraint that it adds, or those of the column that it adds."""
        if self.kind == "AddConstraint":
            yield Constraint(self, self.definition, None)
        elif self.kind == "AddColumn":
            for node in self.definition.constraints or ():
                yield Constraint(self, node, self.definition.colname)

    def is_proven(self, column: str) -> bool:
        """Say whether PostgreSQL knows that a column holds no NULL, so that it does not look."""
        known = self.statement.column(column)
        if known is not None and not known.nullable:
            return True
        dropped = {c.name for c in self.statement.commands if c.kind == "DropConstraint"}
        return any(
            (table, name) == (self.table, column) and constraint not in dropped
            for table, name, constraint in self.statement.scene.proofs
        )

    def finding(self, message: str, way_out: str = "", key: Key | None = None) -> Finding:
        """Make a finding about the column, or else about the table."""
        about = key or self.key
        return self.statement.finding(message, way_out, about)

    @property
    def key(self) -> Key | None:
        """The key of the column that it is about, if it is about one."""
        is_column = "Column" in self.kind or "NotNull" in self.kind or "Expression" in self.kind
        return Key("column", self.table, self.name) if is_column and self.name else None


_CONSTRAINTS = {
    "CONSTR_CHECK": "check",
    "CONSTR_FOREIGN": "foreign_key",
    "CONSTR_UNIQUE": "unique",
    "CONSTR_PRIMARY": "primary_key",
    "CONSTR_EXCLUSION": "exclusion",
    "CONSTR_NOTNULL": "not_null",
    "CONSTR_DEFAULT": "default",
    "CONSTR_IDENTITY": "identity",
    "CONSTR_GENERATED": "generated",
}


@record(slots=False)
class Constraint:
    """A constraint that a command adds.

    Args:
        command: the command.
        node: the constraint's tree.
        inline: the column that it is written at; None when it stands by itself.

    """

    command: Command
    node: Node = field(repr=False)
    inline: str | None = None

    @property
    def kind(self) -> str:
        """What it is: `check`, `foreign_key`, … , `default`."""
        return _CONSTRAINTS.get(self.node.contype.name, "")

    @property
    def name(self) -> str:
        """Its name, if it has one."""
        return self.node.conname or ""

    @property
    def shown(self) -> str:
        """Its name, or else its table or column."""
        where = self.command.table + (f".{self.inline}" if self.inline else "")
        return self.name or f"a constraint of {where}"

    @property
    def is_valid(self) -> bool:
        """Say whether the rows are looked at when it is added."""
        return not self.node.skip_validation and bool(self.node.is_enforced)

    @property
    def index(self) -> str:
        """The index that it is made from with USING INDEX."""
        return self.node.indexname or ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of a key."""
        named = tuple(each.sval for each in self.node.keys or ())
        return named or ((self.inline,) if self.inline else ())

    @property
    def parent(self) -> str:
        """The table that a foreign key refers to."""
        return tree.table(self.node.pktable) if self.node.pktable else ""

    def finding(self, message: str, way_out: str = "") -> Finding:
        """Make a finding about it; its `allow`, or its table's, silences it."""
        key = Key(self.kind, self.command.table, self.name) if self.name else None
        column = Key("column", self.command.table, self.inline) if self.inline else None
        return self.command.statement.finding(message, way_out, key or column)
