"""What `lint --fix` mends: findings whose mending changes no rows and takes no rule away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import source
from schemagen.diagnostics import Severity
from schemagen.records import replace
from schemagen.source import edit, trim
from schemagen.workflow.linting import Scope, lint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemagen.diagnostics import Fix
    from schemagen.lint.rule import Mend, Rule
    from schemagen.source import Source
    from schemagen.workflow.project import Project


def mended(project: Project, rules: Sequence[Rule], scope: Scope) -> dict[str, str]:
    """Give the new texts of the files that change, by the names that places use.

    Args:
        project: as it was read, sound.
        rules: those that run.
        scope: what is looked at; an `allow` may be of use in a revision.

    """
    texts = dict(project.source.texts)
    now = project
    tried: set[Mend] = set()
    while fixes := _fixes(now, rules, scope, tried):
        texts.update(edit.apply_fixes(texts, fixes.values()))
        now = replace(project, source=source.parse(texts))
    return {name: text for name, text in texts.items() if text != project.source.texts[name]}


def _fixes(
    project: Project, rules: Sequence[Rule], scope: Scope, tried: set[Mend]
) -> dict[str, Fix]:
    """Give one edit for each file, such that the schema stays sound. Each finding is tried once."""
    fixes: dict[str, Fix] = {}
    mends = (hit.finding.mend for hit in lint(project, rules, scope).hits)
    for mend in mends:
        place = project.source.places.get(mend.key) if mend else None
        if mend is None or place is None or mend in tried or place.file in fixes:
            continue
        tried.add(mend)
        if (fix := _fix(project.source, mend)) is not None:
            fixes[fix.file] = fix
    return fixes


def _fix(found: Source, mend: Mend) -> Fix | None:
    """Make an edit, unless it is not written out, or would be missed by something else."""
    try:
        if mend.verb == "disallow":
            fix = trim.without_allow(found, mend.key, mend.name)
        else:
            fix = trim.without_object(found, mend.key)
    except KeyError:
        return None
    after = source.parse(edit.apply_fixes(found.texts, [fix]))
    return None if any(d.severity is Severity.ERROR for d in after.diagnostics) else fix
