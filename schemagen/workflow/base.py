"""What a new revision stands on: its parent, the state there, and what was answered before."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from schemagen.directions import NONE
from schemagen.errors import SchemagenError
from schemagen.kinds import Key
from schemagen.records import field, record, replace
from schemagen.workflow.drops import dotted, losses, removed_values

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from schemagen.changes import Change
    from schemagen.directions import Direction, Directions
    from schemagen.history.history import History
    from schemagen.history.revision import Revision
    from schemagen.renames import Done
    from schemagen.schema import Schema


@record
class Base:
    """What a revision is built on.

    Args:
        parent: the id of the revision before it; None for the first.
        before: the state there.
        done: the renames that the history has carried out up to there.
        number: the revision's number, `0003`.
        stem: the name that an amended revision keeps; empty for a new one.
        created: the date that an amended revision keeps.
        hints: renames that an amended revision has carried out, {new key: old name}.
        dropped: what an amended revision has dropped, as `--allow-drop` takes it.
        irreversible: whether an amended revision was asked to have no way down.
        replaced: the files that an amended revision has now.

    """

    parent: str | None
    before: Schema
    done: Done
    number: str
    stem: str = ""
    created: str = ""
    hints: Mapping[Key, str] = field(default_factory=dict)
    dropped: tuple[str, ...] = ()
    irreversible: bool = False
    replaced: tuple[Path, ...] = ()

    def directed(self, directions: Directions) -> Directions:
        """Add the renames answered before to the YAML's directions; those win."""
        merged = dict(directions)
        for key, old in self.hints.items():
            owner = Key("enum", "", key.table) if key.kind == "enum_value" else key
            merged[owner] = _hinted(merged.get(owner, NONE), key, old)
        return merged


def _hinted(direction: Direction, key: Key, old: str) -> Direction:
    if key.kind == "enum_value":
        olds = (*direction.values.get(key.name, ()), old)
        return replace(direction, values={**direction.values, key.name: olds})
    return replace(direction, renamed_from=(*direction.renamed_from, old))


def on_head(history: History) -> Base:
    """Build on the head. Raises Findings on two heads."""
    before, done = history.state(), history.done()
    parent = history.head if len(history) else None
    return Base(parent, before, done, history.next_number())


def instead_of_head(history: History, root: Path) -> Base:
    """Build in place of the newest revision, as long as nothing rests on it."""
    newest = history.find("head")
    _amendable(newest)
    refuse_if_applied(newest, root)
    parent = next(iter(newest.down), None)
    before, done = history.state(parent or "base"), history.done(parent or "base")
    number, _, slug = newest.path.stem.partition("_")
    return Base(
        parent,
        before,
        done,
        number,
        slug,
        newest.created,
        {key._replace(name=new): key.name for key, new in history.done(newest.id) - done},
        _dropped(history.changes(newest.id)),
        irreversible="--irreversible" in newest.path.read_text(encoding="utf-8"),
        replaced=files_of(newest),
    )


def _dropped(changes: Sequence[Change]) -> tuple[str, ...]:
    return tuple(map(dotted, (*losses(changes), *removed_values(changes))))


def _amendable(revision: Revision) -> None:
    if not revision.id or revision.id == "base":
        msg = "there is no revision to amend"
    elif revision.entry is None or (revision.is_baseline and not revision.is_ours):
        msg = f"{revision.id} was written by hand, so it is amended by hand"
    elif len(revision.parents) > 1:
        msg = f"{revision.id} joins several revisions; undo it and merge anew"
    else:
        return
    raise SchemagenError(msg)


def refuse_if_applied(revision: Revision, root: Path) -> None:
    """Raise when the working database is at the revision: first it has to go back."""
    from schemagen.db import working  # noqa: PLC0415 - a new revision replaces none

    if revision.id in working.stamps(root):
        parent = revision.down[0] if len(revision.down) == 1 else "-1" if revision.down else "base"
        msg = f"the working database is at {revision.id}; first: alembic downgrade {parent}"
        raise SchemagenError(msg)


def files_of(revision: Revision) -> tuple[Path, ...]:
    """Give the files of a revision: the module, and its entry if there is one."""
    if revision.entry is None:
        return (revision.path,)
    return (revision.path, revision.path.with_name(Path(revision.entry.file).name))
