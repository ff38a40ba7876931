"""References across tables and files: is what they name there, and does it fit?"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from schemagen import qualified, types
from schemagen.diagnostics import did_you_mean
from schemagen.kinds import (
    Check,
    Column,
    Exclusion,
    ForeignKey,
    Index,
    Obj,
    PrimaryKey,
    References,
    Table,
    Unique,
)
from schemagen.source.kept import ForgottenError
from schemagen.source.model import build, find, overrides
from schemagen.source.nodes import Map, Node, Scalar
from schemagen.source.parts import field_reader, may_differ
from schemagen.source.shorthand import Named
from schemagen.source.write import renaming

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from schemagen.schema import Schema
    from schemagen.source.draft import Draft, ForeignKeyDraft, TableDraft
    from schemagen.source.nodes import Late


def check_columns(draft: Draft, table: TableDraft) -> None:
    """Look for the columns that keys, uniques and indexes name; leave out what names others."""
    for section, objects in table.parts.items():
        table.parts[section] = [obj for obj in objects if _knows(draft, table, obj)]
    if table.primary_key and not _knows(draft, table, table.primary_key):
        table.primary_key = None


def _knows(draft: Draft, table: TableDraft, obj: Obj) -> bool:
    if _is_known(table, obj):
        return True
    known = True
    for path, name in _mentioned(obj):
        if name not in table.declared:
            node = draft.nodes[obj.key]
            at = find(node, path)
            _no_column(draft, table, name, at if path else node)
            known = False
    return known


def _is_known(table: TableDraft, obj: Obj) -> bool:
    """Say at a glance whether all columns of an object are there."""
    if isinstance(obj, Check):
        return True
    names = table.declared.keys()
    if isinstance(obj, Index) and not obj.include:
        return all(c.column in names for c in obj.columns if c.column)
    return isinstance(obj, Unique) and not obj.include and names >= set(obj.columns)


def _mentioned(obj: Obj) -> list[tuple[tuple[int | str, ...], str]]:
    if isinstance(obj, Index):
        return [
            *((("columns", i, "column"), c.column) for i, c in enumerate(obj.columns) if c.column),
            *((("include", i), name) for i, name in enumerate(obj.include)),
        ]
    if isinstance(obj, Exclusion):
        return [(("items", i, "column"), c.column) for i, c in enumerate(obj.items) if c.column]
    if isinstance(obj, (Unique, PrimaryKey)):
        return [
            *((("columns", i), name) for i, name in enumerate(obj.columns)),
            *((("include", i), name) for i, name in enumerate(obj.include)),
        ]
    return []


def _no_column(draft: Draft, table: TableDraft, name: str, at: Node) -> None:
    if draft.partial and not table.declared:
        return
    known = table.declared
    message = f"table {table.name!r} has no column {name!r}"
    for key, direction in draft.directions.items():
        if key[:2] == ("column", table.name) and name in direction.renamed_from:
            label, way_out = f"it is called {key.name!r} now", "write the new name everywhere"
            fix = renaming(draft.texts[at.file], at, name, key.name)
            draft.reader.error("S011", message, at, label=label, help=way_out, fix=fix)
            return
    after = name.partition(" ")
    sorts = after[0] in known and after[2]
    label = "after a column: desc, nulls first, nulls last" if sorts else ""
    way_out = f"columns: {', '.join(known)}"
    draft.reader.error("S011", message, at, label=label or did_you_mean(name, known), help=way_out)


def resolve_keys(draft: Draft) -> dict[str, list[ForeignKey]]:
    """Make the foreign keys whose ends are there, by table."""
    found: dict[str, list[ForeignKey]] = {}
    for table in draft.tables.values():
        for each in table.keys:
            if (key := _resolve(draft, table, each)) is not None:
                found.setdefault(table.name, []).append(key)
    return found


def _is_schema(draft: Draft, name: str) -> bool:
    return any(qualified.namespace(other) == name for other in draft.tables)


def _qualified(draft: Draft, each: ForeignKeyDraft) -> None:
    """Take `-> a.b` for the table `b` in the schema `a`, where that is what there is."""
    column = each.columns[0] if each.columns else None
    if not isinstance(column, Named):
        return
    name, known = f"{each.table.text}.{column.text}", draft.tables.get(each.table.text)
    if name not in draft.tables and (known is not None or not _is_schema(draft, each.table.text)):
        return
    if known is not None and column.text in known.declared:
        message = f"{name!r} is a table, and a column of table {known.name!r}"
        way_out = "write references: {table: …, column: …}"
        draft.reader.error("S010", message, each.table, help=way_out)
    each.table = Scalar(each.table.file, each.table.span, name, each.table.style)
    each.columns = None


def _resolve(draft: Draft, table: TableDraft, each: ForeignKeyDraft) -> ForeignKey | None:
    _qualified(draft, each)
    there = draft.tables.get(each.table.text)
    if there is None:
        draft.unknown("S010", "table", each.table, list(draft.tables))
        return None
    mine = each.fields["columns"]
    unknown = [(i, name) for i, name in enumerate(mine) if name not in table.declared]
    for i, name in unknown:
        _no_column(draft, table, name, find(_whole(each.node), ("columns", i)))
    target = _target(draft, there, each)
    if target is None or unknown or there.table is None:
        return None
    if each.known is not None:
        return _again(draft, each.known, each, (there.name, target))
    key = _made(draft, each, there.name, target)
    if key is not None:
        draft.put(key, each.place, each.node, each.direction)
    return key


def _made(
    draft: Draft, each: ForeignKeyDraft, there: str, columns: tuple[str, ...]
) -> ForeignKey | None:
    data = {**each.fields, "references": _references(there, columns)}
    if each.alike is not None:
        return each.alike.model_copy(update=data)
    node = _whole(each.node)
    key = build(draft.reader, ForeignKey, data, node)
    if key is None:
        return None
    read = field_reader(draft, ForeignKey)
    return overrides(draft.reader, key, data, node, may_differ(ForeignKey), read)


@lru_cache(maxsize=4096)
def _references(table: str, columns: tuple[str, ...]) -> References:
    return References(table=table, columns=columns)


def _again(
    draft: Draft, key: ForeignKey, each: ForeignKeyDraft, target: tuple[str, tuple[str, ...]]
) -> ForeignKey:
    """Take a remembered key, if it points where it did. Raises ForgottenError."""
    if (key.references.table, key.references.columns) != target:
        raise ForgottenError
    draft.put(key, each.place, each.node, None)
    return key


def _whole(node: Map | Late) -> Map:
    return node if isinstance(node, Map) else node()


def _target(draft: Draft, there: TableDraft, each: ForeignKeyDraft) -> tuple[str, ...] | None:
    """Give the columns that a foreign key points at: those written down, or the primary key's."""
    if each.columns is not None:
        unknown = [node for node in each.columns if node.text not in there.declared]
        for node in unknown:
            _no_column(draft, there, node.text, node)
        return None if unknown else tuple(node.text for node in each.columns)
    if there.primary_key is not None:
        return there.primary_key.columns
    if not there.has_key:
        way_out = f"write the column: -> {there.name}.COLUMN, or give {there.name} a primary key"
        message = f"table {there.name!r} has no primary key to point at"
        draft.reader.error("S014", message, each.table, help=way_out)
    return None


def check_keys(
    draft: Draft, schema: Schema, keys: Mapping[str, list[ForeignKey]], fresh: Collection[str]
) -> None:
    """Look at the foreign keys of the finished schema, and at its primary keys.

    Args:
        draft: all that was read.
        schema: what it is together.
        keys: the foreign keys by table.
        fresh: the tables that are not remembered.

    """
    for table in draft.tables.values():
        if table.table is None:
            continue
        is_fresh = table.name in fresh
        for key in keys.get(table.name, ()):
            if not is_fresh and key.references.table not in fresh:
                continue
            if not _is_sound(draft, table, key) and schema[key.key] is key:
                _check_key(draft, schema, key, draft.nodes[key.key])
        if is_fresh and table.primary_key is not None:
            _check_primary(draft, table, table.primary_key)


def _is_sound(draft: Draft, own: TableDraft, key: ForeignKey) -> bool:
    """Say at a glance whether a key is as most are, so that nothing about it can be wrong."""
    there = draft.tables[key.references.table]
    names, theirs = key.columns, key.references.columns
    primary = there.primary_key
    if primary is None or primary.columns != theirs or len(names) != len(theirs):
        return False
    if primary.deferrable or primary.sqlite or primary.postgresql:
        return False
    if there.table is None or there.table.only:
        return False
    nulled = "set null" in (key.on_delete, key.on_update)
    for mine, other in zip(names, theirs, strict=True):
        one, two = own.columns.get(mine), there.columns.get(other)
        if one is None or two is None or "." in other:
            return False
        if not _is_alike(one, two) or (nulled and not one.nullable):
            return False
    return True


def _is_alike(one: Column, two: Column) -> bool:
    """Say whether two columns are of types that fit, on both databases."""
    if one.sqlite or one.postgresql or two.sqlite or two.postgresql:
        return False
    return one.type == two.type or _comparable(one) == _comparable(two)


def _check_primary(draft: Draft, table: TableDraft, key: PrimaryKey) -> None:
    for name in key.columns:
        column = table.columns.get(name)
        if column is not None and any(column.on(d).nullable for d in types.DIALECTS):
            at = find(draft.nodes[column.key], ("nullable",))
            message = f"{name!r} is part of the primary key and cannot be NULL"
            draft.reader.error("S023", message, at, help="take the '?' away")


def _check_key(draft: Draft, schema: Schema, key: ForeignKey, node: Map) -> None:
    at: Node = node.get("references") or node.get("table") or node
    at = node.get("table") or (at.get("table") if isinstance(at, Map) else None) or at
    there = schema.view(key.references.table)
    if len(key.columns) != len(key.references.columns):
        here, count = len(key.columns), len(key.references.columns)
        message = f"a key over {here} column{'s' * (here > 1)} points at {count}"
        draft.reader.error("S015", message, at, help="as many on one side as on the other")
        return
    if dotted := key.references.dotted:
        message = f"no foreign key can lead to {dotted!r}: SQLAlchemy takes the dot for a table's"
        draft.reader.error("N004", message, at, help="give the column a name without a dot")
        return
    if not (_is_unique(draft, schema, key, at) and _exists(draft, schema, key, at)):
        return
    own = schema.view(key.table)
    for mine, theirs in zip(key.columns, key.references.columns, strict=True):
        one, two = own.column(mine), there.column(theirs)
        if one is not None and two is not None and not _types_fit(draft, one, two, at):
            return
    _check_actions(draft, schema, key, node)


def _is_unique(draft: Draft, schema: Schema, key: ForeignKey, at: Node) -> bool:
    there = schema.view(key.references.table)
    names = key.references.columns
    if any(name not in there.column_names for name in names):
        return False  # a column that could not be read
    found = there.unique_over(names)
    target = schema[found[0]] if found else None
    listed = ", ".join(names)
    way_out = f"add to {there.name}: unique: [[{listed}]], or point at its primary key"
    if target is None:
        unread = draft.tables[there.name].has_key and there.primary_key is None
        if not unread:
            message = f"{there.name} ({listed}) is not unique, so nothing can point at it"
            draft.reader.error("S014", message, at, help=way_out)
        return False
    if target.only_on not in (None, key.only_on, schema.tables[key.table].only):
        message = f"{there.name} ({listed}) is unique on {target.only_on} only"
        draft.reader.error("S014", message, at, help=way_out)
        return False
    if isinstance(target, (PrimaryKey, Unique)) and target.deferrable:
        message = f"{target.name} is deferrable, and PostgreSQL wants a key that is not"
        draft.reader.error("S014", message, at, help=way_out)
        return False
    return True


def _exists(draft: Draft, schema: Schema, key: ForeignKey, at: Node) -> bool:
    """Say whether the other table is wherever the key is."""
    there, here = schema.tables[key.references.table], schema.tables[key.table]
    mine = key.only_on or here.only
    if there.only in (None, mine):
        return True
    draft.reader.error(
        "S014",
        f"table {there.name!r} is on {there.only} only",
        at,
        help=f"keep the foreign key to it, too: only: {there.only}",
    )
    return False


def _types_fit(draft: Draft, one: Column, two: Column, at: Node) -> bool:
    for dialect in types.DIALECTS:
        mine, theirs = one.on(dialect), two.on(dialect)
        if dialect == "sqlite" and (_is_raw(draft, mine) or _is_raw(draft, theirs)):
            continue  # its own words for a type: to SQLite any column may refer to any
        if not types.refers(mine.spec, theirs.spec) and _comparable(mine) != _comparable(theirs):
            draft.reader.error(
                "S015",
                f"{one.name!r} is {mine.type} and {two.table}.{two.name} is {theirs.type}",
                at,
                help=f"give {one.name!r} the type {theirs.type}",
            )
            return False
    return True


def _is_raw(draft: Draft, column: Column) -> bool:
    spec = column.spec
    return spec is None or (spec.logical is None and spec.name not in draft.enums)


def _comparable(column: Column) -> str:
    """Give the type without its length: any varchar may point at any other."""
    spec = column.spec
    name = types.SERIAL.get(spec.name, spec.name) if spec else column.type
    return f"{name}{'[]' * spec.dims}" if spec else name


def _check_actions(draft: Draft, schema: Schema, key: ForeignKey, node: Map) -> None:
    view = schema.view(key.table)
    for action in ("on_delete", "on_update"):
        if getattr(key, action) != "set null":
            continue
        fixed = next(
            (c for n in key.columns if (c := view.column(n)) is not None and not c.nullable), None
        )
        if fixed is not None:
            at = find(node, (action,))
            message = f"{fixed.name!r} is NOT NULL, so it cannot be set null"
            way_out = "allow NULL ('?' after the type), or choose another action"
            draft.reader.error("S028", message, at, help=way_out)


def check_options(draft: Draft, schema: Schema) -> None:
    """Look at options that need a primary key."""
    for table in draft.tables.values():
        options = table.table.options if table.table else None
        if table.table and options and (options.without_rowid or options.autoincrement):
            _check_options(draft, table.table, schema)


def _check_options(draft: Draft, table: Table, schema: Schema) -> None:
    view = schema.view(table.name)
    node = draft.nodes[table.key]
    names = view.primary_key.columns if view.primary_key else ()
    only = view.column(names[0]) if len(names) == 1 else None
    if table.options.without_rowid and not names and not draft.tables[table.name].has_key:
        at = find(node, ("options", "without_rowid"))
        message = "a WITHOUT ROWID table needs a primary key"
        draft.reader.error("S023", message, at, help="add one, or leave the option out")
    if table.options.autoincrement and not (only and (only.identity or only.is_serial)):
        at = find(node, ("options", "autoincrement"))
        way_out = "AUTOINCREMENT goes with one column that is `pk identity`"
        draft.reader.error("S022", "autoincrement without an identity", at, help=way_out)
