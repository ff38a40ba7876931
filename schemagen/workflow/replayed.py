"""A history that was replayed elsewhere, or before: most commands need nothing else of it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from schemagen.contents import is_revision, next_number
from schemagen.errors import SchemagenError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schemagen.config import Settings
    from schemagen.diagnostics import Diagnostic
    from schemagen.history.checkpoint import Checkpoint
    from schemagen.history.history import History
    from schemagen.renames import Done
    from schemagen.schema import Schema
else:
    History = object  # to import it takes as long as all that a command does without it


class Replayed(History):
    """The revisions of a project in which nothing is wrong.

    What is told of them is here; for the rest their files are read. When it runs it is no instance
    of `History`, which would have to be imported.

    Args:
        settings: where the project is.
        files: the hashes of all files, by name.
        head: the id of the one head.
        state: the schema there.
        done: the renames carried out up to there.
        count: the number of revisions.

    """

    def __init__(  # noqa: PLR0913, PLR0917 - what a replay comes to
        self,
        settings: Settings,
        files: Mapping[str, str],
        head: str,
        state: Schema,
        done: Done,
        count: int,
    ) -> None:
        """Read nothing yet."""
        self._settings = settings
        self._files = files
        self._name = head
        self._state = state
        self._done = done
        self._count = count

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a history has
        """Ask the whole history."""
        return getattr(self._whole, name)

    @cached_property
    def _whole(self) -> History:
        """All of it. Raises SchemagenError when the files are not what they were."""
        from schemagen.history.history import read  # noqa: PLC0415 - as above

        found = read(self._settings.versions, self._settings.root, self.checkpoint)
        if found.digests != self._files:
            msg = "the revisions were changed while they were read: run it again"
            raise SchemagenError(msg)
        return found

    @property
    def checkpoint(self) -> Checkpoint:
        """What the next replay can go on from."""
        from schemagen.history.checkpoint import Checkpoint  # noqa: PLC0415 - as above

        return Checkpoint(self._files, self._name, self._state, self._done)

    def __len__(self) -> int:
        """Count the revisions."""
        return self._count

    @property
    def digests(self) -> Mapping[str, str]:
        """The hashes of all files, by name."""
        return self._files

    @property
    def head(self) -> str:
        """The id of the one head."""
        return self._name

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Nothing."""
        return ()

    def state(self, revision: str | None = None) -> Schema:
        """Give the schema at a revision; None is the head."""
        return self._state if revision is None else self._whole.state(revision)

    def done(self, revision: str | None = None) -> Done:
        """Give the renames carried out up to a revision; None is the head."""
        return self._done if revision is None else self._whole.done(revision)


class Recalled(Replayed):
    """The same, with files that have just been read: what is written next can rest on them."""

    def next_number(self) -> str:
        """Give the number of the next revision."""
        return next_number(self._files)


def recalled(settings: Settings, known: Checkpoint) -> Recalled:
    """Give a history of which nothing has changed since it was replayed.

    Args:
        settings: where the project is.
        known: what it came to.

    """
    count = sum(map(is_revision, known.files))
    return Recalled(settings, known.files, known.head, known.state, known.done, count)
