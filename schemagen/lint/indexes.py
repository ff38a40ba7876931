"""Indexes that say what another one says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schemagen.kinds import Index, Item, PrimaryKey, Unique

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.schema import View

Keyed = Index | Unique | PrimaryKey
_NO_DEFINITION = ("name", "table", "columns", "unique")


def repeats(table: View) -> Iterator[tuple[Index, Keyed]]:
    """Give each index that keeps no rule of its own and is the whole or the beginning of another.

    Of two that are the same, the later one repeats the earlier.
    """
    primary = (table.primary_key,) if table.primary_key else ()
    others: tuple[Keyed, ...] = (*primary, *table.uniques, *table.indexes)
    for at, index in enumerate(table.indexes, len(others) - len(table.indexes)):
        for there, other in enumerate(others):
            if at != there and _says_all(other, index, is_earlier=there < at):
                yield index, other
                break


def _says_all(other: Keyed, index: Index, *, is_earlier: bool) -> bool:
    mine, theirs = index.columns, _items(other)
    if theirs[: len(mine)] != mine or _rest(other) != _rest(index):
        return False
    same = len(mine) == len(theirs)
    if index.unique:
        return same and isinstance(other, Index) and other.unique and is_earlier
    return not same or is_earlier or not isinstance(other, Index) or other.unique


def _items(obj: Keyed) -> tuple[Item, ...]:
    if isinstance(obj, Index):
        return obj.columns
    return tuple(Item(column=name) for name in obj.columns)


def _rest(obj: Keyed) -> dict[str, Any]:
    """Give what has to be the same besides the columns: method, condition, database."""
    said = obj.model_dump(exclude={*_NO_DEFINITION, "deferrable", "nulls_distinct"})
    return {name: said.get(name, default) for name, default in _PLAIN.items()}


_PLAIN: dict[str, Any] = {
    "where": None,
    "using": "btree",
    "include": (),
    "with_": {},
    "only": None,
    "sqlite": {},
    "postgresql": {},
}
