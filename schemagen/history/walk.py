"""One walk over the graph that replays every entry on its parent's state and checks it."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from schemagen.diagnostics import Diagnostic, Severity
from schemagen.history.fold import Fold
from schemagen.history.merge import conflicts
from schemagen.schema import fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from schemagen.history.entry import Entry
    from schemagen.history.fold import State
    from schemagen.history.graph import Graph
    from schemagen.history.revision import Revision
    from schemagen.kinds import Obj


def fold(graph: Graph, names: Iterable[str]) -> Fold:
    """Fold the entries of revisions, in topological order, whether they fit or not."""
    folded = Fold()
    for revision in graph.order(names):
        if revision.entry:
            folded.take(revision.entry)
    return folded


def check(graph: Graph) -> list[Diagnostic]:
    """Replay everything; give H002, H003, H004, H006 and H007."""
    return list(_Walk(graph).findings())


class _Walk:
    """Keeps the state of each revision until the last of its children has been there."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.states: dict[str, State] = {}
        self.left = Counter(p for revision in graph.revisions for p in revision.parents)

    def findings(self) -> Iterator[Diagnostic]:
        for revision in self.graph.revisions:
            start = self._start(revision)
            if len(revision.parents) > 1:
                yield from conflicts(revision, self.graph, lambda n: fold(self.graph, n).state)
            folded = Fold(start)
            if revision.entry:
                yield from _replayed(revision, revision.entry, folded)
            if self.left[revision.id]:
                self.states[revision.id] = folded.state

    def _start(self, revision: Revision) -> State:
        if len(revision.parents) > 1:
            state = fold(self.graph, self.graph.ancestors(revision.id)).state
        else:
            state = self.states[revision.parents[0]] if revision.parents else {}
        for parent in revision.parents:
            self.left[parent] -= 1
            if not self.left[parent]:
                self.states.pop(parent, None)
        return state


def _replayed(revision: Revision, entry: Entry, folded: Fold) -> Iterator[Diagnostic]:
    yield from entry.diagnostics
    tables = entry.tables or {}
    before = _prints(folded.state, tables)
    moved = [name for name, said in tables.items() if said.before != before.get(name)]
    folded.take(entry)
    yield from folded.diagnostics
    for name in moved:
        yield _differs(entry, name, f"table {name} is not as {revision.id} found it")
    if not moved and not folded.diagnostics and not entry.diagnostics:
        after = _prints(folded.state, tables)
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


def _prints(state: State, tables: Mapping[str, object]) -> dict[str, str]:
    """Give the fingerprints of those tables that are there."""
    parts: dict[str, list[Obj]] = defaultdict(list)
    there: set[str] = set()
    for key, obj in state.items():
        name = key.name if key.kind == "table" else key.table
        if name in tables:
            parts[name].append(obj)
            if key.kind == "table":
                there.add(name)
    return {name: fingerprint(parts[name]) for name in sorted(there)}
