"""What two processes tell each other, one with the history's state and one with the YAML's schema.

The one that has the state tells what is not in the YAML as it is; the rest is there already.
"""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING, Any

from schemagen.kinds import Key
from schemagen.memory.digests import Sorted, digests, sort
from schemagen.memory.pool import Pool
from schemagen.schema import Schema
from schemagen.workflow.replayed import Replayed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from schemagen.beside import Beside
    from schemagen.config import Settings
    from schemagen.kinds import Obj


def replay(settings: Settings, ask: Callable[[], bytes]) -> bytes:
    """Replay the history and tell what it came to; nothing, if anything is wrong with it.

    Args:
        settings: where the project is.
        ask: waits for the hashes of the tables in the YAML.

    """
    from schemagen import history  # noqa: PLC0415 - the other process does without it

    found = history.read(settings.versions, settings.root)
    now = found.checkpoint
    if now is None:
        return b""
    homes, runs = sort(now.state)
    mine = digests(homes)
    theirs = json.loads(ask())
    pool = Pool()
    unlike = [home for home, digest in mine.items() if theirs.get(home) != digest]
    said = {
        "runs": runs if unlike or mine.keys() != theirs.keys() else None,
        "unlike": {home: pool.numbers(homes[home]) for home in unlike},
        "pool": pool.data(),
        "files": now.files,
        "head": now.head,
        "done": sorted([*key, new] for key, new in now.done),
        "count": len(found),
    }
    return json.dumps(said).encode()


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
        self._there = Sorted({}, [])

    def ask(self, wanted: Schema) -> None:
        """Ask what of the history's state is not in the YAML's schema as it is."""
        if self._wanted is not None:
            return  # it was asked of a schema that turned out wrong
        self._wanted, self._there = wanted, sort(wanted)
        self._second.ask(json.dumps(digests(self._there.homes)).encode())

    def history(self, wanted: Schema) -> Replayed | None:
        """Wait for the answer; None if anything is wrong with the history, or with this schema."""
        told = self._second.answer() if wanted is self._wanted else None
        if not told:
            return None
        said = json.loads(told)
        done = frozenset((Key(*key), new) for *key, new in said["done"])
        state = wanted if said["runs"] is None else _state(said, self._there)
        return Replayed(self._settings, said["files"], said["head"], state, done, said["count"])


def _state(said: Mapping[str, Any], there: Sorted) -> Schema:
    """Put together what the other process has told and what is there, in the state's order."""
    objects = Pool(**said["pool"]).objects
    told = {home: [objects[n] for n in numbers] for home, numbers in said["unlike"].items()}
    return Schema(_in_order(said["runs"], {**there.homes, **told}))


def _in_order(runs: Iterable[tuple[str, int]], homes: Mapping[str, Iterable[Obj]]) -> Iterable[Obj]:
    left = {home: iter(objects) for home, objects in homes.items()}
    for home, count in runs:
        yield from islice(left[home], count)
