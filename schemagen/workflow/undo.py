"""Take a revision away that nothing follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.errors import SchemagenError
from schemagen.workflow.base import files_of, refuse_if_applied

if TYPE_CHECKING:
    from pathlib import Path

    from schemagen.config import Settings
    from schemagen.history.history import History
    from schemagen.history.revision import Revision


def undo(history: History, settings: Settings, name: str | None) -> dict[Path, None]:
    """Give the files to remove. Raises SchemagenError when the revision has to stay.

    Args:
        history: as read; two heads are no hindrance, since taking one away is the cure.
        settings: where the working database's URL is looked for.
        name: the revision; None for the only head.

    """
    revision = _chosen(history, name)
    if not revision.down and not revision.file:
        msg = f"{name!r} is no revision to undo"
        raise SchemagenError(msg)
    if followers := history.children(revision):
        msg = f"{followers[0].id} follows {revision.id}; undo that first"
        raise SchemagenError(msg)
    if revision.is_baseline and not revision.is_ours:
        msg = f"{revision.id} was written by hand and adopted; what is adopted is not undone"
        raise SchemagenError(msg)
    refuse_if_applied(revision, settings.root)
    return dict.fromkeys(files_of(revision))


def _chosen(history: History, name: str | None) -> Revision:
    if name:
        return history.find(name)
    if not history.heads:
        msg = "there is no revision to undo"
        raise SchemagenError(msg)
    if len(history.heads) > 1:
        msg = f"there are {len(history.heads)} heads; say which: " + ", ".join(
            f"schemagen undo {head.id}" for head in history.heads
        )
        raise SchemagenError(msg)
    head = history.heads[0]
    if head.entry is None:
        msg = f"{head.id} was written by hand; to remove it, name it: schemagen undo {head.id}"
        raise SchemagenError(msg)
    return head
