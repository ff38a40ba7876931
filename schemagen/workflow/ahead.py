"""The history replayed in a second process, begun before the project is read."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, Self

from schemagen.memory import folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from schemagen.beside import Beside
    from schemagen.config import Settings

MEMORY = "objects"  # the file in the project's folder
_MUCH = 200_000  # bytes of entries that take longer to replay than a process to begin


class Ahead:
    """What is begun before the project is read, if there is much to do.

    Args:
        settings: where the project is.
        believe: take from memory what an earlier run has read in files that have not changed. With
            such a memory there is little to replay, and no second process.
        compare: the history is compared with the YAML; else there is no second process, either.

    """

    def __init__(self, settings: Settings, *, believe: bool = True, compare: bool = True) -> None:
        """Begin."""
        self.memory = folder.recall(settings.root, MEMORY) if believe else None
        is_worth = compare and self.memory is None and _size(settings) > _MUCH
        self.second = _replaying(settings) if is_worth else None

    def __enter__(self) -> Self:
        """Go on beside it."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the second process, whatever it is at."""
        if self.second is not None:
            self.second.end()


def _size(settings: Settings) -> int:
    """Give the size of all entries, in bytes."""
    try:
        with os.scandir(settings.versions) as found:
            return sum(file.stat().st_size for file in found if file.name.endswith(".yaml"))
    except OSError:
        return 0


def _replaying(settings: Settings) -> Beside | None:
    from schemagen import beside  # noqa: PLC0415 - for large projects alone

    return beside.begin(partial(_replay, settings))


def _replay(settings: Settings, hear: Callable[[], bytes], say: Callable[[bytes], None]) -> None:
    from schemagen.workflow.replay import replay  # noqa: PLC0415 - the first process has no need

    replay(settings, hear, say)
