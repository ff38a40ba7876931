"""The text of an entry, written with its revision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schemagen.history import full as state
from schemagen.history import prints
from schemagen.history.emit import emit
from schemagen.history.lift import FORMAT
from schemagen.history.record import write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemagen.changes import Change
    from schemagen.schema import Schema


def entry_text(
    changes: Sequence[Change], before: Schema, after: Schema, body: str, *, full: bool = False
) -> str:
    """Write an entry.

    Args:
        changes: what leads from `before` to `after`.
        before: the state at the revision's parent.
        after: the state at the revision.
        body: the hash of the revision's body.
        full: write the whole state `after`, not the changes.

    """
    data: dict[str, Any] = {"schemagen": FORMAT, "body": body}
    if full:
        return emit({**data, "schema": state.write(after)})
    if tables := prints.write(changes, before, after):
        data["tables"] = tables
    return emit({**data, "changes": [write(change) for change in changes]})
