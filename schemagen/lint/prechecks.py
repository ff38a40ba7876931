"""Findings about the rows that are there, each with the query that finds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.lint.rule import Finding

if TYPE_CHECKING:
    from schemagen.kinds import Obj
    from schemagen.lint.views import DiffView


def prechecked(view: DiffView, obj: Obj, what: str, query: str) -> Finding:
    """Make the finding that rows may be in the way.

    Args:
        view: the diff.
        obj: what they are in the way of.
        what: the reason, in a few words.
        query: what finds them on the view's database.

    """
    return Finding(
        f"{obj.key}: {what}",
        obj.key,
        help=f"look before, with schemagen verify --precheck URL:\n{query};",
        queries={view.dialect: query},
        dialect=view.dialect,
    )
