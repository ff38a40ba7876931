"""The locks that statements take on tables, as measured on PostgreSQL 15, 16 and 18."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.lint import tree
from schemagen.lint.statement import Held

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.statement import Command, Statement

# From the weakest to the strongest.
MODES = (
    "ACCESS SHARE",
    "ROW SHARE",
    "ROW EXCLUSIVE",
    "SHARE UPDATE EXCLUSIVE",
    "SHARE",
    "SHARE ROW EXCLUSIVE",
    "EXCLUSIVE",
    "ACCESS EXCLUSIVE",
)
ROWS, UPDATES, SHARE, SHARE_ROWS, ALL = MODES[2], MODES[3], MODES[4], MODES[5], MODES[7]
RANK = {mode: rank for rank, mode in enumerate(MODES)}

_LIGHT = {
    "ValidateConstraint": UPDATES,
    "SetStatistics": UPDATES,
    "SetRelOptions": UPDATES,
    "ResetRelOptions": UPDATES,
    "ClusterOn": UPDATES,
    "AttachPartition": UPDATES,
    "SetOptions": UPDATES,
    "ResetOptions": UPDATES,
}
_TRIGGERS = ("EnableTrig", "DisableTrig", "EnableReplicaTrig", "EnableAlwaysTrig")
_ON_TABLES = ("OBJECT_TABLE", "OBJECT_COLUMN", "OBJECT_TABCONSTRAINT", "OBJECT_TRIGGER")


def blocks_writers(mode: str) -> bool:
    """Say whether INSERT and UPDATE wait for a lock of this mode."""
    return RANK[mode] >= RANK[SHARE]


def locks(statement: Statement) -> Iterator[Held]:
    """Give the locks that a statement takes on tables that were there before the revision."""
    read = _READERS.get(statement.kind)
    if read is not None:
        found = (lock for lock in read(statement) if statement.was_there(lock.table))
        yield from dict.fromkeys(found)


def _alter(statement: Statement) -> Iterator[Held]:
    for command in statement.commands:
        yield Held(statement.table, _mode(command))
        for constraint in command.constraints:
            if constraint.kind == "foreign_key":
                yield Held(constraint.parent, SHARE_ROWS)
        if command.kind == "AttachPartition":
            yield Held(tree.table(command.definition.name), ALL)
        if command.kind == "DetachPartition":
            yield Held(tree.table(command.definition.name), ALL)


def _mode(command: Command) -> str:
    if command.kind in _LIGHT:
        return _LIGHT[command.kind]
    if command.kind.startswith(_TRIGGERS):
        return SHARE_ROWS
    if command.kind == "AddConstraint":
        added = next(iter(command.constraints))
        return SHARE_ROWS if added.kind == "foreign_key" else ALL
    if command.kind == "DetachPartition" and command.definition.concurrent:
        return UPDATES
    return ALL


def _create(statement: Statement) -> Iterator[Held]:
    for constraint in tree.inside(statement.node.tableElts or (), "Constraint"):
        if constraint.pktable is not None and tree.table(constraint.pktable) != statement.table:
            yield Held(tree.table(constraint.pktable), SHARE_ROWS)
    if statement.node.partbound is not None:
        yield from (Held(tree.table(each), ALL) for each in statement.node.inhRelations)


def _drop(statement: Statement) -> Iterator[Held]:
    kind = statement.node.removeType.name
    if kind == "OBJECT_TABLE":
        for name in statement.node.objects:
            table = tree.dotted(name)
            yield Held(table, ALL)
            yield from (Held(parent, ALL) for parent in parents(statement, table))
    elif kind in ("OBJECT_TRIGGER", "OBJECT_POLICY", "OBJECT_RULE"):
        yield from (Held(tree.dotted(name[:-1]), ALL) for name in statement.node.objects)
    elif kind == "OBJECT_INDEX" and not statement.node.concurrent:
        yield from (Held(table, ALL) for table in indexed(statement) if table)


def parents(statement: Statement, table: str) -> list[str]:
    """Give the other tables that a table's foreign keys refer to, as far as is known."""
    if table not in statement.schema.tables:
        return []
    keys = statement.schema.view(table).foreign_keys
    return sorted({key.references.table for key in keys} - {table})


def indexed(statement: Statement) -> list[str]:
    """Give the tables of the indexes that a statement drops; empty where one is not known."""
    of = {index.name: index.table for view in statement.schema.views() for index in view.indexes}
    return [of.get(tree.dotted(name), "") for name in statement.node.objects]


def _index(statement: Statement) -> Iterator[Held]:
    yield Held(statement.table, UPDATES if statement.node.concurrent else SHARE)


def _rename(statement: Statement) -> Iterator[Held]:
    if statement.node.renameType.name in _ON_TABLES and statement.table:
        yield Held(statement.table, ALL)


def _move(statement: Statement) -> Iterator[Held]:
    if statement.table and statement.node.objectType.name == "OBJECT_TABLE":
        yield Held(statement.table, ALL)


def _all(statement: Statement) -> Iterator[Held]:
    tables = getattr(statement.node, "relations", None)
    if tables:
        yield from (Held(tree.table(each), ALL) for each in tables)
    elif statement.table:
        yield Held(statement.table, ALL)


def _lock(statement: Statement) -> Iterator[Held]:
    mode = MODES[statement.node.mode - 1]
    yield from (Held(tree.table(each), mode) for each in statement.node.relations)


def _trigger(statement: Statement) -> Iterator[Held]:
    yield Held(statement.table, SHARE_ROWS)


def _reindex(statement: Statement) -> Iterator[Held]:
    if statement.table and "concurrently" not in tree.options(statement.node.params):
        yield Held(statement.table, SHARE)


def _vacuum(statement: Statement) -> Iterator[Held]:
    mode = ALL if "full" in tree.options(statement.node.options) else UPDATES
    for each in statement.node.rels or ():
        yield Held(tree.table(each.relation), mode)


def _write(statement: Statement) -> Iterator[Held]:
    yield Held(statement.table, ROWS)


_READERS = {
    "AlterTableStmt": _alter,
    "CreateStmt": _create,
    "DropStmt": _drop,
    "IndexStmt": _index,
    "RenameStmt": _rename,
    "AlterObjectSchemaStmt": _move,
    "TruncateStmt": _all,
    "ClusterStmt": _all,
    "CreatePolicyStmt": _all,
    "AlterPolicyStmt": _all,
    "LockStmt": _lock,
    "CreateTrigStmt": _trigger,
    "ReindexStmt": _reindex,
    "VacuumStmt": _vacuum,
    "UpdateStmt": _write,
    "DeleteStmt": _write,
    "InsertStmt": _write,
}
