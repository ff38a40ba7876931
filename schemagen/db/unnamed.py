"""Constraints of SQLite that have no name: the same as any that says the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.db.catalog import Catalog

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schemagen.kinds import Key


def named_alike(catalog: Catalog, other: Catalog) -> Catalog:
    """Give a catalog with the constraints that have no name called as they are in the other.

    A name makes no difference to SQLite, and in YAML every constraint has one.
    """
    mine = {key: _nameless(key, d) for key, d in catalog.objects.items()}
    free = {
        (key.kind, key.table, d.get("definition")): key
        for key, d in other.objects.items()
        if key.table and key not in catalog.objects and not _nameless(key, d)
    }
    renamed: dict[Key, Mapping[str, object]] = {}
    for key, definition in catalog.objects.items():
        place = (key.kind, key.table, definition.get("definition"))
        there = free.pop(place, key) if mine[key] else key
        renamed[there] = definition
    return Catalog(catalog.dialect, renamed)


def _nameless(key: Key, definition: Mapping[str, object]) -> bool:
    return bool(key.table) and key.name == definition.get("definition")
