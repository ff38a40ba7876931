"""What `check --fix` mends: findings that bring their edit, and hints that have done their work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import source
from schemagen.diagnostics import Severity
from schemagen.source import edit
from schemagen.workflow.checking import has_errors

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from schemagen.diagnostics import Fix
    from schemagen.kinds import Key
    from schemagen.renames import Done
    from schemagen.schema import Schema
    from schemagen.source import Source
    from schemagen.workflow.project import Project

_ROUNDS = 100  # each takes at least one edit off; nobody has more on one line


def mended(project: Project) -> dict[str, str]:
    """Give the new texts of the files that change, by the names that places use."""
    texts = dict(project.source.texts)
    found = project.source
    sound = not has_errors((*found.diagnostics, *project.history.diagnostics))
    state, done = (
        (project.history.state(), project.history.done()) if sound else (None, frozenset())
    )
    for _ in range(_ROUNDS):
        fixes = [d.fix for d in found.diagnostics if d.fix and d.severity is not Severity.ERROR]
        if state is not None:
            fixes += [edit.forget_hint(found, key) for key in _spent(found, state, done)]
        if not fixes:
            break
        texts.update(edit.apply_fixes(texts, _apart(fixes)))
        found = source.parse(texts)
    return {name: text for name, text in texts.items() if text != project.source.texts[name]}


def _apart(fixes: Iterable[Fix]) -> list[Fix]:
    """Keep edits of different lines: where two meet, the second waits for the next round."""
    taken: set[tuple[str, int]] = set()
    kept: list[Fix] = []
    for fix in fixes:
        lines = {(fix.file, fix.line + i) for i in range(max(fix.replaces, 1))}
        if not taken & lines:
            taken |= lines
            kept.append(fix)
    return kept


def _spent(found: Source, state: Schema, done: Done) -> Iterator[Key]:
    """Give the objects whose hint the history has carried out, so that it says nothing any more."""
    carried = {(key.kind, key.name, new) for key, new in done}
    for key, direction in found.directions.items():
        if key.kind == "enum":
            for value, olds in direction.values.items():
                there = key in state and value in state.enums[key.name].values
                if there and any(("enum_value", old, value) in carried for old in olds):
                    yield key._replace(kind="enum_value", table=key.name, name=value)
        olds = direction.renamed_from
        if key in state and any((key.kind, old, key.name) in carried for old in olds):
            yield key
