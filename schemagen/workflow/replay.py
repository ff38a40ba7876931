"""What two processes tell each other, one with the history's state and one with the YAML's schema.

The one that has the state tells what is not in the YAML as it is; the rest is there already.
"""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING, Any

from schemagen.kinds import Key, Table
from schemagen.memory.digests import digest, digests
from schemagen.memory.pool import Pool
from schemagen.schema import Schema
from schemagen.workflow.replayed import Replayed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from schemagen.beside import Beside
    from schemagen.config import Settings
    from schemagen.kinds import Obj
    from schemagen.schema import Runs


def replay(settings: Settings, hear: Callable[[], bytes], say: Callable[[bytes], None]) -> None:
    """Replay the history and say what it came to; nothing, if anything is wrong with it.

    Args:
        settings: where the project is.
        hear: waits for the hashes of the tables in the YAML.
        say: gives an answer.

    """
    from schemagen.history import history  # noqa: PLC0415 - the other process does without it

    found = history.read(settings.versions, settings.root)
    folded = found.folded
    if folded is None:
        return
    runs = folded.runs()
    there: dict[str, list[tuple[Obj, str]]] = {}
    for home, objects in runs:
        there.setdefault(home, []).extend(objects)
    mine = {home: digest(objects) for home, objects in there.items()}
    theirs = json.loads(hear())
    pool = Pool()
    unlike = [home for home, hashed in mine.items() if theirs.get(home) != hashed]
    said = {
        "same": not unlike and mine.keys() == theirs.keys(),
        "runs": [(home, len(objects)) for home, objects in runs],
        "unlike": {home: pool.number(home, _made(home, there[home])) for home in unlike},
        "pool": pool.data(),
        "files": found.digests,
        "head": found.head,
        "done": sorted([*key, new] for key, new in found.done()),
        "count": len(found),
    }
    say(json.dumps(said).encode())


def _made(home: str, objects: Iterable[tuple[Obj, str]]) -> list[Obj]:
    """Make the objects of a table of those that are like them and their names."""
    return [obj.under("" if obj.kind == Table.kind else home, name) for obj, name in objects]


class Meeting:
    """What the one process and the other tell each other.

    Args:
        settings: where the project is.
        second: the process that replays.

    """

    def __init__(self, settings: Settings, second: Beside) -> None:
        """Ask nothing yet."""
        self._settings = settings
        self._second = second
        self._wanted: Schema | None = None
        self._there: dict[str, list[Obj]] = {}

    def ask(self, wanted: Schema) -> None:
        """Ask what of the history's state is not in the YAML's schema as it is."""
        if self._wanted is not None:
            return  # it was asked of a schema that turned out wrong
        self._wanted, self._there = wanted, wanted.homes
        self._second.ask(json.dumps(digests(self._there)).encode())

    def history(self, wanted: Schema) -> Replayed | None:
        """Wait for the answer; None if anything is wrong with the history, or with this schema."""
        told = self._second.answer() if wanted is self._wanted else None
        if not told:
            return None
        said = json.loads(told)
        done = frozenset((Key(*key), new) for *key, new in said["done"])
        runs = _runs(said, self._there)
        state = Schema.of_runs(runs, wanted if said["same"] else None)
        return Replayed(self._settings, said["files"], said["head"], state, done, said["count"])


def _runs(said: Mapping[str, Any], there: Mapping[str, list[Obj]]) -> Runs:
    """Put together what the other process has told and what is there, in the state's order."""
    runs = Pool(**said["pool"]).runs
    told = {name: runs[number] for name, number in said["unlike"].items()}
    whole = {**there, **told}
    left = {name: iter(found) for name, found in whole.items()}
    return [
        (name, whole[name] if count == len(whole[name]) else [*islice(left[name], count)])
        for name, count in said["runs"]
    ]
