"""The shapes of online steps: statements that look first, wait patiently, or prove."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import qualified, sql
from schemagen.changes import Add, Drop, Rename
from schemagen.expr import Lines, call, escaped
from schemagen.plan import operations
from schemagen.plan.steps import Block, Step, Transaction, committing, execute
from schemagen.records import replace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemagen.changes import Change
    from schemagen.expr import Call
    from schemagen.kinds import Obj
    from schemagen.plan.steps import Statement

CONSTRAINTS = ("primary_key", "foreign_key", "unique", "check")
_QUALIFIED = ("table", "type")
_ALONE = ("index", "schema", *_QUALIFIED)
_LOOKED_UP = {
    "schema": "schema",
    "table": "table",
    "column": "column",
    "index": "index",
    "enum": "type",
    "enum_value": "value",
    **dict.fromkeys(CONSTRAINTS, "constraint"),
}


def missing(kind: str, name: str, table: str = "") -> Call:
    """Write the question whether the database lacks something: `_missing("column", "a", "t")`.

    Args:
        kind: what it is, as the revision looks it up.
        name: its name.
        table: the table, or for a value the enum, that it belongs to.

    """
    owners = () if kind in _ALONE or not table else (qualified.bare(table),)
    own = qualified.bare(name) if kind in _QUALIFIED else name
    return call("_missing", kind, own, *owners, **operations.inside(table or name))


def unless_there(kind: str, name: str, table: str, *body: Statement) -> Block:
    """Carry out statements unless what they make is there."""
    return Block("if", missing(kind, name, table), body)


def patiently(*body: Statement) -> Block:
    """Commit each statement, and let it wait for locks, since nobody waits for it."""
    return Block("with", call("_patiently"), body)


def proving(undo: str, rows: Sequence[str], *body: Statement) -> Block:
    """Prove something of all rows; where that fails, `undo` runs.

    Args:
        undo: SQL that takes away what is being proven.
        rows: the query that finds what breaks it, in pieces.
        body: the statements of the proof.

    """
    return Block("with", call("_proving", escaped(undo), Lines(tuple(rows))), body)


def held(table: str, name: str, added: Call, rows: tuple[str, ...]) -> tuple[Statement, Statement]:
    """Write the statements that add a constraint unproven, and prove it.

    Args:
        table: the table.
        name: the constraint.
        added: the statement that adds it unproven.
        rows: the query that finds what breaks it.

    """
    alter = f"ALTER TABLE {qualified.quote(table)}"
    once = committing(unless_there("constraint", name, table, added))
    undo = f"{alter} DROP CONSTRAINT IF EXISTS {sql.quote(name)}"
    proof = execute(f"{alter} VALIDATE CONSTRAINT {sql.quote(name)}")
    return once, proving(undo, rows, proof)


def last(step: Step) -> Step:
    """Put a step where the version is committed."""
    return replace(step, last=True)


def own(step: Step) -> Step:
    """Mark a step that commits by itself."""
    return replace(step, transaction=Transaction.OWN)


def is_known(obj: Obj) -> bool:
    """Say whether a revision can look up an object of this kind."""
    return obj.kind in _LOOKED_UP


def guarded(step: Step) -> Step:
    """Let the step of a plain change look first; one that can be done twice stays as it is."""
    question = asked(step.change) if step.change is not None else None
    if question is None or step.transaction is Transaction.OWN:
        return step
    return replace(step, code=(Block(*question, step.code),))


def unless_made(step: Step, obj: Obj) -> Step:
    """Let a step look first whether an object is there."""
    return replace(step, code=(Block("if", _question(obj), step.code),))


def asked(change: Change) -> tuple[str, Call] | None:
    """Give the question whether a change is still to be made; None if it can be made twice."""
    if isinstance(change, (Add, Rename)):
        return "if", _question(change.new)
    return ("if not", _question(change.old)) if isinstance(change, Drop) else None


def _question(obj: Obj) -> Call:
    # A sequence is a relation like a table; but one that comes or goes is no step by itself.
    kind = "table" if obj.kind == "sequence" else _LOOKED_UP[obj.kind]
    return missing(kind, obj.name, obj.table)
