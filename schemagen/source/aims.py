"""Directions: what the YAML says about how to get there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.directions import Direction
from schemagen.records import field, record
from schemagen.source.nodes import Map, Node, Scalar, Seq
from schemagen.source.vocabulary import DIRECTIONS, FILLS
from schemagen.types import DIALECTS

if TYPE_CHECKING:
    from schemagen.diagnostics import Place
    from schemagen.source.reader import Reader

WAYS = ("up", "down")
_ANYWHERE = frozenset((*DIRECTIONS, *FILLS, *DIALECTS))  # where directions of a column may be
STRATEGIES = ("rewrite", "shadow")


@record(frozen=False)
class _Fills:
    backfill: dict[str, str] = field(default_factory=dict)
    using: dict[tuple[str, str], str] = field(default_factory=dict)
    restore: dict[str, str] = field(default_factory=dict)


def read_direction(reader: Reader, node: Map, *, fills: bool = False) -> Direction | None:
    """Read an object's directions; None when it has none.

    Args:
        reader: where diagnostics go.
        node: the object's long form.
        fills: whether `backfill`, `using` and `restore` belong to it, as to a column.

    """
    if (_ANYWHERE if fills else DIRECTIONS.keys()).isdisjoint(node.entries):
        return None
    words = (*DIRECTIONS, *FILLS) if fills else tuple(DIRECTIONS)
    places = {word: node.entries[word].key.place for word in words if word in node}
    found = _read_fills(reader, node, places) if fills else _Fills()
    if not places:
        return None
    return Direction(
        renamed_from=names(reader, node.get("renamed_from")),
        strategy=reader.one_of(node.get("strategy"), STRATEGIES),
        allow=names(reader, node.get("allow")),
        backfill=found.backfill,
        using=found.using,
        restore=found.restore,
        places=places,
    )


def names(reader: Reader, node: Node | None) -> tuple[str, ...]:
    """Read a name or a list of names."""
    if isinstance(node, Seq):
        return tuple(item.text for item in reader.names(node, "a list of names") or ())
    said = reader.text(node, "a name")
    return (said,) if said else ()


def _read_fills(reader: Reader, node: Map, places: dict[str, Place]) -> _Fills:
    found = _Fills()
    for dialect in ("", *DIALECTS):
        there = node.get(dialect) if dialect else node
        if not isinstance(there, Map):
            continue
        for word in FILLS:
            if word in there:
                places.setdefault(word, there.entries[word].key.place)
        for word, into in (("backfill", found.backfill), ("restore", found.restore)):
            if (said := reader.sql(there.get(word))) is not None:
                into[dialect] = said
        _read_using(reader, there.get("using"), dialect, found)
    return found


def _read_using(reader: Reader, node: Node | None, dialect: str, found: _Fills) -> None:
    if isinstance(node, Map):
        reader.keys(node, WAYS, "using")
        for way in WAYS:
            if (said := reader.sql(node.get(way))) is not None:
                found.using[way, dialect] = said
    elif isinstance(node, (Scalar, Seq)) and (said := reader.sql(node)) is not None:
        found.using["up", dialect] = said


def read_restore(reader: Reader, node: Map) -> dict[str, tuple[Node, dict[str, str]]]:
    """Read a table's `restore:`: SQL per dropped column, for both dialects or for one."""
    found: dict[str, tuple[Node, dict[str, str]]] = {}
    for dialect in ("", *DIALECTS):
        there = node.get(dialect) if dialect else node
        listed = there.get("restore") if isinstance(there, Map) else None
        listed = reader.map(listed, "a mapping of columns to SQL")
        for column, entry in listed or ():
            said = reader.sql(entry.value)
            if said is not None:
                found.setdefault(column, (entry.key, {}))[1][dialect] = said
    return found
