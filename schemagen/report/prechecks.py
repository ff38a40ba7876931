"""What a database says of the rows that would stand in the way, as text and as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schemagen.diagnostics import Diagnostic
from schemagen.report.summary import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from schemagen.workflow.precheck import Answer, Precheck


def rows_of(done: Precheck) -> list[Sequence[str]]:
    """Give a table: how many rows, by which rule, of what."""
    return [(_number(a), a.rule.code, a.message) for a in done.answers]


def in_the_way(done: Precheck) -> Iterator[Diagnostic]:
    """Give a diagnostic for each finding that rows bear out, and for each that was not answered."""
    for answer in done.answers:
        if answer.rows or answer.error:
            what = answer.error and f"it could not be asked: {answer.error}"
            said = what or f"{counted(answer.rows or 0, 'row')} in the way"
            yield Diagnostic(
                answer.rule.code,
                f"{answer.message}: {said} ({answer.rule.name})",
                answer.place,
                help=f"asked was:\n{answer.query};",
            )


def data_of(done: Precheck) -> dict[str, Any]:
    """Give it as plain data."""
    return {
        "database": done.database,
        "what": done.what,
        "notes": list(done.notes),
        "answers": [
            {
                "code": a.rule.code,
                "message": a.message,
                "query": a.query,
                "rows": a.rows,
                "error": a.error or None,
            }
            for a in done.answers
        ],
    }


def summary_of(done: Precheck) -> str:
    """Say it in a line."""
    if not done.answers:
        return f"nothing to ask before {done.what}: it asks nothing of the rows that are there"
    asked = counted(len(done.answers), "query").replace("querys", "queries")
    clear = "no row is in the way" if done.is_clear else "rows are in the way"
    return f"{done.database}: {clear} of {done.what} ({asked})"


def _number(answer: Answer) -> str:
    return "?" if answer.rows is None else str(answer.rows)
