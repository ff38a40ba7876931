"""A project as its files have it: settings, YAML and history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from schemagen import history, source
from schemagen.diagnostics import Severity
from schemagen.diff import compare
from schemagen.errors import Findings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from schemagen.config import Settings
    from schemagen.diagnostics import Diagnostic
    from schemagen.diff import Comparison
    from schemagen.history import History
    from schemagen.source import Source


@dataclass(frozen=True, slots=True)
class Project:
    """What stands in the files.

    Args:
        settings: where they are.
        source: the YAML, read.
        history: the revisions and their entries, read.

    """

    settings: Settings
    source: Source
    history: History

    def pending(self, dropped: Collection[str] = ()) -> Comparison:
        """Compare the head's state with the YAML. Raises Findings on two heads."""
        return compare(
            self.history.state(),
            self.source.schema,
            self.source.directions,
            done=self.history.done(),
            dropped=dropped,
        )


def look(settings: Settings) -> Project:
    """Read the project, errors and all."""
    root = settings.root
    return Project(
        settings, source.read(settings.schema, root), history.read(settings.versions, root)
    )


def sound(settings: Settings) -> Project:
    """Read the project. Raises Findings when the YAML or the history has errors."""
    project = look(settings)
    insist((*project.source.diagnostics, *project.history.diagnostics))
    return project


def sound_source(settings: Settings) -> Source:
    """Read the YAML alone. Raises Findings when it has errors."""
    found = source.read(settings.schema, settings.root)
    insist(found.diagnostics)
    return found


def insist(diagnostics: Iterable[Diagnostic]) -> None:
    """Raise Findings when there is an error among the diagnostics."""
    found = tuple(diagnostics)
    if any(d.severity is Severity.ERROR for d in found):
        raise Findings(found)
