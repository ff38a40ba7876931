"""H005: two heads, and the commands that put one on top of the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.diagnostics import Diagnostic

if TYPE_CHECKING:
    from schemagen.history.graph import Graph
    from schemagen.history.revision import Revision


def two_heads(graph: Graph) -> Diagnostic:
    """Name the heads. Yours is taken to be the one that was made last."""
    heads = sorted((graph.by_id[name] for name in graph.heads), key=lambda r: (r.created, r.id))
    yours, theirs = heads[-1], heads[:-1]
    names = ", ".join(head.id for head in theirs)
    steps = [f"`schemagen undo {name}`" for name in _branch(graph, yours, theirs)]
    return Diagnostic(
        "H005",
        f"two heads: {names} and {yours.id}" if len(heads) == 2 else _many(heads),  # noqa: PLR2004 - two
        yours.place("down_revision"),
        help=f"if {yours.id} is yours: {', '.join(steps)}, then `schemagen generate` puts your "
        f"change on top; if {theirs[-1].id} is, undo that one",
    )


def _many(heads: list[Revision]) -> str:
    return f"{len(heads)} heads: {', '.join(head.id for head in heads)}"


def _branch(graph: Graph, yours: Revision, theirs: list[Revision]) -> list[str]:
    """Give the revisions that are on your branch alone, the last one first."""
    shared = graph.ancestors(*(head.id for head in theirs))
    own = (graph.ancestors(yours.id) | {yours.id}) - shared
    return [revision.id for revision in reversed(graph.order(own))]
