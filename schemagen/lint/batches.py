"""How many rows a statement changes: all that there are, or a few."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from schemagen.lint import tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.sqlview import SqlView
    from schemagen.lint.statement import Statement
    from schemagen.lint.tree import Node

_LIMITING = ("AEXPR_OP", "AEXPR_IN", "AEXPR_BETWEEN", "AEXPR_OP_ANY")
_COMPARING = ("=", "<", "<=", ">", ">=")


def transactions(view: SqlView) -> Iterator[tuple[int | None, list[Statement]]]:
    """Give the statements of each transaction; those outside of any come one by one."""
    for number, found in groupby(view.statements, key=lambda each: each.scene.transaction):
        if number is not None:
            yield number, list(found)
        else:
            yield from ((None, [each]) for each in found)


def changes_many(statement: Statement) -> bool:
    """Say whether an UPDATE or DELETE of a table that is in use is kept to a few rows by nothing.

    What keeps it is a comparison of a key, or the loop of a block that commits. Where the history
    does not know the table, a comparison of any column counts.
    """
    if statement.kind not in ("UpdateStmt", "DeleteStmt") or not statement.is_old:
        return False
    if statement.in_batches or statement.node.whereClause is None:
        return not statement.in_batches
    keys = _keys(statement)
    said = set(_compared(statement.node.whereClause))
    return not (said & keys if keys else said)


def _keys(statement: Statement) -> set[str]:
    """Give the first columns of the keys of a table."""
    if statement.table not in statement.schema.tables:
        return set()
    view = statement.schema.view(statement.table)
    keys = (*view.uniques, *((view.primary_key,) if view.primary_key else ()))
    return {"ctid", *(key.columns[0] for key in keys)}


def _compared(where: Node) -> Iterator[str]:
    """Give the columns that a condition compares, or looks for among others."""
    for each in tree.inside(where, "A_Expr"):
        operator = tree.dotted(each.name)
        if each.kind.name in _LIMITING and (each.kind.name != "AEXPR_OP" or operator in _COMPARING):
            yield from filter(None, (tree.column(each.lexpr), tree.column(each.rexpr)))
    for link in tree.inside(where, "SubLink"):
        yield from filter(None, (tree.column(link.testexpr),))
