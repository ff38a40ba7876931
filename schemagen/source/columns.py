"""Columns: short form to long form, long form to object, and the keys that come with a column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schemagen import types
from schemagen.kinds import Column, Identity, Unique
from schemagen.source import defaults
from schemagen.source.aims import read_direction
from schemagen.source.columntypes import read_type, read_types
from schemagen.source.draft import ForeignKeyDraft
from schemagen.source.model import BAD, build, overrides
from schemagen.source.nodes import Broken, Entry, Map, Node, Scalar
from schemagen.source.notable import is_notable
from schemagen.source.shorthand import expand
from schemagen.source.vocabulary import COLUMN, COLUMN_OVERRIDES, FILLS, REFERENCES

if TYPE_CHECKING:
    from collections.abc import Callable

    from schemagen.kinds import Enum
    from schemagen.source.draft import Draft, TableDraft

_SAID_ON_TABLE = ("primary_key", "unique", "references")
_INTEGERS = ("smallint", "integer", "bigint")


def read_column(draft: Draft, table: TableDraft, entry: Entry) -> Map | None:
    """Read one column into the table's draft; give its long form."""
    long = long_form(draft, entry)
    if long is None:
        return None
    data, typed = _fields(draft, long)
    whole = {"table": table.name, "name": entry.key.text, **data}
    column = build(draft.reader, Column, whole, long)
    if column is not None and typed:
        column = column.model_copy(update={d: {"type": t} for d, t in typed.items()})
    if column is not None:
        column = _overridden(draft, column, whole, long)
    if column is not None and _sound(draft, column, long, entry.key):
        table.columns[column.name] = column
        if is_notable(column):
            table.notable.append(column)
        draft.put(column, entry.key, long, read_direction(draft.reader, long, fills=True))
        if (enum := _enum(draft, column)) is not None:
            table.listed.append((enum, draft.placed[-1]))
    _keys(draft, table, entry, long)
    return long


def long_form(draft: Draft, entry: Entry) -> Map | None:
    """Turn whatever a column is written as into the long form."""
    reader, node = draft.reader, entry.value
    short = node.get("type") if isinstance(node, Map) else node
    if short is None or (isinstance(short, Scalar) and short.value is None and not short.style):
        if not isinstance(node, Map) or reader.keys(node, tuple(COLUMN), "a column"):
            message = f"column {entry.key.text!r} has no type"
            reader.error("S003", message, entry.key, help="write NAME: TYPE, or add type:")
        return None
    if not isinstance(node, Map):
        return _expanded(draft, node)
    reader.keys(node, tuple(COLUMN), "a column")
    short = node.get("type")  # a comma may have cut it in two
    if isinstance(short, (Map, Broken)):
        return node
    expanded = _expanded(draft, short)
    return _merged(draft, expanded, node) if expanded else None


def _expanded(draft: Draft, node: Node | None) -> Map | None:
    """Read a short form."""
    if isinstance(node, Scalar):
        return expand(node, draft.problems) if draft.reader.text(node, "a type") else None
    draft.reader.map(node, "a type or a mapping")
    return None


def _merged(draft: Draft, short: Map, long: Map) -> Map | None:
    for name, entry in long:
        if name != "type" and name in short:
            way_out = "the short form under type: says it already"
            draft.reader.error("S006", f"{name!r} is said twice", entry.key, help=way_out)
            return None
    rest = {name: entry for name, entry in long if name != "type"}
    return Map(long.file, long.span, {**short.entries, **rest}, long.flow)


def _fields(draft: Draft, long: Map) -> tuple[dict[str, Any], dict[str, str]]:
    data: dict[str, Any] = {}
    typed: dict[str, str] = {}
    for name, entry in long:
        if name == "type" and isinstance(entry.value, Map):
            data["type"], typed = read_types(draft, entry.value)
        elif name in COLUMN and name not in _SAID_ON_TABLE:
            data.update(_field(draft, name, entry.value))
    return data, typed


def _field(draft: Draft, name: str, node: Node, *, raw: bool = False) -> dict[str, Any]:
    """Read one field; directions and overrides are none."""
    reader = draft.reader
    readers: dict[str, Callable[[], Any]] = {
        "type": lambda: BAD if isinstance(node, Broken) else read_type(draft, node, raw=raw),
        "nullable": lambda: BAD if (flag := reader.flag(node)) is None else flag,
        "default": lambda: defaults.read_default(reader, node),
        "identity": lambda: _identity(draft, node),
        "generated": lambda: _generated(draft, node, raw=raw),
        "collation": lambda: reader.text(node) or BAD,
        "comment": lambda: reader.text(node) or BAD,
    }
    return {name: readers[name]()} if name in readers else {}


def _identity(draft: Draft, node: Node) -> Any:  # noqa: ANN401 - a mapping for pydantic, None or BAD
    if isinstance(node, Map):
        known = tuple(Identity.model_fields)
        draft.reader.keys(node, known, "identity")
        return {
            name: entry.value.value
            for name, entry in node
            if isinstance(entry.value, Scalar) and name in known
        }
    flag = draft.reader.flag(node, "true or a mapping")
    return BAD if flag is None else ({} if flag else None)


def _generated(draft: Draft, node: Node, *, raw: bool) -> Any:  # noqa: ANN401 - as above
    if raw and isinstance(node, Scalar) and node.value is None:
        return None  # a plain column, on this database alone
    found = draft.reader.map(node, "a mapping", "write generated: {sql: …}")
    if found is None:
        return BAD
    draft.reader.keys(found, ("sql", "stored"), "generated")
    if "sql" not in found:
        draft.reader.error("S003", "missing key 'sql'", found, help="add sql: …")
        return BAD
    said = draft.reader.sql(found.get("sql"))
    stored = draft.reader.flag(found.get("stored"))
    if said is None or ("stored" in found and stored is None):
        return BAD
    return {"sql": said, "stored": bool(stored)}


def _overridden(draft: Draft, column: Column, data: dict[str, Any], long: Map) -> Column | None:
    def read(name: str, node: Node) -> dict[str, Any]:
        return {} if name in FILLS else _field(draft, name, node, raw=True)

    laid = overrides(draft.reader, column, data, long, COLUMN_OVERRIDES, read)
    if laid is None or laid is column:
        return laid
    merged = {d: {**getattr(column, d), **getattr(laid, d)} for d in types.DIALECTS}
    return laid.model_copy(update=merged)


def _sound(draft: Draft, column: Column, long: Map, key: Scalar) -> bool:
    """Look at what a column says about itself, on each dialect."""
    if "default" in long and column.default is None and not column.nullable:
        message = f"NULL cannot be the default of a column that is NOT NULL: {column.name!r}"
        way_out = "allow NULL ('?' after the type), or leave the default out"
        draft.reader.error("S020", message, long.get("default"), help=way_out)
        return False
    differs = bool(column.sqlite or column.postgresql)
    for dialect in types.DIALECTS if differs else types.DIALECTS[:1]:
        there = column.on(dialect)
        own = long.get(dialect)
        nodes = [n for n in (own, long) if isinstance(n, Map)]
        at = {name: n for node in reversed(nodes) for name in node.entries if (n := node.get(name))}
        if not (_contradicts(draft, there, at, key) and _fits(draft, there, at, key)):
            return False
    return True


def _enum(draft: Draft, column: Column) -> Enum | None:
    """Give the enum one of whose values a column holds."""
    spec = column.spec
    return draft.enums.get(spec.name) if spec and spec.logical is None and not spec.dims else None


def _fits(draft: Draft, column: Column, at: dict[str, Node], key: Scalar) -> bool:
    spec = column.spec
    enum = draft.enums.get(spec.name) if spec and spec.logical is None else None
    if spec and spec.logical is None and enum is None and not spec.dims:
        spec = None  # raw SQL, or an enum that could not be read
    node = at.get("default", key)
    return defaults.check_fit(draft.reader, column.default, spec, enum, node)


def _contradicts(draft: Draft, column: Column, at: dict[str, Node], key: Scalar) -> bool:
    spec = column.spec
    name = column.name
    integer = bool(spec and spec.logical and spec.name in _INTEGERS and not spec.dims)
    wrong = (
        (
            "identity",
            column.identity and not integer,
            "identity needs an integer type",
            "write smallint, integer or bigint",
        ),
        (
            "identity",
            column.identity and column.nullable,
            "an identity is never NULL",
            "take the '?' away",
        ),
        (
            "identity",
            column.identity and column.default is not None,
            "a column has an identity or a default, not both",
            "leave one of them out",
        ),
        (
            "default",
            column.is_serial and column.default is not None,
            "a serial column has a default of its own",
            "leave one of them out: the default, or serial for integer",
        ),
        (
            "identity",
            column.is_serial and column.identity,
            "a column is serial or an identity, not both",
            "leave one of them out",
        ),
        (
            "nullable",
            column.is_serial and column.nullable,
            "a serial column is never NULL",
            "take the '?' away",
        ),
        (
            "generated",
            column.generated
            and (column.default is not None or column.identity or column.is_serial),
            "a generated column has neither default nor identity",
            "its values are always computed: leave the other one out",
        ),
    )
    for field, bad, message, way_out in wrong:
        if bad:
            code = "S024" if field == "generated" else "S022"
            draft.reader.error(code, f"{message}: {name!r}", at.get(field, key), help=way_out)
            return False
    return True


def _keys(draft: Draft, table: TableDraft, entry: Entry, long: Map) -> None:
    """Make the keys that the column's own words ask for, all but the primary key."""
    column = entry.key.text
    unique = draft.reader.flag(long.get("unique"))
    if unique:
        name = table.names.name("unique", column)
        obj = Unique(table=table.name, name=name, columns=(column,))
        table.parts.setdefault("unique", []).append(obj)
        draft.put(obj, long.entries["unique"].key, long, None)
    if "references" in long:
        _reference(draft, table, entry, long)


def _reference(draft: Draft, table: TableDraft, entry: Entry, long: Map) -> None:
    node = draft.reader.map(long.get("references"), "a mapping", "write -> in the short form")
    if node is None:
        return
    allowed = tuple(key for key in REFERENCES if key != "columns")
    draft.reader.keys(node, allowed, "references")
    there = node.get("table")
    if there is None:
        draft.reader.error("S003", "missing key 'table'", node, help="add table: …")
        return
    if draft.reader.text(there, "a table") is None or not isinstance(there, Scalar):
        return
    column = node.get("column")
    actions = {
        key: value.text
        for key in ("on_delete", "on_update")
        if isinstance(value := node.get(key), Scalar)
    }
    name = table.names.name("foreign_key", entry.key.text)
    fields = {"table": table.name, "name": name, "columns": (entry.key.text,), **actions}
    target = [column] if isinstance(column, Scalar) else None
    place = long.entries["references"].key.place
    table.keys.append(ForeignKeyDraft(name, fields, there, target, marked(node, entry), place))


def marked(references: Map, entry: Entry) -> Map:
    """Give `references:` of a column, which stands for the key's own columns, too."""
    entries = {**references.entries, "columns": entry}
    return Map(references.file, references.span, entries, references.flow)
