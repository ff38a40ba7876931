"""Tables: their own parts, then those of their mixins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.directions import NONE, Direction
from schemagen.kinds import Key, Obj, Options, Table
from schemagen.records import replace
from schemagen.source.aims import read_direction, read_restore
from schemagen.source.convention import is_plain, read_convention
from schemagen.source.documents import used_mixins
from schemagen.source.draft import TableDraft
from schemagen.source.implied import enum_check
from schemagen.source.model import BAD, build, frozen, overrides
from schemagen.source.nodes import Entry, Map, Node, Scalar
from schemagen.source.parts import read_primary_key
from schemagen.source.repeated import read_column
from schemagen.source.repeated_parts import read_section
from schemagen.source.vocabulary import DIRECTIONS, sections
from schemagen.types import DIALECTS

if TYPE_CHECKING:
    from typing import Any

    from schemagen.source.draft import Draft
    from schemagen.source.parts import Flagged

_MAY_DIFFER = ("comment", "options", "restore")
_MORE = frozenset((*DIALECTS, *DIRECTIONS, "restore"))  # what few tables say


def read_table(draft: Draft, key: Scalar, document: Map, mixins: dict[str, Entry]) -> TableDraft:
    """Read one table into the draft."""
    templates = read_convention(draft.reader, document.get("naming"))
    table = TableDraft(key.text, draft.convention.over(templates).of(key.text))
    draft.tables[table.name] = table
    _head(draft, table, key, document)
    used = used_mixins(draft, document, mixins)
    flagged = _columns(draft, table, document, "")
    for name, mixin in used:
        flagged += _columns(draft, table, mixin, name)
    if not table.declared and not draft.partial:
        _insist_on_columns(draft, table, key, document)
    read_primary_key(draft, table, document.get("primary_key"), flagged)
    for section, kind in sections().items():
        for source in (document, *(mixin for _, mixin in used)):
            if section in source:
                read_section(draft, table, kind, source.get(section))
    _enum_checks(draft, table)
    return table


def _insist_on_columns(draft: Draft, table: TableDraft, key: Scalar, document: Map) -> None:
    """Complain of a table without columns, unless it says so and PostgreSQL alone has it."""
    said = document.get("columns")
    if table.table is None or (said is not None and not isinstance(said, Map)):
        return  # a diagnostic says so already
    if isinstance(said, Map) and table.table.only == "postgresql":
        return
    message, way_out = f"table {table.name!r} has no columns", "add columns:"
    if isinstance(said, Map):
        message += ", and SQLite has no such tables"
        way_out = "add columns, or keep it to the database that has such tables: only: postgresql"
    draft.reader.error("S003", message, key, help=way_out)


def _head(draft: Draft, table: TableDraft, key: Scalar, document: Map) -> None:
    """Read the table itself and its directions."""
    data: dict[str, Any] = {"name": table.name}
    for name in ("comment", "only", "options"):
        if name in document:
            data.update(_field(draft, name, document.get(name)))
    obj = build(draft.reader, Table, data, document)
    direction = None
    if not _MORE.isdisjoint(document.entries):
        obj = obj and _overridden(draft, obj, data, document)
        direction = read_direction(draft.reader, document)
        if restores := _restores(draft, table, document):
            direction = replace(direction or NONE, restores=restores)
    if obj is not None:
        table.table = obj
        draft.put(obj, key, document, direction)


def _overridden(draft: Draft, obj: Table, data: dict[str, Any], document: Map) -> Table | None:
    def read(name: str, node: Node) -> dict[str, Any]:
        return {} if name == "restore" else _field(draft, name, node)

    return overrides(draft.reader, obj, data, document, _MAY_DIFFER, read)


def _restores(draft: Draft, table: TableDraft, document: Map) -> dict[str, dict[str, str]]:
    """Read `restore:`; give what is said of columns whose names others have taken."""
    found: dict[str, dict[str, str]] = {}
    for column, (node, said) in read_restore(draft.reader, document).items():
        own = _own(document, column)
        if own is None:
            places = {"restore": node.place}
            key = Key("column", table.name, column)
            draft.directions[key] = Direction(restore=said, places=places)
        elif isinstance(own, Map) and "renamed_from" in own:
            found[column] = said
        else:
            message = f"column {column!r} is there, and restore: of a table is for dropped ones"
            draft.reader.error("S027", message, node, help="write it under the column")
    return found


def _own(document: Map, column: str) -> Node | None:
    columns = document.get("columns")
    return columns.get(column) if isinstance(columns, Map) else None


def _field(draft: Draft, name: str, node: Node | None) -> dict[str, Any]:
    if node is None:
        return {}
    if name == "comment":
        return {name: draft.reader.text(node) or BAD}
    if name == "options" and isinstance(node, Map):
        known = [info.alias or field for field, info in Options.model_fields.items()]
        known_all = draft.reader.keys(node, known, "options")
        return {name: (known_all and build(draft.reader, Options, frozen(node), node)) or BAD}
    return {name: frozen(node)}


def _columns(draft: Draft, table: TableDraft, source: Map, mixin: str) -> list[Flagged]:
    """Read the columns of a table or a mixin; give those that are the primary key."""
    found = draft.reader.map(source.get("columns"), "a mapping of columns")
    flagged: list[Flagged] = []
    for name, entry in found or ():
        if not is_plain(name) and not draft.usable(name, entry.key, "column"):
            continue
        if name in table.declared:
            _taken(draft, table, entry, mixin)
            continue
        table.declared[name] = (entry, mixin)
        long = read_column(draft, table, name, entry)
        if long is not None:
            flagged.append((entry.key, long))
    return flagged


def _taken(draft: Draft, table: TableDraft, entry: Entry, mixin: str) -> None:
    """Complain, at the table's own column, of a name that a mixin has, too."""
    own, owner = table.declared[entry.key.text]
    first = f"mixin {owner!r}" if owner else f"table {table.name!r}"
    draft.reader.error(
        "S016",
        f"column {entry.key.text!r} is in {first} and in mixin {mixin!r}",
        own.key,
        help=f"the other one stands in {entry.key.place}; rename one, or leave the mixin out",
    )


def _enum_checks(draft: Draft, table: TableDraft) -> None:
    """Make the checks that hold the values of the enum columns."""
    made: list[Obj] = []
    for enum, (column, at, node) in table.listed:
        only = None if enum.storage else "sqlite"
        name = table.names.name("check", column.name)
        check = enum_check(column.name, enum.name, enum.values, only)
        made.append(check.under(table.name, name))
        draft.put(made[-1], at, node, None)
    if made:
        table.parts["checks"] = [*made, *table.parts.get("checks", [])]
