"""Which statements read a whole table while they hold their lock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.lint import rewrites

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.statement import Command, Constraint, Statement


def scans(statement: Statement) -> Iterator[tuple[str, str]]:
    """Give the tables, there before the revision, that a statement reads whole, and for what."""
    if statement.kind == "IndexStmt" and statement.is_old and not statement.node.concurrent:
        yield statement.table, "builds an index"
    for command in statement.commands if statement.is_old else ():
        if why := of_command(command):
            yield command.table, why


def of_command(command: Command) -> str:
    """Say what a command of ALTER TABLE reads the whole table for; nothing when it does not."""
    if rewrites.of_command(command):
        return "writes the table anew"
    if command.kind == "ValidateConstraint":
        return "looks at every row"
    if command.kind == "SetNotNull":
        return "" if command.is_proven(command.name) else "looks at every row"
    if command.kind in ("AddConstraint", "AddColumn"):
        return next(filter(None, map(of_constraint, command.constraints)), "")
    return ""


def of_constraint(constraint: Constraint) -> str:
    """Say what adding a constraint reads the whole table for; nothing when it does not."""
    if constraint.kind in ("unique", "primary_key", "exclusion"):
        return "" if constraint.index else "builds an index"
    if constraint.kind == "foreign_key" and constraint.inline:
        return ""  # a column that comes empty refers to nothing
    if constraint.kind in ("check", "foreign_key") and constraint.is_valid:
        return "looks at every row"
    is_scan = constraint.kind == "not_null" and not constraint.inline and constraint.is_valid
    return "looks at every row" if is_scan else ""
