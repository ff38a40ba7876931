"""A history of so many revisions for a schema: what `schemagen generate` would have written.

The revisions are planned ten tables at a time, with what they refer to and no more, so that the
time for it does not depend on how the planner grows. One of more tables than that has in its way
down no drops of foreign keys from one ten to the other; else it is the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from schemagen import naming
from schemagen.diff import compare
from schemagen.history.entry import body_hash
from schemagen.history.entry_text import entry_text
from schemagen.order import by_reference
from schemagen.plan.options import Options
from schemagen.plan.planning import plan
from schemagen.render.header import Header
from schemagen.render.revision import revision_text
from schemagen.schema import Schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from schemagen.kinds import Obj
    from schemagen.source import Source

_TOGETHER = 10  # tables that are planned at once
_CREATED = "2026-01-01 00:00:00.000000"
_PARTS = re.compile(
    r"(?P<head>.*?)(?P<up>def upgrade\(\) -> None:\n.*?)(?P<down>def downgrade\(\) -> None:\n.*)",
    re.DOTALL,
)
_DIALECT = "    dialect = op.get_context().dialect.name\n\n"


@dataclass(frozen=True, slots=True)
class Written:
    """A revision.

    Args:
        stem: of its two files.
        module: the text of the revision.
        entry: the text of its entry.

    """

    stem: str
    module: str
    entry: str


@dataclass(frozen=True, slots=True)
class Whole:
    """The schema at the end, its objects by the table that they belong to.

    Args:
        source: the YAML.
        parts: ordinals and objects, by the table; those of none under "".

    """

    source: Source
    parts: dict[str, list[tuple[int, Obj]]]

    @classmethod
    def of(cls, source: Source) -> Whole:
        """Sort the objects."""
        parts: dict[str, list[tuple[int, Obj]]] = {}
        for ordinal, obj in enumerate(source.schema):
            owner = obj.name if obj.kind == "table" else obj.table
            parts.setdefault(owner, []).append((ordinal, obj))
        return cls(source, parts)

    def only(self, tables: Iterable[str]) -> Schema:
        """Give the enums and some tables, in the order of the whole."""
        found = [each for name in {"", *tables} for each in self.parts.get(name, ())]
        return Schema(obj for _, obj in sorted(found, key=lambda each: each[0]))

    def known_to(self, tables: Iterable[str]) -> set[str]:
        """Name the tables that some tables refer to, themselves left out."""
        names = set(tables)
        views = map(self.source.schema.view, names)
        return {key.references.table for view in views for key in view.foreign_keys} - names


def revisions(source: Source, entries: int) -> Iterator[Written]:
    """Write a history at whose end is the schema of the YAML.

    Args:
        source: the YAML; its foreign keys lead to no cycle but from a table to itself.
        entries: so many revisions, each adding its share of the tables.

    """
    whole, parent = Whole.of(source), None
    order = by_reference(source.schema)
    for number in range(entries):
        share = [n * len(order) // entries for n in (number, number + 1)]
        written, parent = _revision(whole, order[slice(*share)], number + 1, parent)
        yield written


def _revision(
    whole: Whole, tables: Sequence[str], number: int, parent: str | None
) -> tuple[Written, str]:
    first = parent is None
    before = Schema() if first else whole.only(whole.known_to(tables))
    after = whole.only((*before.tables, *tables))
    changes = compare(before, after).changes
    stem = f"{number:04}_{naming.slug(changes, first=first)}"
    identity = naming.revision_id(stem)
    header = Header(identity, parent, stem.partition("_")[2], _CREATED, f"{stem}.yaml")
    batches = [tables[i : i + _TOGETHER] for i in range(0, len(tables), _TOGETHER)]
    text = _joined([_text(whole, tables, batch, header) for batch in batches])
    entry = entry_text(changes, before, after, body_hash(text), full=first)
    return Written(stem, text, entry), identity


def _text(whole: Whole, together: Sequence[str], batch: Sequence[str], header: Header) -> str:
    """Write the revision as if it added a part of its tables."""
    first = header.revises is None and batch[0] == together[0]
    before = Schema() if first else whole.only(whole.known_to(batch))
    after = whole.only((*before.tables, *batch))
    changes = compare(before, after).changes
    planned = plan(changes, before, {}, places=whole.source.places, options=Options())
    return revision_text(header, planned)


def _joined(texts: Sequence[str]) -> str:
    """Join revisions into one: the ways up one after the other, those down the other way round."""
    if len(texts) == 1:
        return texts[0]
    found = [part for text in texts if (part := _PARTS.fullmatch(text))]
    head = max((part["head"] for part in found), key=len)
    up = [part["up"].rstrip() for part in found]
    down = [part["down"].rstrip() for part in reversed(found)]
    return "\n".join((head.rstrip("\n"), "", "", _way(up), "", "", _way(down), ""))


def _way(parts: Sequence[str]) -> str:
    """Join the bodies of one function."""
    begin = parts[0].partition("\n")[0] + "\n"
    bodies = [part.removeprefix(begin) for part in parts]
    branches = any(body.startswith(_DIALECT) for body in bodies)
    plain = [body.removeprefix(_DIALECT) for body in bodies]
    return begin + (_DIALECT if branches else "") + "\n\n".join(plain)
