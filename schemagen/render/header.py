"""What stands above the code of a revision."""

from __future__ import annotations

from schemagen.records import record


@record
class Header:
    """What stands above the code of a revision.

    Args:
        id: the revision id, at most 32 characters.
        revises: the parent's id, or None for the first revision.
        title: the slug, as the docstring's first line.
        created: the creation date, as text.
        entry: the file name of the entry beside it; empty for a revision without one.

    """

    id: str
    revises: str | None
    title: str
    created: str
    entry: str = ""
