"""Keys, uniques, checks and indexes: every section of a table, read alike."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from schemagen.kinds import Exclusion, ForeignKey, Index, Obj, PrimaryKey
from schemagen.records import replace
from schemagen.source.aims import read_direction
from schemagen.source.draft import ForeignKeyDraft
from schemagen.source.implied import key_over
from schemagen.source.items import read_elements, read_items
from schemagen.source.model import BAD, build, frozen, overrides
from schemagen.source.nodes import Broken, Entry, Map, Node, Scalar, Seq
from schemagen.source.notable import is_notable
from schemagen.source.vocabulary import fields, section_keys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from schemagen.directions import Direction
    from schemagen.source.draft import Draft, TableDraft
    from schemagen.source.nodes import Late

    Flagged = tuple[Scalar, Map | Late]  # a column that says it is the primary key; its long form

_COLUMNS = ("columns", "include")
_SQL = ("sql", "where")
_FIXED = ("columns", "references", "only")  # of a key, what cannot differ between dialects


def items(draft: Draft, kind: type[Obj], node: Node | None) -> Iterator[Node]:
    """Go through a list, where one will do for a mapping; its items have no names."""
    listed = kind.bare == "columns"
    if not listed or not isinstance(node, Seq):
        draft.reader.map(node, "a mapping of names" + (" or a list" if listed else ""))
        return
    bare = [item for item in node.items if isinstance(item, Scalar)]
    if bare:
        columns = ", ".join(item.text for item in bare)
        way_out = f"a list of lists: {kind.section}: [[{columns}]]"
        draft.reader.error("S001", "expected a list of columns", bare[0], help=way_out)
    yield from (item for item in node.items if not isinstance(item, Scalar))


def long_form(draft: Draft, kind: type[Obj], node: Node) -> Map | None:
    """Turn a bare value into the long form."""
    if isinstance(node, (Map, Broken)):
        return node if isinstance(node, Map) else None
    if not kind.bare:
        return draft.reader.map(node)
    key = Scalar(node.file, node.span, kind.bare)
    return Map(node.file, node.span, {kind.bare: Entry(key, node)})


def read_part(
    draft: Draft, table: TableDraft, kind: type[Obj], key: Scalar | None, node: Node
) -> None:
    """Read an object into the table's draft."""
    long = long_form(draft, kind, node)
    if long is None:
        return
    draft.reader.keys(long, section_keys(kind), _article(kind))
    known = fields(kind)
    data = {
        known[name]: read_field(draft, kind, known[name], entry.value)
        for name, entry in long.entries.items()
        if name in known
    }
    name = _name(draft, table, kind, key, long, data)
    if name is None:
        return
    if kind is ForeignKey:
        _foreign_key(draft, table, name, data, long, key)
        return
    finish(draft, table, kind, name, data, long, key)


@cache
def _article(kind: type[Obj]) -> str:
    word = kind.kind.replace("_", " ")
    return f"{'an' if word[0] in 'aeio' else 'a'} {word}"


def finish(  # noqa: PLR0913, PLR0917 - an object, its place and its name
    draft: Draft,
    table: TableDraft,
    kind: type[Obj],
    name: str,
    data: dict[str, Any],
    long: Map,
    key: Scalar | None,
) -> Obj | None:
    """Make the object of a long form and keep it."""
    whole = {"table": table.name, "name": name, **data}
    obj = build(draft.reader, kind, whole, long)
    if obj is not None and ("sqlite" in long or "postgresql" in long):
        obj = overrides(draft.reader, obj, whole, long, may_differ(kind), field_reader(draft, kind))
    direction = _direction(draft, table, kind, long)
    if obj is not None:
        if is_notable(obj):
            table.notable.append(obj)
        table.parts.setdefault(kind.section or kind.kind, []).append(obj)
        draft.put(obj, key or long, long, direction)
    return obj


def may_differ(kind: type[Obj]) -> list[str]:
    """Give the keys of a kind that an override may hold."""
    fixed = _FIXED if kind in (ForeignKey, PrimaryKey) else ("only",)
    return [name for name in fields(kind) if name not in fixed]


def field_reader(draft: Draft, kind: type[Obj]) -> Callable[[str, Node], dict[str, Any]]:
    """Give the function that reads a field of a kind in an override."""
    known = fields(kind)

    def read(name: str, node: Node) -> dict[str, Any]:
        return {known[name]: read_field(draft, kind, known[name], node)}

    return read


def read_field(draft: Draft, kind: type[Obj], name: str, node: Node) -> Any:  # noqa: ANN401 - a field
    """Read the value of a field; BAD when it is wrong, which a diagnostic says then."""
    if isinstance(node, Broken):
        return BAD
    if kind is Index and name == "columns":
        return read_items(draft.reader, node) or BAD
    if kind is Exclusion and name == "items":
        return read_elements(draft.reader, node) or BAD
    if name in _COLUMNS:
        found = draft.reader.names(node)
        return BAD if found is None else tuple(item.text for item in found)
    if name in _SQL:
        said = draft.reader.sql(node)
        return BAD if said is None else said
    return frozen(node)


def _name(  # noqa: PLR0913, PLR0917 - as `finish`
    draft: Draft,
    table: TableDraft,
    kind: type[Obj],
    key: Scalar | None,
    long: Map,
    data: dict[str, Any],
) -> str | None:
    """Give the full name: the given one, or the convention's."""
    if "name" in long:
        node = long.get("name")
        said = draft.reader.text(node, "a name")
        usable = said and node and draft.usable(said, node, kind.kind.replace("_", " "))
        return said if usable else None
    if key is not None:
        return table.names.name(kind.kind, key.text)
    columns = data.get("columns", BAD)
    if columns is BAD:
        build(draft.reader, kind, {"table": table.name, "name": "x", **data}, long)
        return None
    parts = [c if isinstance(c, str) else c.column for c in columns]
    if None in parts:
        way_out = f"write it as {kind.section}: {{NAME: …}}, or give it a name:"
        draft.reader.error("S003", "an expression gives no name", long, help=way_out)
        return None
    return table.names.name(kind.kind, "_".join(parts))


def _direction(draft: Draft, table: TableDraft, kind: type[Obj], long: Map) -> Direction | None:
    """Read the directions; an earlier name may be the one in the convention."""
    found = read_direction(draft.reader, long)
    if found is None or not found.renamed_from:
        return found
    names = [
        each for name in found.renamed_from for each in (name, table.names.name(kind.kind, name))
    ]
    return replace(found, renamed_from=tuple(dict.fromkeys(names)))


def _foreign_key(  # noqa: PLR0913, PLR0917 - as `finish`
    draft: Draft,
    table: TableDraft,
    name: str,
    data: dict[str, Any],
    long: Map,
    key: Scalar | None,
) -> None:
    node = long.get("references")
    if "references" not in long or "columns" not in long:
        build(draft.reader, ForeignKey, {"table": table.name, "name": name, **data}, long)
        return
    there = draft.reader.map(node, "a mapping", "write {table: …, columns: […]}")
    if there is None or any(value is BAD for value in data.values()):
        return
    draft.reader.keys(there, ("table", "columns"), "references")
    target = there.get("table")
    if target is None:
        draft.reader.error("S003", "missing key 'table'", there, help="add table: …")
        return
    columns = draft.reader.names(there.get("columns")) if "columns" in there else None
    if draft.reader.text(target, "a table") is None or not isinstance(target, Scalar):
        return
    if "columns" in there and columns is None:
        return
    whole = {"table": table.name, "name": name, **data}
    direction = _direction(draft, table, ForeignKey, long)
    place = (key or long).place
    table.keys.append(ForeignKeyDraft(name, whole, target, columns, long, place, direction))


def read_primary_key(
    draft: Draft, table: TableDraft, node: Node | None, flagged: list[Flagged]
) -> None:
    """Make the primary key, from `primary_key:` or from the one column that is it."""
    table.has_key = bool(flagged) or node is not None
    if node is None:
        _flagged(draft, table, flagged)
        return
    for key, _ in flagged:
        way_out = "primary_key: of the table says it already"
        draft.reader.error("S006", f"{key.text!r} is said twice", key, help=way_out)
    long = node if isinstance(node, Map) else None
    if long is None:
        if draft.reader.seq(node, "a list of columns") is None:
            return
        key = Scalar(node.file, node.span, "columns")
        long = Map(node.file, node.span, {"columns": Entry(key, node)})
    draft.reader.keys(long, section_keys(PrimaryKey), "a primary key")
    data = {
        name: read_field(draft, PrimaryKey, name, said.value)
        for key, name in fields(PrimaryKey).items()
        if (said := long.entries.get(key)) is not None
    }
    name = _name(draft, table, PrimaryKey, Scalar(node.file, node.span, ""), long, data)
    if name is not None:
        _keep(table, finish(draft, table, PrimaryKey, name, data, long, None))


def _flagged(draft: Draft, table: TableDraft, flagged: list[Flagged]) -> None:
    if len(flagged) > 1:
        names = ", ".join(key.text for key, _ in flagged)
        way_out = f"for a key over several columns write, on the table, primary_key: [{names}]"
        at = flagged[1][0]
        draft.reader.error("S023", "a second column is the primary key", at, help=way_out)
    elif flagged:
        key, node = flagged[0]
        name = table.names.name("primary_key")
        obj = key_over(PrimaryKey, key.text).under(table.name, name)
        _keep(table, obj)
        draft.put(obj, key, node, None)


def _keep(table: TableDraft, obj: Obj | None) -> None:
    if isinstance(obj, PrimaryKey):
        table.parts.pop("primary_key", None)
        table.primary_key = obj
