"""The states of a schema that `diff` compares, and how a person names them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from schemagen import source
from schemagen.changes import invert
from schemagen.diff import Comparison, compare
from schemagen.records import field, record
from schemagen.workflow import project

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from schemagen.config import Settings
    from schemagen.diagnostics import Place
    from schemagen.directions import Directions
    from schemagen.history.history import History
    from schemagen.kinds import Key
    from schemagen.renames import Done
    from schemagen.schema import Schema
    from schemagen.source import Source
    from schemagen.source.unmanaged import Apart
    from schemagen.workflow.ahead import Ahead
    from schemagen.workflow.project import Project

YAML = "yaml"
HEAD = "head"
GIT = "git:"


@record
class Side:
    """One state.

    Args:
        name: how the user named it.
        schema: the state.
        directions: the hints of a state that was read from YAML; None for a revision.
        done: the renames that a revision's history has carried out.
        places: where its objects stand.
        apart: what the database has beside it, as far as YAML says so.

    """

    name: str
    schema: Schema
    directions: Directions | None = None
    done: Done = frozenset()
    places: Mapping[Key, Place] = field(default_factory=dict)
    apart: tuple[Apart, ...] = ()


def sides(
    names: Iterable[str], settings: Settings, ahead: Ahead
) -> tuple[list[Side], Project | None]:
    """Find states by their names; give the project, too, if the YAML as it is is one of them.

    Args:
        names: as a person says them: `yaml`, `head`, `base`, a revision, `git:REF`, or a folder.
        settings: where the project is.
        ahead: what has been begun.

    """
    here = project.read(settings, ahead) if YAML in names else None
    told = here.history if here else project.history_of(settings)
    return [_side(name, settings, told, here) for name in names], here


def _side(name: str, settings: Settings, told: History, here: Project | None) -> Side:
    if name == YAML and here:
        return _read(name, here.source)
    if name.startswith(GIT):
        return _read(name, source.parse(_at_commit(settings, name.removeprefix(GIT))))
    if Path(name).is_dir():
        return _read(name, source.read(Path(name).resolve(), settings.root))
    project.insist(told.diagnostics)
    if name == HEAD:
        return Side(told.head, told.state(), done=told.done())
    revision = told.find(name)
    told.insist_on_told(revision)
    return Side(revision.id, told.state(revision.id), done=told.done(revision.id))


def _at_commit(settings: Settings, ref: str) -> dict[str, str]:
    """Give the YAML as a commit has it, under the names that places use."""
    from schemagen.history import git  # noqa: PLC0415 - it runs git, which takes more to import
    from schemagen.history.history import prefix  # noqa: PLC0415 - as above

    commit = git.commit(settings.root, ref)
    found = git.files(settings.root, settings.schema, commit)
    before = prefix(settings.schema, settings.root)
    return {
        before + name: content.decode("utf-8", "surrogateescape")
        for name, content in found.items()
        if name.endswith((".yaml", ".yml"))
    }


def _read(name: str, found: Source) -> Side:
    project.insist(found.diagnostics)
    return Side(
        name,
        found.schema,
        found.directions,
        places=found.places,
        apart=found.unmanaged,
    )


def between(left: Side, right: Side) -> Comparison:
    """Compare two states. The hints of the side that has them are read in its sense."""
    if right.directions is None and left.directions is not None:
        back = compare(right.schema, left.schema, left.directions, done=right.done)
        return Comparison(tuple(invert(back.changes)), back.questions, back.diagnostics)
    return compare(left.schema, right.schema, right.directions, done=left.done)
