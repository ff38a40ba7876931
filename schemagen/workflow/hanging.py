"""What hangs on the tables that a change touches, and is not managed: views, triggers, policies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.changes import Add, Alter, Rename
from schemagen.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from schemagen.changes import Change
    from schemagen.plan.planning import Plan
    from schemagen.source.unmanaged import Apart

_LISTED = 3


def hanging(apart: Sequence[Apart], changes: Sequence[Change]) -> Iterator[Diagnostic]:
    """Name each object of `unmanaged:` whose tables change, a note each.

    What is only added to a table is no matter to what hangs on it.
    """
    touched = _touched(changes) if apart else {}
    for each in apart:
        said = [words for table in each.on for words in touched.get(table, ())]
        if not said:
            continue
        more = f" and {len(said) - _LISTED} more" if len(said) > _LISTED else ""
        what = ", ".join(said[:_LISTED])
        yield Diagnostic(
            "G013",
            f"{each.kind} {each.name} hangs on what changes: {what}{more}",
            each.place,
            help="where the database refuses, take it away before the revision, "
            "and make it anew after it",
            severity=Severity.NOTE,
        )


def taken(apart: Sequence[Apart], changes: Sequence[Change], plan: Plan) -> Iterator[Diagnostic]:
    """Complain of what would go when SQLite makes a table anew: its text is ours alone."""
    ways = [way for way in (plan.up, plan.down) if way is not None]
    anew = {step.table for way in ways for step in way.sqlite if step.work}
    renamed = {c.old.name: c.new.name for c in changes if isinstance(c, Rename)}
    for each in apart if anew else ():
        tables = [t for t in each.on if anew & {t, renamed.get(t)}]
        if each.only == "sqlite" and tables:
            yield Diagnostic(
                "G014",
                f"{each.kind} {each.name} would go: SQLite makes table {tables[0]} anew",
                each.place,
                help="say it in the YAML, if there are words for it, and take this entry out; "
                "or take the entry out and let it go",
            )


def _touched(changes: Sequence[Change]) -> dict[str, list[str]]:
    """Give what changes of each table, under the names that it has before and after."""
    found: dict[str, list[str]] = {}
    for change in changes:
        if isinstance(change, Add):
            continue
        ends = (change.old, change.new) if isinstance(change, (Alter, Rename)) else (change.old,)
        for table in dict.fromkeys(obj.table or obj.name for obj in ends):
            found.setdefault(table, []).append(str(change.subject.key))
    return found
