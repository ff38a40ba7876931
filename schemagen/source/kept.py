"""What a folder of YAML gave, file by file, and what of it can be taken for granted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schemagen import contents
from schemagen.records import record
from schemagen.source.tablefile import TableFile

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from schemagen.kinds import Obj
    from schemagen.source.documents import Contents
    from schemagen.source.draft import Draft, TableDraft
    from schemagen.source.placed import Placed
    from schemagen.source.tablefile import Pointer


class ForgottenError(Exception):
    """What is remembered does not fit to what is there: all has to be read."""


@record
class Kept:
    """What files with one table gave, in the middle of others.

    Args:
        around: the hash of all other files.
        files: those with one table, by name.

    """

    around: str
    files: Mapping[str, TableFile]

    def find(self, file: str, text: str) -> TableFile | None:
        """Give what a file gave, if it has the same text."""
        found = self.files.get(file)
        return found if found is not None and found.digest == digest(text) else None

    def unchanged(self, now: Kept) -> frozenset[str]:
        """Name the files that gave now what they gave then."""
        same = (name for name, file in now.files.items() if self.files.get(name) is file)
        return frozenset(same)

    def written(self, number: Callable[[str, list[Obj]], int]) -> dict[str, Any]:
        """Give it as JSON has it, with numbers for tables and their parts."""
        files = {name: file.written(number) for name, file in self.files.items()}
        return {"around": self.around, "files": files}

    @classmethod
    def of(cls, data: Mapping[str, Any], runs: Sequence[list[Obj]]) -> Kept:
        """Read what `written` has given."""
        files = data["files"].items()
        return cls(data["around"], {name: TableFile.of(name, file, runs) for name, file in files})


NOTHING = Kept("", {})


@record
class Reading:
    """A table that was read, and not remembered.

    Args:
        file: where it stands.
        table: what was read.
        placed: its objects, but for the foreign keys, and where they stand.
        pointers: where its foreign keys point.

    """

    file: str
    table: TableDraft
    placed: list[Placed]
    pointers: list[Pointer]

    def kept(self, text: str, run: list[Obj]) -> TableFile:
        """Give what the file gives.

        Args:
            text: the file's.
            run: the table and its parts.

        """
        mixins = {name: mixin for name, (_, mixin) in self.table.declared.items() if mixin}
        stands = [(obj, at) for obj, at, _ in self.placed]
        has_key = self.table.has_key
        return TableFile(
            self.file, digest(text), run, has_key, mixins, self.pointers, lambda: stands
        )


def keep(
    draft: Draft, found: Contents, readings: Iterable[Reading], runs: Mapping[str, list[Obj]]
) -> Kept:
    """Keep what was read without a mistake; what has directions is read each time.

    Args:
        draft: all that was read.
        found: the pieces that it was read from.
        readings: the tables that were not remembered.
        runs: the tables and their parts, by name.

    """
    directed = {key.table or key.name for key in draft.directions}
    files = {said.file: said for said in found.tables.values() if isinstance(said, TableFile)}
    for each in readings:
        name = each.table.name
        if each.file in found.plain and name not in directed:
            files[each.file] = each.kept(draft.texts[each.file], runs[name])
    return Kept(around(draft.texts, found.plain), files)


def around(texts: Mapping[str, str], plain: Collection[str]) -> str:
    """Hash the files that hold more than one table, or none.

    Args:
        texts: of all files, by name.
        plain: the files with one table alone.

    """
    said = (f"{name} {digest(texts[name])}" for name in sorted(texts) if name not in plain)
    return digest("\n".join(said))


def digest(text: str) -> str:
    """Hash a text."""
    return contents.digest(text.encode("utf-8", "surrogateescape"))
