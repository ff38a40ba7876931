"""Sequences: their numbers, and the columns with which they go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schemagen import qualified
from schemagen.kinds import Owner, Sequence
from schemagen.patterns import pattern
from schemagen.source.aims import read_direction
from schemagen.source.model import BAD, build, frozen
from schemagen.source.nodes import Entry, Map, Node, Scalar
from schemagen.source.vocabulary import DIRECTIONS, SEQUENCE

if TYPE_CHECKING:
    from schemagen.source.draft import Draft

_NAME = r'"(?:[^"]|"")+"|[^\W\d][\w$]*'
_OWNER = pattern(rf"\s*(?:(?P<schema>{_NAME})\.)?(?P<table>{_NAME})\.(?P<column>{_NAME})\s*\Z")
_BITS = {"smallint": 15, "integer": 31, "bigint": 63}


def read_sequence(draft: Draft, entry: Entry) -> None:
    """Read one sequence into the draft."""
    name = entry.key.text
    if not draft.usable(name, entry.key, "sequence"):
        return
    long = draft.reader.map(entry.value, "a mapping", "write {} for a sequence like any other")
    if long is None:
        return
    draft.reader.keys(long, tuple(SEQUENCE), "a sequence")
    data: dict[str, Any] = {
        key: frozen(each.value)
        for key, each in long
        if key in SEQUENCE and key not in (*DIRECTIONS, "owned_by", "comment")
    }
    if "comment" in long:
        data["comment"] = draft.reader.text(long.get("comment")) or BAD
    if "owned_by" in long:
        data["owned_by"] = _owner(draft, long.get("owned_by")) or BAD
    sequence = build(draft.reader, Sequence, {"name": name, **data}, long)
    if sequence is not None and _counts(draft, sequence, long):
        draft.sequences[name] = sequence
        draft.put(sequence, entry.key, long, read_direction(draft.reader, long))


def _owner(draft: Draft, node: Node | None) -> Owner | None:
    said = draft.reader.text(node, "a column, TABLE.COLUMN")
    if said is None:
        return None
    found = _OWNER.match(said)
    if not found:
        way_out = "write TABLE.COLUMN, with double quotes around a name that is no plain word"
        draft.reader.error("S001", f"{said!r} is no column of a table", node, help=way_out)
        return None
    names = [_bare(found[part]) for part in ("schema", "table") if found[part]]
    return Owner(table=".".join(names), column=_bare(found["column"]))


def _bare(name: str) -> str:
    return name[1:-1].replace('""', '"') if name.startswith('"') else name


def _counts(draft: Draft, sequence: Sequence, long: Map) -> bool:
    """Say whether its numbers are as PostgreSQL wants them, after a diagnostic if not."""
    limit = 2 ** _BITS[sequence.type]
    low, high, first = sequence.low, sequence.high, sequence.first
    wrong = (
        ("increment", sequence.increment == 0, "a sequence has to move", "any number but 0"),
        ("cache", sequence.cache < 1, "a cache holds one number at least", "1 or more"),
        ("min", low >= high, f"from {low} to {high} there is no way", "min below max"),
        ("min", low < -limit, f"{low} is no {sequence.type}", f"from {-limit}"),
        ("max", high >= limit, f"{high} is no {sequence.type}", f"up to {limit - 1}"),
        (
            "start",
            not low <= first <= high,
            f"{first} is not from {low} to {high}",
            "a number in between",
        ),
    )
    for key, bad, message, way_out in wrong:
        if bad:
            at = long.get(key) or long
            draft.reader.error("S031", f"{message}: {sequence.name!r}", at, help=way_out)
            return False
    return True


def check_owners(draft: Draft) -> None:
    """Look for the columns that sequences go with; leave out what names others."""
    for name, sequence in list(draft.sequences.items()):
        owner = sequence.owned_by
        if owner is None:
            continue
        at = draft.nodes[sequence.key].get("owned_by")
        table = draft.tables.get(owner.table)
        if table is None:
            if isinstance(at, Scalar):
                at = Scalar(at.file, at.span, owner.table, at.style)
                draft.unknown("S010", "table", at, list(draft.tables))
        elif owner.column not in table.declared:
            draft.problems.unknown("S011", "column", owner.column, at, table.declared)
        elif table.table is not None and not table.table.exists_on("postgresql"):
            message = f"table {owner.table!r} is on SQLite alone, which has no sequences"
            draft.reader.error("S014", message, at, help="leave owned_by: out")
        elif qualified.namespace(owner.table) != qualified.namespace(name):
            message = f"sequence {name!r} is not in the schema of its table {owner.table!r}"
            way_out = f"call it {qualified.beside(owner.table, qualified.bare(name))}"
            draft.reader.error("S014", message, at, help=way_out)
        else:
            continue
        del draft.sequences[name]
