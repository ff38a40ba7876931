"""The fingerprints of the tables that an entry touches, before it and after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.changes import Change, Rename
from schemagen.history.emit import Block
from schemagen.records import record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from schemagen.diagnostics import Place
    from schemagen.history.document import Document
    from schemagen.schema import Schema


@record
class Prints:
    """A table's fingerprints before and after; None where it is not there."""

    before: str | None
    after: str | None
    place: Place


def write(changes: Iterable[Change], before: Schema, after: Schema) -> Block:
    """Write the fingerprints of all tables that changes touch."""
    prints = Block()
    for name in sorted({name for change in changes for name in _touched(change)}):
        sides = (("before", before), ("after", after))
        found = {side: s.view(name).fingerprint for side, s in sides if name in s.tables}
        if found:
            prints[name] = found
    return prints


def _touched(change: Change) -> set[str]:
    """Name the tables that a change touches, those of its dependants included."""
    objects = [change.invert().subject, change.subject]
    for alter in change.carried if isinstance(change, Rename) else ():
        objects += [alter.old, alter.new]
    return {obj.name if obj.kind == "table" else obj.table for obj in objects}


def read(document: Document, data: object) -> dict[str, Prints]:
    """Read an entry's `tables`; the document keeps the complaints."""
    prints: dict[str, Prints] = {}
    if not isinstance(data, dict):
        document.complain("'tables' is a map of fingerprints", ("tables",))
        return prints
    for name, sides in data.items():
        place = document.place(("tables", name))
        if not isinstance(sides, dict) or not set(sides) <= {"before", "after"}:
            document.complain("expected the fingerprints before and after", ("tables", name))
            continue
        prints[name] = Prints(sides.get("before"), sides.get("after"), place)
    return prints
