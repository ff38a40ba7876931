"""`check --base REF`: a revision that REF has is shared, and a shared revision is never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.contents import is_entry, is_revision
from schemagen.diagnostics import Diagnostic, Place, in_order
from schemagen.history import files, git
from schemagen.history.history import prefix

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from schemagen.history.history import History
    from schemagen.history.revision import Revision


def check_base(history: History, folder: Path, root: Path, ref: str) -> tuple[Diagnostic, ...]:
    """Give an H004 error for every shared revision that is not as REF has it.

    A revision counts as deleted only if the commit that REF and HEAD come from had it: one that
    REF has got since is simply not here yet. Raises SchemagenError.

    Args:
        history: the revisions as they are now.
        folder: where the revisions are.
        root: what places are relative to, a folder of the repository.
        ref: a branch, tag or hash; any text.

    """
    base = git.commit(root, ref)
    there = _revisions(root, folder, base)
    here = {revision.id: revision for revision in history.revisions}
    common = git.merge_base(root, base, git.commit(root, "HEAD"))
    old = _revisions(root, folder, common) if common else {}
    found = [
        d for name, was in there.items() if name in here for d in _edited(here[name], was, ref)
    ]
    gone = [was for name, was in there.items() if name in old and name not in here]
    return tuple(in_order((*found, *(_deleted(was, ref) for was in gone))))


def _revisions(root: Path, folder: Path, commit: str) -> dict[str, Revision]:
    texts = git.files(root, folder, commit)
    kept = {n: t for n, t in texts.items() if is_revision(n) or is_entry(n)}
    found = files.sort_out(kept, folder, prefix(folder, root))
    return {revision.id: revision for revision in found.revisions}


def _edited(now: Revision, was: Revision, ref: str) -> Iterator[Diagnostic]:
    if now.body != was.body:
        yield _shared(
            f"{now.id} is shared, and its body is not as {ref} has it", now.place("upgrade")
        )
    if sorted(now.down) != sorted(was.down):
        message = f"{now.id} is shared, and it follows another revision than in {ref}"
        yield _shared(message, now.place("down_revision"))
    mine, theirs = (each.entry.text if each.entry else None for each in (now, was))
    if mine != theirs and theirs is not None:
        place = Place(now.entry.file) if now.entry else now.place("Entry")
        yield _shared(f"{now.id} is shared, and its entry is not as {ref} has it", place)


def _deleted(was: Revision, ref: str) -> Diagnostic:
    return _shared(f"{was.id} is shared, since {ref} has it, and is not here any more", was.place())


def _shared(message: str, place: Place) -> Diagnostic:
    way_out = "databases have run it: take the file back, and generate a new revision on top"
    return Diagnostic("H004", message, place, help=way_out)
