"""Where a change of a type wants a decision: the lines to paste, one for each answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.records import replace
from schemagen.source import edit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from schemagen.diagnostics import Diagnostic, Place
    from schemagen.kinds import Key
    from schemagen.source import Source

_EITHER = "either a copy is filled beside the traffic and takes its place; then {}"
_OR = "or the table is written anew in one go, for a small table or a quiet hour; then {}"


def with_lines(problems: Iterable[Diagnostic], source: Source) -> Iterator[Diagnostic]:
    """Give the problems of a plan; G007 shows both answers where its column stands."""
    for problem in problems:
        both = problem.code == "G007" and "`strategy: shadow`" in problem.help
        key = _column(problem.place, source) if problem.place and both else None
        yield problem if key is None else _shown(problem, key, source)


def _column(place: Place, source: Source) -> Key | None:
    columns = {place: key for key, place in source.places.items() if key.kind == "column"}
    return columns.get(place)


def _shown(problem: Diagnostic, key: Key, source: Source) -> Diagnostic:
    try:
        shadow, rewrite = (
            edit.direct(source, key, f"strategy: {word}") for word in ("shadow", "rewrite")
        )
    except KeyError:  # it is not written out, as in a mixin of another folder
        return problem
    verb = "let line {} of {} be" if shadow.replaces else "put before line {} of {}"
    where = verb.format(shadow.line, shadow.file)
    lines = (
        *(_EITHER.format(where), *shadow.text.split("\n")),
        *(_OR.format("let it be" if shadow.replaces else "put there"), *rewrite.text.split("\n")),
        "or use --offline",
    )
    return replace(problem, help="\n".join(lines))
