"""An entry read back from its text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schemagen.diagnostics import Diagnostic
from schemagen.history import canonical, full, prints, record
from schemagen.history.document import Document
from schemagen.history.entry import Entry, unix
from schemagen.history.lift import FORMAT, lift

if TYPE_CHECKING:
    from schemagen.history.record import Record

_KNOWN = ("schemagen", "body", "tables", "changes", "schema")


def read(text: str, file: str) -> Entry:
    """Read an entry. What is wrong with it is in its diagnostics.

    Args:
        text: the file's text.
        file: its path as in places.

    """
    return canonical.read(text, file) or read_any(text, file)


def read_any(text: str, file: str) -> Entry:
    """Read an entry, however it is written.

    Args:
        text: the file's text.
        file: its path as in places.

    """
    document = Document.of(text, file)
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
    objects = full.read(document, ("schema",), data["schema"]) if "schema" in data else None
    return Entry(
        document.file,
        text,
        str(data.get("body", "")),
        prints.read(document, data.get("tables", {})),
        _records(document, data.get("changes", [])),
        objects,
        tuple(document.diagnostics),
        document.place(("body",)),
    )


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
