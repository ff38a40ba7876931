"""The graph of revisions: who follows whom, in an order in which parents come first."""

from __future__ import annotations

import heapq
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from schemagen.diagnostics import Diagnostic, did_you_mean
from schemagen.records import replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from schemagen.history.revision import Revision

TORN = "H009"


class Graph:
    """Revisions by id, parents first; among those that are free, in the order of their ids.

    Args:
        revisions: as read, in the order of their files.

    """

    def __init__(self, revisions: Iterable[Revision]) -> None:
        """Sort the revisions; what does not fit becomes a diagnostic."""
        self.diagnostics: list[Diagnostic] = []
        known = self._unique(revisions)
        names = _depended_on(known)
        linked = {r.id: self._linked(r, known, names) for r in known.values()}
        self.revisions: tuple[Revision, ...] = tuple(self._sorted(linked))
        self.by_id = {revision.id: revision for revision in self.revisions}

    def _unique(self, revisions: Iterable[Revision]) -> dict[str, Revision]:
        known: dict[str, Revision] = {}
        for revision in revisions:
            first = known.setdefault(revision.id, revision)
            if first is not revision:
                self._complain(
                    revision,
                    "revision",
                    f"{revision.id!r} is the id of {first.file} already",
                    way_out="delete the copy, or give it an id of its own",
                )
        return known

    def _linked(
        self, revision: Revision, known: dict[str, Revision], names: dict[str, str]
    ) -> Revision:
        """Give the revision with those parents alone that are there."""
        for name, parents in (
            ("down_revision", [d for d in revision.down if d not in known]),
            ("depends_on", [d for d in revision.depends_on if d not in names]),
        ):
            for parent in parents:
                message = f"{revision.id} follows {parent!r}, which is not there"
                near = did_you_mean(parent, known)
                way_out = "take the missing file back from version control"
                self._complain(revision, name, message, near, way_out)
        down = tuple(d for d in revision.down if d in known)
        depends = tuple(names[d] for d in revision.depends_on if d in names)
        if (down, depends) == (revision.down, revision.depends_on):
            return revision
        return replace(revision, down=down, depends_on=depends)

    def _sorted(self, known: dict[str, Revision]) -> Iterator[Revision]:
        children: dict[str, list[str]] = defaultdict(list)
        waiting = {name: len(revision.parents) for name, revision in known.items()}
        for name, revision in known.items():
            for parent in revision.parents:
                children[parent].append(name)
        ready = sorted(name for name, count in waiting.items() if not count)
        while ready:
            name = heapq.heappop(ready)
            del waiting[name]
            yield known[name]
            for child in children[name]:
                waiting[child] -= 1
                if not waiting[child]:
                    heapq.heappush(ready, child)
        if waiting:
            self._cycle({name: known[name] for name in waiting})

    def _cycle(self, left: dict[str, Revision]) -> None:
        """Name one circle among revisions that all wait for each other."""
        name = min(left)
        path: list[str] = []
        while name not in path:
            path.append(name)
            name = min(parent for parent in left[name].parents if parent in left)
        circle = [*path[path.index(name) :], name]
        message = f"revisions follow each other in a circle: {' → '.join(circle)}"
        way_out = "give one of them the down_revision that it had before"
        self._complain(left[name], "down_revision", message, way_out=way_out)

    def _complain(
        self, revision: Revision, name: str, message: str, label: str = "", way_out: str = ""
    ) -> None:
        place = revision.place(name)
        self.diagnostics.append(Diagnostic(TORN, message, place, label, way_out))

    @cached_property
    def children(self) -> dict[str, tuple[str, ...]]:
        """The revisions that follow each one, or depend on it."""
        found: dict[str, list[str]] = {name: [] for name in self.by_id}
        for revision in self.revisions:
            for parent in revision.parents:
                found[parent].append(revision.id)
        return {name: tuple(sorted(children)) for name, children in found.items()}

    @cached_property
    def heads(self) -> tuple[str, ...]:
        """The revisions that nothing follows."""
        followed = {parent for revision in self.revisions for parent in revision.down}
        return tuple(sorted(name for name in self.by_id if name not in followed))

    def ancestors(self, *names: str) -> frozenset[str]:
        """Give everything that comes before these revisions."""
        found: set[str] = set()
        left = [parent for name in names for parent in self.by_id[name].parents]
        while left:
            name = left.pop()
            if name not in found:
                found.add(name)
                left += self.by_id[name].parents
        return frozenset(found)

    def order(self, names: Iterable[str]) -> list[Revision]:
        """Give revisions in topological order."""
        wanted = set(names)
        return [revision for revision in self.revisions if revision.id in wanted]


def _depended_on(known: dict[str, Revision]) -> dict[str, str]:
    """Map what `depends_on` may say, an id or a branch label, to the id."""
    labels = {label: r.id for r in known.values() for label in r.labels}
    return {**labels, **{name: name for name in known}}
