"""Make a revision of what the YAML has and the history has not."""

from __future__ import annotations

import ast
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from schemagen import naming
from schemagen.changes import Drop, apply
from schemagen.diff import compare
from schemagen.errors import SchemagenError
from schemagen.history.entry import body_hash, entry_text
from schemagen.plan.concerned import concerned
from schemagen.plan.planning import plan
from schemagen.records import record, replace
from schemagen.render.revision import Header, revision_text
from schemagen.workflow import drops, generated
from schemagen.workflow.base import Base, instead_of_head, on_head
from schemagen.workflow.hanging import taken
from schemagen.workflow.hazards import hazards
from schemagen.workflow.options import options_of
from schemagen.workflow.project import insist
from schemagen.workflow.questions import unanswered
from schemagen.workflow.strategies import with_lines

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from schemagen.changes import Change
    from schemagen.diagnostics import Diagnostic
    from schemagen.diff import Comparison
    from schemagen.kinds import Key
    from schemagen.plan.planning import Plan
    from schemagen.schema import Schema
    from schemagen.workflow.project import Project


@record
class Wish:
    """What the command line asks for.

    Args:
        message: the slug to use; empty to derive it.
        allow_drop: tables and columns that may go, or `all`.
        assume_drop: what is really dropped, where a rename would look the same.
        irreversible: leave the way down out.
        amend: replace the newest revision.
        offline: on PostgreSQL, take the plain way, whoever has to wait.
        denied: pairs (new, old) that are no rename, as answered.

    """

    message: str = ""
    allow_drop: tuple[str, ...] = ()
    assume_drop: tuple[str, ...] = ()
    irreversible: bool = False
    amend: bool = False
    offline: bool = False
    denied: Collection[tuple[Key, Key]] = ()


@record
class Draft:
    """A revision that is ready to be written.

    Args:
        id: the revision's id.
        path: where its module goes.
        text: the module.
        changes: what it does.
        lost: the tables and columns whose values go.
        hazards: what it can do to data, locks and clients.
        plan: its steps.
        files: all that has to be written or removed, the module included.

    """

    id: str
    path: Path
    text: str
    changes: tuple[Change, ...]
    lost: tuple[Key, ...]
    hazards: tuple[Diagnostic, ...]
    plan: Plan
    files: Mapping[Path, str | None]


def base_of(project: Project, wish: Wish) -> Base:
    """Find what the revision stands on."""
    if wish.amend:
        return instead_of_head(project.history, project.settings.root)
    return on_head(project.history)


def compared(project: Project, base: Base, wish: Wish) -> Comparison:
    """Compare the base's state with the YAML."""
    source = project.source
    return compare(
        base.before,
        source.schema,
        base.directed(source.directions),
        done=base.done,
        dropped=(*wish.assume_drop, *base.dropped),
    )


def draft(project: Project, wish: Wish) -> Draft | None:
    """Make the revision, or None when there is nothing to do.

    Raises Findings when a decision is missing, and writes nothing.
    """
    source = project.source
    base = base_of(project, wish)
    comparison = compared(project, base, wish)
    insist(_undecided(project, base, comparison, wish))
    changes = comparison.changes
    if not changes:
        _insist_on_changes(base)
        return None
    directions = base.directed(source.directions)
    before, after = concerned(changes, base.before, source.schema)
    planned = plan(
        changes,
        before,
        directions,
        places=source.places,
        options=replace(
            options_of(project.settings, offline=wish.offline),
            irreversible=wish.irreversible or base.irreversible,
        ),
    )
    insist([*with_lines(planned.problems, source), *taken(source.unmanaged, changes, planned)])
    stem = f"{base.number}_{_slug(changes, base, wish)}"
    path = project.settings.versions / f"{stem}.py"
    header = Header(
        id=naming.revision_id(stem),
        revises=base.parent,
        title=stem.partition("_")[2],
        created=base.created or f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S.%f}",
        entry=f"{stem}.yaml",
    )
    text = revision_text(header, planned, project.settings.templates)
    ast.parse(text)  # what is not Python, by a template of the project's, reaches no folder
    return Draft(
        header.id,
        path,
        text,
        changes,
        tuple(drops.losses(changes)),
        hazards(
            project.settings,
            (before, after),
            changes,
            directions,
            source.places,
            source.unmanaged,
        ),
        planned,
        _files(project, base, (changes, before), (path, text)),
    )


def _insist_on_changes(base: Base) -> None:
    if base.replaced:
        msg = "the YAML is what it was before this revision; to take it away: schemagen undo"
        raise SchemagenError(msg)


def _undecided(
    project: Project, base: Base, comparison: Comparison, wish: Wish
) -> Iterator[Diagnostic]:
    source = project.source
    yield from comparison.diagnostics
    questions = list(unanswered(comparison.questions, source, wish.denied))
    yield from questions
    lost = drops.losses(comparison.changes)
    droppable = map(drops.dotted, (*lost, *drops.removed_values(comparison.changes)))
    yield from drops.unknown(droppable, wish.allow_drop, "--allow-drop")
    allowed = (*wish.allow_drop, *wish.assume_drop, *base.dropped)
    if not questions:  # a drop that may be a rename is asked about once, not twice
        yield from drops.forbidden(lost, allowed, base.before, source.places)
        directions = base.directed(source.directions)
        gone = (c.old for c in comparison.changes if isinstance(c, Drop))
        schemas = [old.name for old in gone if old.kind == "schema"]
        yield from drops.occupied(schemas, source.unmanaged)
        yield from drops.orphaned(comparison.changes, directions, allowed, source.places)


def _slug(changes: tuple[Change, ...], base: Base, wish: Wish) -> str:
    if wish.message:
        return wish.message
    return base.stem or naming.slug(changes, first=base.parent is None)


def _files(
    project: Project,
    base: Base,
    said: tuple[tuple[Change, ...], Schema],
    module: tuple[Path, str],
) -> dict[Path, str | None]:
    """Give the module, its entry, and what is made from the YAML; the replaced files go."""
    (changes, part), (path, text) = said, module
    settings, schema = project.settings, project.source.schema
    was = None if base.replaced else base.before  # an amended revision's models are there
    full = base.parent is None
    before = base.before if full else part  # what an entry says of the changes, this part knows
    entry = entry_text(changes, before, apply(before, changes), body_hash(text), full=full)
    return {
        **dict.fromkeys(base.replaced),
        path: text,
        path.with_suffix(".yaml"): entry,
        **generated.changed(generated.model_files(schema, settings, was, changes)),
        **generated.changed(generated.editor_schema(project.source, settings, anew=False)),
    }
