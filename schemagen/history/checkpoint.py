"""A state of the history that was replayed before: replay goes on from there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schemagen.contents import digest, is_entry
from schemagen.kinds import Key
from schemagen.records import record
from schemagen.schema import Schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from schemagen.history.files import Folder
    from schemagen.history.graph import Graph
    from schemagen.history.revision import Revision
    from schemagen.kinds import Obj
    from schemagen.renames import Done


@record
class Checkpoint:
    """What a history without a mistake came to.

    Args:
        files: the hashes of all its files, by name.
        head: the id of its one head.
        state: the schema there.
        done: the renames carried out up to there.

    """

    files: Mapping[str, str]
    head: str
    state: Schema
    done: Done

    def is_of(self, texts: Mapping[str, bytes]) -> bool:
        """Say whether this is what files come to, by their names: nothing has changed since."""
        return self.files == {name: digest(text) for name, text in texts.items()}

    def fits(self, folder: Folder, graph: Graph) -> bool:
        """Say whether a history goes on from here, its older files being what they were."""
        if not self.files.items() <= folder.digests.items() or self.head not in graph.by_id:
            return False
        known = self.known(graph)
        if not self._tells(graph.by_id[name] for name in known):
            return False
        later = (revision for revision in graph.revisions if revision.id not in known)
        ends = {self.head}
        for revision in later:
            if len(revision.parents) != 1 or not ends.issuperset(revision.parents):
                return False
            ends.add(revision.id)
        return True

    def _tells(self, known: Iterable[Revision]) -> bool:
        """Say whether the revisions have the entries that they had: no fewer, and no more."""
        told = {each.told.file.rpartition("/")[2] for each in known if each.told}
        return told == set(filter(is_entry, self.files))

    def known(self, graph: Graph) -> frozenset[str]:
        """Give the ids of the revisions up to here."""
        return frozenset(r.id for r in graph.revisions if r.path.name in self.files)

    def written(self, number: Callable[[str, list[Obj]], int]) -> dict[str, Any]:
        """Give it as JSON has it, with numbers for runs of objects."""
        return {
            "files": self.files,
            "head": self.head,
            "state": [(home, number(home, run)) for home, run in self.state.runs()],
            "done": sorted([*key, new] for key, new in self.done),
        }

    @classmethod
    def of(cls, data: Mapping[str, Any], runs: Sequence[list[Obj]]) -> Checkpoint:
        """Read what `written` has given."""
        state = Schema.of_runs([(home, runs[number]) for home, number in data["state"]])
        done = frozenset((Key(*key), new) for *key, new in data["done"])
        return cls(data["files"], data["head"], state, done)
