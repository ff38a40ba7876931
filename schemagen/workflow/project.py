"""A project as its files have it: settings, YAML and history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import contents, source
from schemagen.diagnostics import Severity
from schemagen.diff import compare
from schemagen.errors import Findings
from schemagen.records import record
from schemagen.workflow.ahead import Ahead
from schemagen.workflow.memory import recall

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from schemagen.beside import Beside
    from schemagen.config import Settings
    from schemagen.diagnostics import Diagnostic
    from schemagen.diff import Comparison
    from schemagen.history.checkpoint import Checkpoint
    from schemagen.history.history import History
    from schemagen.source import Source
    from schemagen.workflow.memory import Memory
    from schemagen.workflow.replay import Meeting


@record
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
    with Ahead(settings, believe=believe) as ahead:
        return read(settings, ahead)


def read(settings: Settings, ahead: Ahead) -> Project:
    """Read the project, errors and all.

    Args:
        settings: where it is.
        ahead: what has been begun.

    """
    memory = recall(settings.root, ahead.memory)
    meeting = _meeting(settings, ahead.second) if ahead.second else None
    ready = meeting.ask if meeting else None
    found = source.read(settings.schema, settings.root, memory.kept, ready)
    told = meeting.history(found.schema) if meeting else None
    return Project(settings, found, told or history_of(settings, memory.begin), memory)


def _meeting(settings: Settings, second: Beside) -> Meeting:
    from schemagen.workflow.replay import Meeting  # noqa: PLC0415 - for large projects alone

    return Meeting(settings, second)


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


def sound_history(settings: Settings) -> History:
    """Read the history alone. Raises Findings when it has errors."""
    told = history_of(settings)
    insist(told.diagnostics)
    return told


def history_of(settings: Settings, begin: Checkpoint | None = None) -> History:
    """Read the history, errors and all; `begin` is where a replay has been before."""
    texts = contents.versions(settings.versions)
    if begin is not None and begin.is_of(texts):
        from schemagen.workflow.replayed import recalled  # noqa: PLC0415 - as below

        return recalled(settings, begin)
    from schemagen.history import history  # noqa: PLC0415 - what is known already needs none of it

    return history.read(settings.versions, settings.root, begin, texts)


def insist(diagnostics: Iterable[Diagnostic]) -> None:
    """Raise Findings when there is an error among the diagnostics."""
    found = tuple(diagnostics)
    if any(d.severity is Severity.ERROR for d in found):
        raise Findings(found)
