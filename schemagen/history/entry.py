"""The entry of a revision: its change log in YAML, written once and read for ever."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from schemagen.changes import Change, Rename
from schemagen.diagnostics import Diagnostic, Place
from schemagen.history import full as state
from schemagen.history import record
from schemagen.history.document import Document
from schemagen.history.emit import Block, emit
from schemagen.history.lift import FORMAT, lift

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from schemagen.history.record import Record
    from schemagen.kinds import Obj
    from schemagen.schema import Schema

_UPGRADE = re.compile(r"^(?:async\s+)?def\s+upgrade\b", re.MULTILINE)
_SEAL = re.compile(r"^body: ['\"]?([0-9a-f]{16})['\"]?$", re.MULTILINE)
_KNOWN = ("schemagen", "body", "tables", "changes", "schema")


@dataclass(frozen=True, slots=True)
class Prints:
    """A table's fingerprints before and after; None where it is not there."""

    before: str | None
    after: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as read.

    Args:
        file: its path as in places.
        text: the file's text, line ends as LF.
        body: the hash of the revision's body that it was written for.
        tables: the fingerprints of each touched table.
        records: the changes, unless it holds a full state.
        full: the objects of a full state, else None.
        diagnostics: what is wrong with the file itself.
        body_place: where the hash stands.

    """

    file: str
    text: str
    body: str = ""
    tables: Mapping[str, Prints] | None = None
    records: tuple[Record, ...] = ()
    full: tuple[Obj, ...] | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    body_place: Place | None = None


def body_hash(revision_text: str) -> str:
    """Hash a revision's text from `def upgrade` on, line ends as LF: 16 hexadecimal digits."""
    text = unix(revision_text)
    return hashlib.sha256(text[body_start(text) :].encode()).hexdigest()[:16]


def body_start(revision_text: str) -> int:
    """Say where `def upgrade` is in a revision's text; 0 where there is none."""
    found = _UPGRADE.search(revision_text)
    return found.start() if found else 0


def seal(entry_text: str) -> str:
    """Give the hash of the body that an entry was written for, without reading the rest of it."""
    found = _SEAL.search(entry_text)
    return found[1] if found else ""


def unix(text: str) -> str:
    """Give text with LF line ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def entry_text(
    changes: Sequence[Change], before: Schema, after: Schema, body: str, *, full: bool = False
) -> str:
    """Write an entry.

    Args:
        changes: what leads from `before` to `after`.
        before: the state at the revision's parent.
        after: the state at the revision.
        body: the hash of the revision's body.
        full: write the whole state `after`, not the changes.

    """
    data: dict[str, Any] = {"schemagen": FORMAT, "body": body}
    if full:
        return emit({**data, "schema": state.write(after)})
    if tables := _tables(changes, before, after):
        data["tables"] = tables
    return emit({**data, "changes": [record.write(change) for change in changes]})


def _tables(changes: Iterable[Change], before: Schema, after: Schema) -> Block:
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


def read(text: str, file: str) -> Entry:
    """Read an entry. What is wrong with it is in its diagnostics.

    Args:
        text: the file's text.
        file: its path as in places.

    """
    document = Document(text, file)
    data = document.data
    version = data.get("schemagen") if isinstance(data, dict) else None
    if not isinstance(version, int) or version < 1:
        if not document.diagnostics:
            document.complain(f"an entry begins with its format, schemagen: {FORMAT}")
        return Entry(file, unix(text), diagnostics=tuple(document.diagnostics))
    if version > FORMAT:
        newer = Diagnostic(
            "H007",
            f"this entry has format {version}; this schemagen knows up to {FORMAT}",
            document.place(("schemagen",)),
            help="install the schemagen that the project uses now",
        )
        return Entry(file, unix(text), diagnostics=(newer,))
    return _read(document, unix(text), lift(data, version))


def _read(document: Document, text: str, data: dict[str, Any]) -> Entry:
    for name in data:
        if name not in _KNOWN:
            document.complain(f"unknown key {name!r}", (name,))
    if ("changes" in data) == ("schema" in data):
        document.complain("an entry holds either changes or a schema")
    objects = state.read(document, ("schema",), data["schema"]) if "schema" in data else None
    return Entry(
        document.file,
        text,
        str(data.get("body", "")),
        _prints(document, data.get("tables", {})),
        _records(document, data.get("changes", [])),
        objects,
        tuple(document.diagnostics),
        document.place(("body",)),
    )


def _prints(document: Document, data: object) -> dict[str, Prints]:
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


def _records(document: Document, data: object) -> tuple[Record, ...]:
    records: list[Record] = []
    if not isinstance(data, list):
        document.complain("'changes' is a list", ("changes",))
        return ()
    for i, item in enumerate(data):
        try:
            records.append(record.read(document, ("changes", i), item))
        except ValueError as error:
            document.complain(str(error), ("changes", i))
    return tuple(records)
