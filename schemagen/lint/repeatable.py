"""Which statements can be run again after they were done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.lint import tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.statement import Command, Statement

Names = set[tuple[str, str]]
_WHOLE = ("OBJECT_TABLE", "OBJECT_INDEX", "OBJECT_SEQUENCE", "OBJECT_VIEW", "OBJECT_MATVIEW")


def trips(statement: Statement, dropped: Names) -> str:
    """Say what of a statement fails when it was done before; nothing when all of it passes.

    Args:
        statement: the statement.
        dropped: what was dropped IF EXISTS before it, and so can be made.

    """
    read = _READERS.get(statement.kind)
    if read is not None:
        return read(statement, dropped)
    fails = (_command(c, dropped) for c in statement.commands)
    return next(filter(None, fails), "")


def removed(statement: Statement) -> Iterator[tuple[str, str]]:
    """Give what a statement takes away, if it is there, each with its table."""
    if statement.kind == "DropStmt" and statement.node.missing_ok:
        for name in statement.node.objects:
            if isinstance(name, tuple):
                parts = tree.dotted(name)
                yield "", parts
                yield _parted(parts)
    for command in statement.commands:
        if command.kind in ("DropConstraint", "DropColumn") and command.node.missing_ok:
            yield command.table, command.name


def _parted(name: str) -> tuple[str, str]:
    """Part `lots.trigger` into the table and the name."""
    table, _, last = name.rpartition(".")
    return table, last


def _index(statement: Statement, dropped: Names) -> str:
    name = statement.node.idxname or ""
    keeps = statement.node.if_not_exists and not statement.node.concurrent
    return "" if keeps or ("", name) in dropped else f"CREATE INDEX {name}"


def _drop(statement: Statement, _: Names) -> str:
    return "" if statement.node.missing_ok else "DROP without IF EXISTS"


def _create(statement: Statement, dropped: Names) -> str:
    made = ("", statement.table) in dropped
    return "" if statement.node.if_not_exists or made else f"CREATE TABLE {statement.table}"


def _replace(statement: Statement, dropped: Names) -> str:
    name = getattr(statement.node, "trigname", "") or ""
    known = (statement.table, name) in dropped
    return "" if statement.node.replace or known else "CREATE without OR REPLACE"


def _rename(statement: Statement, _: Names) -> str:
    # IF EXISTS asks after the object itself, and not after its column or constraint.
    gone = statement.node.missing_ok and statement.node.renameType.name in _WHOLE
    return "" if gone else f"RENAME TO {statement.node.newname}"


def _enum(statement: Statement, _: Names) -> str:
    node = statement.node
    return "" if node.skipIfNewValExists else f"the new value {node.newVal!r}"


def _type(statement: Statement, dropped: Names) -> str:
    name = tree.dotted(statement.node.typeName)
    return "" if ("", name) in dropped else f"CREATE TYPE {name}"


_READERS = {
    "IndexStmt": _index,
    "DropStmt": _drop,
    "CreateStmt": _create,
    "CreateTrigStmt": _replace,
    "CreateFunctionStmt": _replace,
    "ViewStmt": _replace,
    "RenameStmt": _rename,
    "AlterEnumStmt": _enum,
    "CreateEnumStmt": _type,
}


def _command(command: Command, dropped: Names) -> str:
    if command.kind == "AddColumn":
        known = command.node.missing_ok or (command.table, command.name) in dropped
        return "" if known else f"ADD COLUMN {command.name}"
    if command.kind in ("DropColumn", "DropConstraint"):
        return "" if command.node.missing_ok else f"the drop of {command.name}"
    if command.kind == "AddConstraint":
        gone = (command.table, command.name) in dropped
        return "" if gone else f"ADD CONSTRAINT {command.name}".rstrip()
    return ""
