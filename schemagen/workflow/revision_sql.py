"""Lint what revisions say to PostgreSQL, and the env.py that runs them."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from schemagen.changes import apply, invert
from schemagen.errors import SchemagenError
from schemagen.lint.envview import EnvView
from schemagen.lint.offline import WAYS
from schemagen.lint.rendering import rendered
from schemagen.lint.sqlview import INSTALL, SqlView, of_revision
from schemagen.records import replace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from schemagen.history.revision import Revision
    from schemagen.lint.engine import Engine
    from schemagen.workflow.project import Project


def env_view(project: Project) -> EnvView | None:
    """Read the env.py beside the folder of the revisions; None when there is none."""
    path = project.settings.versions.parent / "env.py"
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    return EnvView(project.settings.shown(path), text)


def look_at_sql(engine: Engine, project: Project, revisions: Sequence[Revision]) -> None:
    """Run the rules over the SQL of revisions. The revisions are executed.

    What the entry of a revision tells is left to the hooks that look at the schema and at changes,
    unless the revision was edited since. A downgrade is looked at only for what PostgreSQL refuses:
    it is run by hand, when clients have stopped.

    Args:
        engine: what runs the rules.
        project: as it was read, sound.
        revisions: those to look at.

    """
    rules = [rule for rule in engine.rules if "sql" in rule.hooks]
    apart = replace(engine, rules=[rule for rule in rules if not rule.hooks.keys() & _TOLD])
    whole = replace(engine, rules=rules)
    refused = replace(engine, rules=[rule for rule in rules if rule.code in _REFUSED])
    for revision, view in sql_views(project, revisions) if rules else ():
        if view.way == "downgrade":
            refused.look("sql", view)
        else:
            (apart if _is_sealed(revision) else whole).look("sql", view)


def look_at_env(engine: Engine, project: Project) -> None:
    """Run the rules over env.py."""
    view = env_view(project)
    if view is not None:
        engine.look("env", view)


_TOLD = {"schema", "diff"}
_REFUSED = {"TX101", "TX102", "TX103"}


def sql_views(
    project: Project, revisions: Sequence[Revision]
) -> Iterator[tuple[Revision, SqlView]]:
    """Give the views of each revision's two ways. Raises SchemagenError without pglast.

    Args:
        project: as it was read, sound.
        revisions: those to run.

    """
    if revisions and find_spec("pglast") is None:
        raise SchemagenError(INSTALL)
    env = env_view(project)
    asked = [(revision, way) for revision in revisions for way in WAYS]
    found = rendered([(revision.path, way) for revision, way in asked], project.settings.root)
    for (revision, way), said in zip(asked, found, strict=True):
        state = project.history.state(revision.id)
        changes = project.history.changes(revision.id) if way == "upgrade" else ()
        schema = apply(state, invert(changes))
        view = of_revision(said, revision.file, way, schema, env)
        view.max_lock = project.settings.lint.max_lock
        yield revision, view


def _is_sealed(revision: Revision) -> bool:
    """Say whether the entry of a revision tells what the revision does."""
    return revision.entry is not None and revision.entry.body == revision.body
