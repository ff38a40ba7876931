"""The entry of a revision: its change log in YAML, written once and read for ever."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from schemagen.hashes import sha256
from schemagen.patterns import pattern
from schemagen.records import record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schemagen.diagnostics import Diagnostic, Place
    from schemagen.history.full import Whole
    from schemagen.history.prints import Prints
    from schemagen.history.record import Record

_UPGRADE = pattern(r"^(?:async\s+)?def\s+upgrade\b", re.MULTILINE)
_SEAL = pattern(r"^body: ['\"]?([0-9a-f]{16})['\"]?$", re.MULTILINE)


@record
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
    full: Whole | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    body_place: Place | None = None


def body_hash(revision_text: str) -> str:
    """Hash a revision's text from `def upgrade` on, line ends as LF: 16 hexadecimal digits."""
    text = unix(revision_text)
    return sha256(text[body_start(text) :].encode()).hexdigest()[:16]


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
