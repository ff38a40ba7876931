"""Steps: what a plan consists of. One step serves one purpose on one or both dialects."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, TypeAlias

from schemagen import qualified, sql
from schemagen.expr import Attribute, Call, Lines, call, escaped
from schemagen.records import field, record

if TYPE_CHECKING:
    from schemagen.changes import Change
    from schemagen.diagnostics import Diagnostic
    from schemagen.kinds import Column


@record
class Assign:
    """`target = value`."""

    target: str
    value: Call


@record
class Block:
    """A head (`with call:`, `if not call:`) and the statements under it."""

    word: str
    head: Call
    body: tuple[Statement, ...]


Statement: TypeAlias = "Call | Assign | Block"


# The locks for which whoever writes a row waits.
BLOCKING = ("SHARE", "SHARE ROW EXCLUSIVE", "ACCESS EXCLUSIVE")


class Transaction(enum.StrEnum):
    """How a step stands to the transaction of its revision."""

    SHARED = "shared"
    OWN = "own"  # committed by itself, before the version is stamped: it must skip itself


@record
class Step:
    """One step.

    Args:
        code: the statements, in order.
        comments: what it is for, a line each; a line that the step before has too is not repeated.
        table: the table that it belongs to.
        hazards: what it can do to data, locks or clients.
        transaction: whether it shares the revision's transaction.
        last: whether it belongs to what is committed together with the version.
        change: the change that it is a step of.
        lock: the strongest lock that it takes on a table that others use, by PostgreSQL's name.
        work: what it does under that lock: "" is a moment, else "scan" or "rewrite".
        locked: the tables that it locks, where they are not its own.

    """

    code: tuple[Statement, ...]
    comments: tuple[str, ...] = ()
    table: str = ""
    hazards: tuple[Diagnostic, ...] = field(default=(), compare=False)
    transaction: Transaction = Transaction.SHARED
    last: bool = field(default=False, compare=False)
    change: Change | None = field(default=None, compare=False)
    lock: str = field(default="", compare=False)
    work: str = field(default="", compare=False)
    locked: tuple[str, ...] = field(default=(), compare=False)

    @property
    def note(self) -> str:
        """Say who waits while the step runs on PostgreSQL; empty where nobody does for long."""
        if not self.work or self.lock not in BLOCKING:
            return ""
        verb = "written" if self.work == "rewrite" else "read"
        tables = self.locked or (self.table,)
        whose = "its" if len(tables) == 1 else "their"
        locks = f"PostgreSQL locks {', '.join(tables)} ({self.lock})"
        return f"{locks} while all {whose} rows are {verb}"


def committing(*body: Statement) -> Block:
    """Write `with op.get_context().autocommit_block():`, in which each statement is committed."""
    context = Attribute(call("op.get_context"), "autocommit_block")
    return Block("with", Call(context), body)


def execute(*pieces: str) -> Call:
    """Write `op.execute` of one statement; long ones are printed piece by piece."""
    text = tuple(escaped(piece) for piece in pieces)
    return call("op.execute", text[0] if len(text) == 1 else Lines(text))


def is_update(statement: Statement) -> bool:
    """Say whether a statement is an UPDATE as `update` writes it."""
    first = statement.args[0] if isinstance(statement, Call) and statement.args else None
    text = first.pieces[0] if isinstance(first, Lines) else first
    return isinstance(text, str) and text.startswith("UPDATE ")


def update(column: Column, value: str, where: str = "") -> Call:
    """Write an UPDATE of one column; `value` and `where` are the user's SQL or ours."""
    pieces = [f"UPDATE {qualified.quote(column.table)} SET {sql.quote(column.name)} = {value}"]
    if where:
        pieces = [f"{pieces[0]} ", f"WHERE {where}"]
    return execute(*pieces)
