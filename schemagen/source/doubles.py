"""What a table has twice, or two of which one undoes the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import types
from schemagen.kinds import PrimaryKey
from schemagen.source.model import find

if TYPE_CHECKING:
    from collections.abc import Iterable

    from schemagen.kinds import Unique
    from schemagen.schema import View
    from schemagen.source.draft import Draft


def check_doubles(draft: Draft, views: Iterable[View]) -> None:
    """Look at the keys of each table side by side, and at its options."""
    for view in views:
        _check_uniques(draft, view)
        _check_rowid(draft, view)


def _check_uniques(draft: Draft, view: View) -> None:
    """Complain of a unique over the columns of another key: it holds nothing more."""
    first: dict[tuple[str, object], Unique | PrimaryKey] = {}
    keys = (*((view.primary_key,) if view.primary_key else ()), *view.uniques)
    if len({key.columns for key in keys}) == len(keys) and not any(map(_differs, keys)):
        return
    for key in keys:
        for dialect in types.DIALECTS:
            if not key.exists_on(dialect):
                continue
            other = first.setdefault((dialect, _rule(key.on(dialect))), key)
            if other is not key:
                at = find(draft.nodes[key.key], ("columns",))
                columns = ", ".join(key.columns)
                message = f"{view.name} ({columns}) is unique by {other.name} already"
                draft.reader.error("S032", message, at, help="leave one of them out")
                break


def _differs(key: Unique | PrimaryKey) -> bool:
    return bool(key.sqlite or key.postgresql)


def _rule(key: Unique | PrimaryKey) -> object:
    """Give what a key holds; a deferrable unique is another than one that is not."""
    if isinstance(key, PrimaryKey):
        return key.columns, key.deferrable, True, key.include
    return key.columns, key.deferrable, key.nulls_distinct, key.include


def _check_rowid(draft: Draft, view: View) -> None:
    """Complain of an identity without the rowid that SQLite would fill it with."""
    if not (view.table.options.without_rowid and view.table.exists_on("sqlite")):
        return
    for column in view.columns:
        there = column.on("sqlite")
        if there.identity or there.is_serial:
            at = find(draft.nodes[column.key], ("identity",))
            message = f"SQLite cannot fill {column.name!r} in a WITHOUT ROWID table"
            draft.reader.error("S022", message, at, help="leave one of the two out")
