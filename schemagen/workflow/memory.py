"""What one run leaves to the next: what the files of tables gave, and where replay ended."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from schemagen.memory import folder
from schemagen.memory.pool import Pool, UnfitError
from schemagen.records import record
from schemagen.source.kept import NOTHING, Kept
from schemagen.workflow.ahead import MEMORY

if TYPE_CHECKING:
    from collections.abc import Sized
    from pathlib import Path

    from schemagen.history.checkpoint import Checkpoint
    from schemagen.history.history import History

_MUCH = 10  # what is new is kept when it is more than a tenth of all
_STALE = 2  # times as many tables as are of use: the pool is made anew


@record
class Memory:
    """What an earlier run has read.

    Args:
        root: the project's folder.
        pool: the objects.
        kept: what the files of tables gave.
        begin: where replay ended.

    """

    root: Path
    pool: Pool
    kept: Kept = NOTHING
    begin: Checkpoint | None = None

    def keep(self, kept: Kept, history: History) -> None:
        """Leave what was read to the next run, unless that would save it little.

        Args:
            kept: what the files of tables gave; nothing, if there was a mistake.
            history: the revisions.

        """
        begin = history.checkpoint
        known = self.begin.files if self.begin else ()
        if kept is NOTHING or not (
            _is_much(known, begin.files if begin else ())
            or _is_much(self.kept.unchanged(kept), kept.files)
        ):
            return
        live = len(kept.files) + (len(begin.state.runs()) if begin else 0)
        pool = self.pool if len(self.pool.runs) < _STALE * live else Pool()
        try:
            said = {
                "source": kept.written(pool.number),
                "history": begin.written(pool.number) if begin else None,
            }
        except UnfitError:
            return
        folder.keep(self.root, MEMORY, json.dumps({**said, "pool": pool.data()}))


def recall(root: Path, text: str | None) -> Memory:
    """Recall what an earlier run has left; most often that is all, and at times nothing.

    Args:
        root: the project's folder.
        text: as it was found there, if it was.

    """
    if text is None:
        return Memory(root, Pool())
    from schemagen.history.checkpoint import Checkpoint  # noqa: PLC0415 - it imports the history

    said = json.loads(text)
    pool = Pool(**said["pool"])
    begin = Checkpoint.of(said["history"], pool.runs) if said["history"] else None
    return Memory(root, pool, Kept.of(said["source"], pool.runs), begin)


def _is_much(known: Sized, found: Sized) -> bool:
    return _MUCH * (len(found) - len(known)) > len(found)
