"""The folder of revisions: its files read and paired, each revision with its entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import contents
from schemagen.contents import is_entry, is_revision
from schemagen.diagnostics import Diagnostic, Place
from schemagen.history.revision import BROKEN, Revision, parse
from schemagen.history.told import Told
from schemagen.records import field, record, replace

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@record(frozen=False, slots=False)
class Folder:
    """What a folder of revisions holds.

    Args:
        revisions: as read, by file name.
        diagnostics: what cannot be read, and H001.
        digests: the hashes of all files by name.

    """

    revisions: list[Revision] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    digests: dict[str, str] = field(default_factory=dict)


def sort_out(texts: Mapping[str, bytes], folder: Path, prefix: str) -> Folder:
    """Read files by name and pair them.

    Args:
        texts: the files' bytes by name.
        folder: where they are.
        prefix: what stands before a file's name in places.

    """
    found = Folder(digests={name: contents.digest(text) for name, text in texts.items()})
    read: dict[str, str] = {}
    for name in sorted(texts):
        try:
            read[name] = texts[name].decode("utf-8-sig")
        except UnicodeDecodeError:
            place = Place(prefix + name)
            found.diagnostics.append(Diagnostic(BROKEN, "this file is not UTF-8", place))
    taken = {name for name in texts if _owner(name) in texts}
    for name in filter(is_revision, read):
        beside = _entry(name)
        told = Told(read[beside], prefix + beside) if beside in read else None
        parsed = parse(read[name], folder / name, prefix + name, told)
        if isinstance(parsed, Diagnostic):
            found.diagnostics.append(parsed)
            continue
        entry = _entry_of(name, parsed.named_entry, texts)
        taken.add(entry)
        if not entry and parsed.is_ours:
            found.diagnostics.append(_missing(parsed))
        if entry in read and entry != beside:
            parsed = replace(parsed, told=Told(read[entry], prefix + entry))
        found.revisions.append(parsed)
    left = [name for name in texts if is_entry(name) and name not in taken]
    found.diagnostics += [_alone(Place(prefix + name), _owner(name)) for name in left]
    return found


def _owner(entry: str) -> str:
    return entry.removesuffix(".yaml") + ".py"


def _entry(revision: str) -> str:
    return revision.removesuffix(".py") + ".yaml"


def _entry_of(revision: str, named: str, texts: Mapping[str, bytes]) -> str:
    """Name a revision's entry: that of its own name, else the one it names that no other has."""
    own = _entry(revision)
    if own in texts:
        return own
    return named if named in texts and is_entry(named) and _owner(named) not in texts else ""


def _missing(revision: Revision) -> Diagnostic:
    return Diagnostic(
        "H001",
        f"{revision.id} says that its entry is {revision.named_entry}, which is not there",
        revision.place("Entry"),
        help="take the entry back from version control; it belongs with the revision",
    )


def _alone(place: Place, revision: str) -> Diagnostic:
    return Diagnostic(
        "H001",
        f"this entry has no revision: there is no {revision}",
        place,
        help="delete it, or take the revision back from version control",
    )
