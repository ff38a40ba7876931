"""The history: revisions in order, the state at each of them, and what is wrong."""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING

from schemagen import contents
from schemagen.diagnostics import Diagnostic, did_you_mean, in_order
from schemagen.errors import Findings, SchemagenError
from schemagen.history import files
from schemagen.history.checkpoint import Checkpoint
from schemagen.history.graph import Graph
from schemagen.history.heads import two_heads
from schemagen.history.revision import BASE, Revision
from schemagen.renames import TEMPORARY

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from schemagen.changes import Change
    from schemagen.history.fold import Fold
    from schemagen.history.walk import Replayed
    from schemagen.kinds import Key
    from schemagen.renames import Done
    from schemagen.schema import Schema


class History:
    """The revisions of a project.

    Args:
        folder: what their folder holds.
        begin: where a replay has been before; it is believed if all is still there.

    """

    def __init__(self, folder: files.Folder, begin: Checkpoint | None = None) -> None:
        """Sort the revisions into a graph."""
        self._folder = folder
        self._graph = Graph(folder.revisions)
        self._begin = begin if begin is not None and begin.fits(folder, self._graph) else None

    def __len__(self) -> int:
        """Count the revisions."""
        return len(self.revisions)

    @property
    def revisions(self) -> tuple[Revision, ...]:
        """All revisions, parents first, ties by id."""
        return self._graph.revisions

    @property
    def heads(self) -> tuple[Revision, ...]:
        """The revisions that nothing follows; more than one is H005."""
        return tuple(self._graph.by_id[name] for name in self._graph.heads)

    @property
    def head(self) -> str:
        """The id of the single head; `base` without revisions. Raises Findings on two heads."""
        return self._head().id

    @cached_property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Everything that is wrong, by place. Replays all entries."""
        replayed, _ = self._replayed
        found = [*self._folder.diagnostics, *self._graph.diagnostics, *replayed]
        if len(self.heads) > 1:
            found.append(two_heads(self._graph))
        return tuple(in_order(found))

    @cached_property
    def _replayed(self) -> Replayed:
        begin = self._begin
        if begin is not None and self._graph.heads == (begin.head,):
            return (), {}
        from schemagen.history import walk  # noqa: PLC0415 - most often nothing is new

        return walk.check(self._graph, begin)

    def _fold(self, names: AbstractSet[str]) -> Fold:
        from schemagen.history import walk  # noqa: PLC0415 - as above

        return walk.fold(self._graph, names)

    @property
    def digests(self) -> Mapping[str, str]:
        """The hashes of all files, by name."""
        return self._folder.digests

    @property
    def checkpoint(self) -> Checkpoint | None:
        """What the next replay can go on from; None where anything is wrong, or nothing is."""
        if self.diagnostics or not self.heads:
            return None
        return Checkpoint(self._folder.digests, self.heads[0].id, self.state(), self.done())

    @cached_property
    def untold(self) -> Mapping[str, str]:
        """The revisions before the one where the history begins, each with that one's id."""
        return {
            name: baseline.id
            for baseline in self.revisions
            if baseline.is_baseline
            for name in self._graph.ancestors(baseline.id)
        }

    def insist_on_told(self, revision: Revision) -> None:
        """Raise SchemagenError when nothing tells the state at a revision."""
        if (begin := self.untold.get(revision.id)) is not None:
            msg = f"nobody knows the schema at {revision.id}: the history begins with {begin}"
            raise SchemagenError(msg)

    def state(self, revision: str | None = None) -> Schema:
        """Give the schema at a revision: the fold of its ancestors' entries and its own.

        Args:
            revision: anything that `find` takes; None is the single head. Raises Findings when
                there are two.

        """
        name = self._head().id if revision is None else self.find(revision).id
        if self._begin is not None and name == self._begin.head:
            return self._begin.state
        _, heads = self._replayed
        if name not in heads:
            return self._fold(self._up_to(name)).schema
        if name not in self._at_heads:
            self._at_heads[name] = heads[name].schema
        return self._at_heads[name]

    @cached_property
    def _at_heads(self) -> dict[str, Schema]:
        return {}

    @property
    def folded(self) -> Fold | None:
        """The fold of all entries; None if anything is wrong, or nothing was replayed for it."""
        if self.diagnostics or not self.heads:
            return None
        _, heads = self._replayed
        return heads.get(self.head)

    def done(self, revision: str | None = None) -> Done:
        """Give the renames carried out up to a revision, as `state` finds it."""
        names, begin = self._up_to(revision), self._begin
        done: set[tuple[Key, str]] = set()
        if begin is not None and begin.head in names:
            names, done = names - begin.known(self._graph), set(begin.done)
        for each in self._graph.order(names):
            done |= _renames(each)
        return frozenset(done)

    def changes(self, revision: str) -> tuple[Change, ...]:
        """Give the changes of one revision, applied to the state before it."""
        found = self.find(revision)
        if found.entry is None:
            return ()
        folded = self._fold(self._graph.ancestors(found.id))
        folded.take(found.entry)
        return tuple(folded.changes)

    def find(self, name: str) -> Revision:
        """Find a revision. Raises SchemagenError, or Findings for `head` when there are two.

        Args:
            name: an id, an unambiguous beginning of one, a file's stem, `head`, or `base` (which
                stands for the state before the first revision).

        """
        if name == BASE.id:
            return BASE
        if name == "head":
            return self._head()
        if name in self._graph.by_id:
            return self._graph.by_id[name]
        return self._nearest(name)

    def _head(self) -> Revision:
        if len(self.heads) > 1:
            raise Findings([two_heads(self._graph)])
        return self.heads[0] if self.heads else BASE

    def _nearest(self, name: str) -> Revision:
        stems = {revision.path.stem: revision for revision in self.revisions}
        if found := stems.get(name.removesuffix(".py")):
            return found
        near = [r for r in self.revisions if name and r.id.startswith(name)]
        if len(near) > 1:
            msg = f"{name!r} could be {' or '.join(r.id for r in near)}: write more of it"
            raise SchemagenError(msg)
        if not near:
            label = did_you_mean(name, (*self._graph.by_id, "head", "base"))
            msg = f"there is no revision {name!r}" + (f": {label}" if label else "")
            raise SchemagenError(msg)
        return near[0]

    def _up_to(self, name: str | None) -> frozenset[str]:
        revision = self._head() if name is None else self.find(name)
        if revision is BASE:
            return frozenset()
        return self._graph.ancestors(revision.id) | {revision.id}

    def children(self, revision: Revision | str) -> tuple[Revision, ...]:
        """Give the revisions that follow one, or depend on it; of `base`, the first ones."""
        name = revision if isinstance(revision, str) else revision.id
        if name == BASE.id:
            return tuple(r for r in self.revisions if not r.down)
        return tuple(self._graph.by_id[n] for n in self._graph.children[self.find(name).id])

    def ancestors(self, revision: Revision | str) -> tuple[Revision, ...]:
        """Give everything that comes before a revision, parents first."""
        found = self.find(revision if isinstance(revision, str) else revision.id)
        names = () if found is BASE else self._graph.ancestors(found.id)
        return tuple(self._graph.order(names))

    def next_number(self) -> str:
        """Give the number of the next revision: the highest of all files plus one."""
        return contents.next_number(self._folder.digests)


def read(
    folder: Path,
    root: Path,
    begin: Checkpoint | None = None,
    texts: Mapping[str, bytes] | None = None,
) -> History:
    """Read the history. Raises SourceError when a file cannot be read.

    Args:
        folder: where the revisions are; one that is not there holds none.
        root: what the files in places are relative to.
        begin: where a replay has been before.
        texts: what is in the folder, where its files have been read already.

    """
    said = contents.versions(folder) if texts is None else texts
    return History(files.sort_out(said, folder, prefix(folder, root)), begin)


def prefix(folder: Path, root: Path) -> str:
    """Give what stands before a file's name in places: `backend/alembic/versions/`."""
    relative = os.path.relpath(folder, root).replace(os.sep, "/")
    return "" if relative == "." else f"{relative}/"


def _renames(revision: Revision) -> set[tuple[Key, str]]:
    """Give a revision's renames; one through a temporary name counts from end to end."""
    done: set[tuple[Key, str]] = set()
    aside: dict[Key, Key] = {}
    for record in revision.entry.records if revision.entry else ():
        said, key = record.said, record.key
        if said.verb != "rename":
            continue
        if said.now.startswith(TEMPORARY):
            aside[key._replace(name=said.now)] = key
        else:
            done.add((aside.get(key, key), said.now))
    return done
