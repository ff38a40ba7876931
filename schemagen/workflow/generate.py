"""Make a revision of what the YAML has and the history has not."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from schemagen import naming
from schemagen.calls import HERE, Calls
from schemagen.changes import Drop
from schemagen.diff import compare
from schemagen.errors import SchemagenError
from schemagen.plan.concerned import concerned
from schemagen.records import record
from schemagen.render.environment import lay
from schemagen.render.header import Header
from schemagen.workflow import drops
from schemagen.workflow.base import Base, instead_of_head, on_head
from schemagen.workflow.order import Order, written
from schemagen.workflow.project import insist

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from schemagen.changes import Change
    from schemagen.diagnostics import Diagnostic
    from schemagen.diff import Comparison
    from schemagen.kinds import Key
    from schemagen.render.environment import Context
    from schemagen.source import Source
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
        steps: the steps of both ways on PostgreSQL, as plain data.
        files: all that has to be written or removed, the module included.

    """

    id: str
    path: Path
    text: str
    changes: tuple[Change, ...]
    lost: tuple[Key, ...]
    hazards: tuple[Diagnostic, ...]
    steps: Mapping[str, Any]
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


def draft(project: Project, wish: Wish, calls: Calls = HERE) -> Draft | None:
    """Make the revision, or None when there is nothing to do.

    Raises Findings when a decision is missing, and writes nothing.

    Args:
        project: what the YAML has, and the history.
        wish: what is asked for.
        calls: who makes what takes long.

    """
    base = base_of(project, wish)
    comparison = compared(project, base, wish)
    insist(_undecided(project, base, comparison, wish))
    changes = comparison.changes
    if not changes:
        _insist_on_changes(base)
        return None
    stem = f"{base.number}_{_slug(changes, base, wish)}"
    order = _order(project, base, wish, changes, stem)
    writing = calls.begin(written, order)
    try:
        models = _models(project, base, changes, calls)
    finally:  # a decision that is missing is told first, whatever is wrong with the models
        found = writing()
        _insist_on_decisions(found.problems, project.source)
    path = project.settings.versions / f"{stem}.py"
    texts = {path: found.text, path.with_suffix(".yaml"): found.entry}
    return Draft(
        order.header.id,
        path,
        found.text,
        changes,
        tuple(drops.losses(changes)),
        found.hazards,
        found.steps,
        {**dict.fromkeys(base.replaced), **texts, **models},
    )


def _order(
    project: Project, base: Base, wish: Wish, changes: tuple[Change, ...], stem: str
) -> Order:
    source = project.source
    before, after = concerned(changes, base.before, source.schema)
    keys = dict.fromkeys((*before.objects, *after.objects))
    return Order(
        project.settings,
        Header(
            id=naming.revision_id(stem),
            revises=base.parent,
            title=stem.partition("_")[2],
            created=base.created or f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S.%f}",
            entry=f"{stem}.yaml",
        ),
        changes,
        before,
        after,
        base.directed(source.directions),
        {key: source.places[key] for key in keys if key in source.places},
        source.unmanaged,
        wish.offline,
        wish.irreversible or base.irreversible,
    )


def _insist_on_decisions(problems: Iterable[Diagnostic], source: Source) -> None:
    if problems:
        from schemagen.workflow.strategies import with_lines  # noqa: PLC0415 - most often nothing is wrong

        insist(with_lines(problems, source))


def _insist_on_changes(base: Base) -> None:
    if base.replaced:
        msg = "the YAML is what it was before this revision; to take it away: schemagen undo"
        raise SchemagenError(msg)


def _undecided(
    project: Project, base: Base, comparison: Comparison, wish: Wish
) -> Iterator[Diagnostic]:
    source = project.source
    yield from comparison.diagnostics
    questions = _open(comparison, source, wish)
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


def _open(comparison: Comparison, source: Source, wish: Wish) -> list[Diagnostic]:
    if not comparison.questions:
        return []
    from schemagen.workflow.questions import unanswered  # noqa: PLC0415 - as above

    return list(unanswered(comparison.questions, source, wish.denied))


def _slug(changes: tuple[Change, ...], base: Base, wish: Wish) -> str:
    if wish.message:
        return wish.message
    return base.stem or naming.slug(changes, first=base.parent is None)


def _models(
    project: Project, base: Base, changes: tuple[Change, ...], calls: Calls
) -> dict[Path, str | None]:
    """Give what is made from the YAML, where it is not in the files already."""
    from schemagen.workflow import generated  # noqa: PLC0415 - while another process writes

    settings, source = project.settings, project.source
    was = None if base.replaced else base.before  # an amended revision's models are there

    def laid(contexts: Iterable[tuple[str, Context]], own: Path | None) -> dict[str, str]:
        return calls.begin(lay, list(contexts), own)()

    editors = generated.editor_schema(source, settings, anew=False)
    models = generated.model_files(source.schema, settings, was, changes, laid)
    return {**generated.changed(models), **generated.changed(editors)}
