"""One walk over the graph that replays every entry on its parent's state and checks it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from schemagen.diagnostics import Diagnostic, Severity
from schemagen.history.fold import Fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from schemagen.history.checkpoint import Checkpoint
    from schemagen.history.entry import Entry
    from schemagen.history.graph import Graph
    from schemagen.history.revision import Revision

    Replayed = tuple[tuple[Diagnostic, ...], Mapping[str, Fold]]


def fold(graph: Graph, names: Iterable[str]) -> Fold:
    """Fold the entries of revisions, in topological order, whether they fit or not."""
    folded = Fold()
    for revision in graph.order(names):
        if revision.entry:
            folded.take(revision.entry)
    return folded


def check(graph: Graph, begin: Checkpoint | None = None) -> Replayed:
    """Replay everything; find H002, H003, H004, H006 and H007.

    Args:
        graph: the revisions.
        begin: where a replay has been before, which is not gone again.

    Returns:
        What does not fit, and the fold of each head.

    """
    walk = _Walk(graph, begin)
    found = tuple(walk.findings())
    return found, {name: walk.folds[name] for name in graph.heads}


class _Walk:
    """Keeps the fold of each revision until the last of its children has taken it over."""

    def __init__(self, graph: Graph, begin: Checkpoint | None) -> None:
        self.graph = graph
        known = begin.known(graph) if begin else ()
        self.later = [revision for revision in graph.revisions if revision.id not in known]
        self.folds = {begin.head: Fold(begin.state.objects)} if begin else {}
        self.left = Counter(p for revision in self.later for p in revision.parents)

    def findings(self) -> Iterator[Diagnostic]:
        for revision in self.later:
            folded = self._start(revision)
            if len(revision.parents) > 1:
                yield from _conflicts(revision, self.graph)
            if revision.entry:
                yield from _replayed(revision, revision.entry, folded)
            self.folds[revision.id] = folded

    def _start(self, revision: Revision) -> Fold:
        """Give the state that a revision starts from, to be changed."""
        olds = [self._taken_over(parent) for parent in revision.parents]
        if len(olds) > 1:
            return fold(self.graph, self.graph.ancestors(revision.id))
        return olds[0] if olds else Fold(tells=False)

    def _taken_over(self, parent: str) -> Fold:
        self.left[parent] -= 1
        if self.left[parent] or parent in self.graph.heads:
            return self.folds[parent].branch()
        return self.folds.pop(parent)


def _conflicts(revision: Revision, graph: Graph) -> list[Diagnostic]:
    from schemagen.history.merge import conflicts  # noqa: PLC0415 - most revisions have one parent

    return conflicts(revision, graph, lambda names: fold(graph, names).state)


def _replayed(revision: Revision, entry: Entry, folded: Fold) -> Iterator[Diagnostic]:
    yield from entry.diagnostics
    tables = entry.tables or {}
    before = _prints(folded, tables)
    moved = [name for name, said in tables.items() if said.before != before.get(name)]
    folded.take(entry)
    yield from folded.diagnostics
    for name in moved:
        yield _differs(entry, name, f"table {name} is not as {revision.id} found it")
    if not moved and not folded.diagnostics and not entry.diagnostics:
        after = _prints(folded, tables)
        for name, said in tables.items():
            if said.after != after.get(name):
                message = f"the changes of {revision.id} do not lead to the 'after' of table {name}"
                yield _differs(entry, name, message)
    if entry.body and entry.body != revision.body:
        yield _edited(revision)


def _differs(entry: Entry, name: str, message: str) -> Diagnostic:
    return Diagnostic(
        "H003",
        message,
        (entry.tables or {})[name].place,
        help="the revision was moved to another parent, or an entry was edited: take the files "
        "back from version control, or `schemagen undo` and `schemagen generate` it anew",
    )


def _edited(revision: Revision) -> Diagnostic:
    return Diagnostic(
        "H004",
        f"{revision.id} was edited after it was generated",
        revision.place("upgrade"),
        help="if it still does what its entry says, "
        f"`schemagen record {revision.id}` seals it; else take the file back",
        severity=Severity.WARNING,
    )


def _prints(folded: Fold, tables: Mapping[str, object]) -> dict[str, str]:
    """Give the fingerprints of those tables that are there."""
    found = {name: folded.fingerprint(name) for name in tables}
    return {name: said for name, said in found.items() if said is not None}
