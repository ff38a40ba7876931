"""Where a rename and a drop plus an add look the same: ask, or say what the answers are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.diagnostics import Diagnostic
from schemagen.source import edit
from schemagen.workflow.drops import dotted
from schemagen.workflow.files import replace_all

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from schemagen.diff import Comparison, Question
    from schemagen.kinds import Key
    from schemagen.source import Source
    from schemagen.workflow.project import Project

    Ask = Callable[[Key, Key], bool]

_FIRST = ("table", "enum")  # a renamed table changes what there is to ask about its columns


def settle(
    open_project: Callable[[], Project],
    compared: Callable[[Project], Comparison],
    ask: Ask,
) -> Collection[tuple[Key, Key]]:
    """Ask every open question; write each yes into the YAML, and give the pairs answered no.

    Args:
        open_project: reads the project anew, since an answer changes it.
        compared: compares it.
        ask: says whether the first key is the second one renamed.

    """
    denied: set[tuple[Key, Key]] = set()
    while pair := _next(compared(project := open_project()).questions, denied):
        if ask(*pair):
            write_hint(project, *pair)
        else:
            denied.add(pair)
    return denied


def _next(
    questions: Iterable[Question], denied: Collection[tuple[Key, Key]]
) -> tuple[Key, Key] | None:
    pairs = [(q.new, old) for q in questions for old in q.olds]
    left = [pair for pair in pairs if pair not in denied]
    return min(left, key=lambda pair: pair[0].kind not in _FIRST, default=None)


def write_hint(project: Project, new: Key, old: Key) -> None:
    """Write `renamed_from` into the YAML, where it belongs."""
    fix = edit.rename_hint(project.source, new, old.name)
    root = project.settings.root
    changed = edit.apply_fixes(project.source.texts, [fix])
    replace_all(
        {root / name: text for name, text in changed.items() if text != project.source.texts[name]}
    )


def unanswered(
    questions: Iterable[Question], source: Source, denied: Collection[tuple[Key, Key]] = ()
) -> Iterator[Diagnostic]:
    """Give R001 for each question that nobody answered: both readings, and the line to paste."""
    for question in questions:
        olds = [old for old in question.olds if (question.new, old) not in denied]
        if olds:
            yield _r001(question.new, olds, source)


def _r001(new: Key, olds: list[Key], source: Source) -> Diagnostic:
    names = " or ".join(old.name for old in olds)
    fix = edit.rename_hint(source, new, olds[0].name)
    what = new.kind.replace("_", " ")
    verb = "let line {} of {} be" if fix.replaces else "put before line {} of {}"
    where = verb.format(fix.line, fix.file)
    lines = [
        f"either {olds[0].name} is renamed to {new.name}; then {where}",
        *fix.text.split("\n"),
        f"or the {what} {olds[0].name} goes with its values, and {new.name} is another one; then",
        f"    schemagen generate --assume-drop {dotted(olds[0])}",
    ]
    owner = new._replace(kind="enum", table="", name=new.table)
    return Diagnostic(
        "R001",
        f"{new} could be {names} renamed, or a new one beside a dropped one",
        source.places.get(new) or source.places.get(owner),
        label=f"{names} renamed, or new?",
        help="\n".join(lines),
        fix=fix,
    )
