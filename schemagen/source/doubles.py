"""What a table has twice, or two of which one undoes the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import types
from schemagen.kinds import PrimaryKey, Unique
from schemagen.source.model import find

if TYPE_CHECKING:
    from schemagen.schema import Schema, View
    from schemagen.source.draft import Draft, TableDraft


def check_doubles(draft: Draft, schema: Schema) -> None:
    """Look at the keys of each table side by side, and at its options."""
    for table in draft.tables.values():
        if table.table is None:
            continue
        if not _is_sound(table):
            _check_uniques(draft, schema.view(table.name))
        if table.table.options.without_rowid:
            _check_rowid(draft, schema.view(table.name))


def _is_sound(table: TableDraft) -> bool:
    """Say at a glance that no two keys are over the same columns."""
    key = table.primary_key
    keys = [*([key] if key else ()), *table.parts.get("unique", ())]
    found = {obj.columns for obj in keys if isinstance(obj, (PrimaryKey, Unique))}
    return len(found) == len(keys) and not any(key.sqlite or key.postgresql for key in keys)


def _check_uniques(draft: Draft, view: View) -> None:
    """Complain of a unique over the columns of another key: it holds nothing more."""
    first: dict[tuple[str, object], Unique | PrimaryKey] = {}
    keys = (*((view.primary_key,) if view.primary_key else ()), *view.uniques)
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


def _rule(key: Unique | PrimaryKey) -> object:
    """Give what a key holds; a deferrable unique is another than one that is not."""
    if isinstance(key, PrimaryKey):
        return key.columns, key.deferrable, True, key.include
    return key.columns, key.deferrable, key.nulls_distinct, key.include


def _check_rowid(draft: Draft, view: View) -> None:
    """Complain of an identity without the rowid that SQLite would fill it with."""
    if not view.table.exists_on("sqlite"):
        return
    for column in view.columns:
        there = column.on("sqlite")
        if there.identity or there.is_serial:
            at = find(draft.nodes[column.key], ("identity",))
            message = f"SQLite cannot fill {column.name!r} in a WITHOUT ROWID table"
            draft.reader.error("S022", message, at, help="leave one of the two out")
