"""YAML → Schema: what is wanted, how to get there, where each object stands, and what is wrong."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from schemagen.errors import SourceError
from schemagen.records import field, record, replace
from schemagen.source import folder as files
from schemagen.source.assemble import assemble
from schemagen.source.kept import NOTHING, Kept
from schemagen.source.placed import Places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from schemagen.diagnostics import Diagnostic, Place
    from schemagen.directions import Directions
    from schemagen.kinds import Key
    from schemagen.schema import Schema
    from schemagen.source.unmanaged import Apart


@record(slots=False)
class Source:
    """What a schema folder says.

    Args:
        schema: the objects, names resolved; the valid ones when there are errors.
        directions: how to get there, under the objects' keys.
        places: where each object stands.
        diagnostics: what is wrong, in all files, sorted.
        texts: the files' texts under the names that places use.
        mixins: the names of the mixins.
        unmanaged: what the database holds beside the schema.
        keep: gives what the files gave, for the next time.
        digests: the hashes of the files of a folder, by their paths below it.

    """

    schema: Schema
    directions: Directions
    places: Mapping[Key, Place]
    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, str]
    mixins: tuple[str, ...] = ()
    unmanaged: tuple[Apart, ...] = ()
    keep: Callable[[], Kept] = lambda: NOTHING
    digests: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def kept(self) -> Kept:
        """What the files gave, for the next time."""
        return self.keep()


def read(
    folder: Path,
    root: Path,
    kept: Kept = NOTHING,
    ready: Callable[[Schema], None] | None = None,
) -> Source:
    """Read a schema folder.

    Args:
        folder: holds the YAML files, at any depth.
        root: what the names of files in places are relative to.
        kept: what its files gave before.
        ready: is told the schema while it is still looked at; that may find it to be wrong.

    """
    if not folder.is_dir():
        msg = f"there is no schema folder {folder}"
        raise SourceError(msg)
    found = files.read(folder, root)
    return replace(parse(found.texts, kept, ready), digests=found.digests)


def parse(
    files: Mapping[str, str],
    kept: Kept = NOTHING,
    ready: Callable[[Schema], None] | None = None,
) -> Source:
    """Read a schema from texts, by the names of their files.

    Args:
        files: the texts by name.
        kept: what such files gave before.
        ready: is told the schema while it is still looked at.

    """
    with _no_collection():
        draft, schema, keep = assemble(files, kept, ready)
    places = Places(schema, draft.nodes)
    found = draft.problems.sorted()
    mixins = tuple(draft.mixins)
    shown = {name: _shown(text) for name, text in files.items()}
    return Source(
        schema, dict(draft.directions), places, found, shown, mixins, tuple(draft.unmanaged), keep
    )


def _shown(text: str) -> str:
    """Give a text as it can be shown, without what is no UTF-8."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


@contextmanager
def _no_collection() -> Iterator[None]:
    """Keep the garbage collector away: half of the time goes there, and it finds nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        # All that was read goes to the oldest generation, unseen; else it would be searched now.
        if not gc.get_freeze_count():  # else it would thaw what a program has frozen
            gc.freeze()
            gc.unfreeze()
        if was_on:
            gc.enable()
