"""Look at an example of a rule's page as the engine would."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import source
from schemagen.diagnostics import Severity
from schemagen.diff import compare
from schemagen.lint.allowed import Unused
from schemagen.lint.context import diff_views
from schemagen.lint.engine import Engine
from schemagen.lint.revisionview import RevisionView
from schemagen.lint.rule import every
from schemagen.lint.views import SchemaView
from support.revisions import in_env, in_revision, in_revision_of_few_locks

if TYPE_CHECKING:
    from collections.abc import Callable

    from schemagen.lint.pages import Example
    from schemagen.lint.rule import Finding, Rule
    from schemagen.source import Source


def looked(rule: Rule, example: Example) -> list[Finding]:
    """Give what a rule finds in an example."""
    return LANGUAGES[example.language](rule, example)


def read(files: dict[str, str]) -> Source:
    """Read a schema that has no errors."""
    found = source.parse(files)
    assert [str(d) for d in found.diagnostics if d.severity is Severity.ERROR] == []
    return found


def in_schema(rule: Rule, example: Example) -> list[Finding]:
    found = read(example.files())
    engine = Engine(every(), found.directions, found.places)
    engine.look("schema", SchemaView(found.schema, found.directions, found.places))
    engine.look("allowed", Unused(engine))
    return [hit.finding for hit in engine.hits if hit.rule is rule]


def in_diff(rule: Rule, example: Example) -> list[Finding]:
    old, new = read(example.files(" -")), read(example.files(" +"))
    found = compare(old.schema, new.schema, new.directions)
    assert not found.diagnostics
    engine = Engine([rule], new.directions, new.places)
    for view in diff_views(old.schema, new.schema, found.changes, new.directions):
        engine.look("diff", view)
        engine.look("pending", view)
    return [hit.finding for hit in engine.hits]


def in_functions(rule: Rule, example: Example) -> list[Finding]:
    return list(rule.look("revision", RevisionView("0002_change.py", example.text)))


LANGUAGES: dict[str, Callable[[Rule, Example], list[Finding]]] = {
    "yaml": in_schema,
    "diff": in_diff,
    "python": in_revision,
    "python max_lock": in_revision_of_few_locks,
    "python revision": in_functions,
    "python env.py": in_env,
}
