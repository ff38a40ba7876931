"""A project as its files have it: settings, YAML and history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from schemagen import history, source
from schemagen.diagnostics import Severity
from schemagen.diff import compare
from schemagen.errors import Findings
from schemagen.source.kept import NOTHING
from schemagen.workflow.memory import forgotten, recall

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from schemagen.config import Settings
    from schemagen.diagnostics import Diagnostic
    from schemagen.diff import Comparison
    from schemagen.history import History
    from schemagen.source import Source
    from schemagen.source.kept import Kept
    from schemagen.workflow.memory import Memory


@dataclass(frozen=True, slots=True)
class Project:
    """What stands in the files.

    Args:
        settings: where they are.
        source: the YAML, read.
        history: the revisions and their entries, read.
        memory: what an earlier run has left.

    """

    settings: Settings
    source: Source
    history: History
    memory: Memory

    def pending(self, dropped: Collection[str] = ()) -> Comparison:
        """Compare the head's state with the YAML. Raises Findings on two heads."""
        return compare(
            self.history.state(),
            self.source.schema,
            self.source.directions,
            done=self.history.done(),
            dropped=dropped,
        )

    def remember(self) -> None:
        """Leave what was read, without an error, to the next run."""
        self.memory.keep(self.source.kept, self.history)


def look(settings: Settings, *, believe: bool = True) -> Project:
    """Read the project, errors and all.

    Args:
        settings: where it is.
        believe: take from memory what an earlier run has read in files that have not changed.

    """
    root = settings.root
    memory = recall(root) if believe else forgotten(root)
    read = source.read(settings.schema, root, memory.kept)
    return Project(settings, read, history.read(settings.versions, root, memory.begin), memory)


def sound(settings: Settings) -> Project:
    """Read the project. Raises Findings when the YAML or the history has errors."""
    project = look(settings)
    insist((*project.source.diagnostics, *project.history.diagnostics))
    return project


def sound_source(settings: Settings, kept: Kept = NOTHING) -> Source:
    """Read the YAML alone. Raises Findings when it has errors.

    Args:
        settings: where it is.
        kept: what its files gave before.

    """
    found = source.read(settings.schema, settings.root, kept)
    insist(found.diagnostics)
    return found


def sound_history(settings: Settings) -> History:
    """Read the history alone. Raises Findings when it has errors."""
    told = history.read(settings.versions, settings.root)
    insist(told.diagnostics)
    return told


def insist(diagnostics: Iterable[Diagnostic]) -> None:
    """Raise Findings when there is an error among the diagnostics."""
    found = tuple(diagnostics)
    if any(d.severity is Severity.ERROR for d in found):
        raise Findings(found)
