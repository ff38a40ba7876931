"""H006: two parents of a merge that set one thing differently."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from schemagen.diagnostics import Diagnostic
from schemagen.kinds import Key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from schemagen.history.fold import State
    from schemagen.history.graph import Graph
    from schemagen.history.revision import Revision
    from schemagen.kinds import Obj


def conflicts(
    merge: Revision, graph: Graph, state_of: Callable[[frozenset[str]], State]
) -> list[Diagnostic]:
    """Find what two parents of a merge do not agree on.

    Args:
        merge: a revision with several parents.
        graph: the revisions.
        state_of: gives the fold of a set of revisions.

    """
    found: list[Diagnostic] = []
    for one, two in combinations(merge.parents, 2):
        mine, theirs = (graph.ancestors(name) | {name} for name in (one, two))
        base, left, right = map(state_of, (mine & theirs, mine, theirs))
        found += [_finding(merge, one, two, what) for what in _clashes(base, left, right)]
    return found


def _finding(merge: Revision, one: str, two: str, what: str) -> Diagnostic:
    return Diagnostic(
        "H006",
        f"{one} and {two} set {what} differently",
        merge.place("down_revision"),
        help=f"`schemagen undo {merge.id}`, `schemagen undo` one of the two, and "
        "`schemagen generate` it on top of the other",
    )


def _clashes(base: State, left: State, right: State) -> Iterator[str]:
    """Compare three ways: what both sides have changed, and not to the same."""
    for key in dict.fromkeys((*base, *left, *right)):
        was, mine, theirs = base.get(key), left.get(key), right.get(key)
        if mine is not None and theirs is not None:
            yield from (f"{field} of {key}" for field in _fields(was, mine, theirs))
        elif _one_gone(was, mine or theirs) or _orphan(key, mine, base, left, right):
            yield str(key)


def _fields(was: Obj | None, mine: Obj, theirs: Obj) -> Iterator[str]:
    for field in type(mine).model_fields:
        before = getattr(was, field, None)
        one, two = getattr(mine, field), getattr(theirs, field)
        if one != two and (was is None or before not in (one, two)):
            yield field


def _one_gone(was: Obj | None, left: Obj | None) -> bool:
    """Say whether one side has dropped or renamed what the other has changed."""
    return was is not None and left is not None and was != left


def _orphan(key: Key, mine: Obj | None, base: State, left: State, right: State) -> bool:
    """Say whether one side adds to a table that the other has dropped or renamed."""
    table = Key("table", "", key.table)
    there = left if mine is not None else right
    other = right if there is left else left
    return key in there and key not in base and table in base and table not in other
