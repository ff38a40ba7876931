"""Keys and indexes that PostgreSQL would refuse: each type has methods that can index it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import types
from schemagen.diagnostics import did_you_mean
from schemagen.kinds import Column, Index, Obj, PrimaryKey, Unique, once
from schemagen.source.model import find

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.schema import Schema, View
    from schemagen.source.draft import Draft

_MULTIRANGES = tuple(name.replace("range", "multirange") for name in types.RANGES)
_RANGES = (*types.RANGES, *_MULTIRANGES)
_SHAPES = {*types.GEOMETRY, "xml", "jsonpath"}
_ENUM, _ARRAY = "an enum", "an array"
_EVERY = {*types.TYPES, _ENUM, _ARRAY}
# The types that each method indexes by itself; an operator class may bring it others.
METHODS: dict[str, frozenset[str]] = {
    "btree": frozenset(_EVERY - _SHAPES - {"json"}),
    "hash": frozenset(_EVERY - _SHAPES - {"money", "json", "bit", "varbit", "tsvector", "tsquery"}),
    "gin": frozenset({"jsonb", "tsvector", _ARRAY}),
    "gist": frozenset({"tsvector", "tsquery", "point", "box", "polygon", "circle", *_RANGES}),
    "spgist": frozenset(
        {"varchar", "text", "inet", "cidr", "point", "box", "polygon", *types.RANGES}
    ),
    "brin": frozenset(
        (_EVERY - _SHAPES - {*_MULTIRANGES} | {"box"})
        - {"money", "boolean", "json", "jsonb", "tsvector", "tsquery", _ENUM, _ARRAY}
    ),
}
_OTHERS = ("bloom", "hnsw", "ivfflat", "rum")  # of extensions that are well known
_ALONE = ("hash", "spgist")  # these index one column
_INCLUDE = ("btree", "gist", "spgist")
_INDEXED = (PrimaryKey, Unique, Index)


def check_indexable(draft: Draft, schema: Schema) -> None:
    """Look at what PostgreSQL makes an index for."""
    is_odd = once(_is_odd)
    for table in draft.tables.values():
        if odd := [*filter(is_odd, table.notable)]:
            view = schema.view(table.name)
            # Whichever index has an odd column; with none, those that are odd themselves.
            indexes = _indexed(view) if any(isinstance(obj, Column) for obj in odd) else odd
            for obj in indexes if view.table.exists_on("postgresql") else ():
                if isinstance(obj, _INDEXED) and obj.exists_on("postgresql"):
                    _check(draft, schema, view, obj.on("postgresql"))


def _is_odd(obj: Obj) -> bool:
    """Say whether an object is no common index, or a column that cannot be in every one."""
    if isinstance(obj, Column):
        return bool(obj.postgresql) or not is_sortable(obj)
    return bool(obj.postgresql) or (isinstance(obj, Index) and obj.using != "btree")


def is_sortable(column: Column) -> bool:
    """Say whether a column can be in a common index, without overrides."""
    spec = column.spec
    if spec is None or (spec.logical is None and not spec.dims):
        return True  # the database's own, or an enum, whose storage is one of text
    return spec.name != "json" if spec.dims else spec.name in METHODS["btree"]


def _indexed(view: View) -> Iterator[PrimaryKey | Unique | Index]:
    if view.primary_key is not None:
        yield view.primary_key
    yield from view.uniques
    yield from view.indexes


def _check(draft: Draft, schema: Schema, view: View, obj: PrimaryKey | Unique | Index) -> None:
    if not isinstance(obj, Index):
        for i, name in enumerate(obj.columns):
            _check_type(draft, schema, view.column(name), "btree", (obj, ("columns", i)))
    elif _has_method(draft, obj):
        for path, message, way_out in _refusals(obj):
            at = find(draft.nodes[obj.key], path)
            draft.reader.error("P006", message, at, help=way_out)
            return
        for i, item in enumerate(obj.columns):
            if item.column is not None and item.opclass is None:
                where = (obj, ("columns", i, "column"))
                _check_type(draft, schema, view.column(item.column), obj.using, where)


def _has_method(draft: Draft, index: Index) -> bool:
    """Say whether the index's method is one to judge by, after a diagnostic if it is none."""
    if index.using in METHODS:
        return True
    if index.using not in _OTHERS:
        at = find(draft.nodes[index.key], ("using",))
        label = did_you_mean(index.using, [*METHODS, *_OTHERS])
        message = f"PostgreSQL has no index method {index.using!r}"
        draft.reader.error("P006", message, at, label=label, help=f"one of: {', '.join(METHODS)}")
    return False


def _refusals(index: Index) -> Iterator[tuple[tuple[int | str, ...], str, str]]:
    """Give what the method cannot do, with the path to it and the way out."""
    name = index.using
    if index.unique and name != "btree":
        yield ("unique",), f"{name} cannot be unique", "leave using: out"
    if len(index.columns) > 1 and name in _ALONE:
        message, way_out = f"{name} indexes one column", "an index for each, or leave using: out"
        yield ("using",), message, way_out
    if index.include and name not in _INCLUDE:
        yield ("include",), f"{name} includes no columns", "leave include: out"
    for i, item in enumerate(index.columns):
        if name != "btree" and (item.order == "desc" or item.nulls):
            yield ("columns", i), f"{name} does not sort", "leave desc and nulls out, or using:"


def _check_type(
    draft: Draft,
    schema: Schema,
    column: Column | None,
    method: str,
    at: tuple[Obj, tuple[int | str, ...]],
) -> None:
    there = column.on("postgresql") if column else None
    found = _type(schema, there) if there else ""
    if there is None or not found or found in METHODS[method]:
        return
    if found == "json":
        way_out = "jsonb can be compared: make it that"
    elif method in ("gin", "gist"):
        way_out = f"leave using: out; or, with the extension btree_{method}, write opclass:"
    else:
        way_out = "choose another method, or write opclass:"
    message = f"{method} cannot index {there.name!r}, which is {there.type}"
    node = find(draft.nodes[at[0].key], at[1])
    draft.reader.error("P006", message, node, help=way_out)


def _type(schema: Schema, column: Column) -> str:
    """Name the type as methods know it; empty for what only the database knows."""
    spec = column.spec
    if spec is None:
        return ""
    if spec.dims:
        return "json" if spec.name == "json" else _ARRAY
    if spec.logical is not None:
        return spec.name
    enum = schema.enums.get(spec.name)
    if enum is None:
        return ""
    storage = types.parse(enum.storage) if enum.storage else None
    return storage.name if storage else _ENUM
