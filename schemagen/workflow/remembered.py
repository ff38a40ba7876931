"""What was found when nothing was amiss, kept under `.schemagen/` for the next time.

A finding is kept under a hash of everything that it was made from: the content of each file, the
settings, and this program. So it is never believed over the files, and can be deleted at any time.
Nothing but "there is nothing to say" is ever kept.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from schemagen.memory import folder
from schemagen.memory.program import files, program

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.config import Settings

_SUFFIXES = (".yaml", ".yml", ".py")


@dataclass(frozen=True, slots=True)
class Remembered:
    """What a command has found in a project as it is now, if it has looked before.

    Args:
        command: its name.
        settings: where the project is.
        key: the hash of all that it was made from.
        written: when that was written, file by file.

    """

    command: str
    settings: Settings
    key: str
    written: str

    def said(self) -> str | None:
        """Give what was found in these very files; None when nobody has looked, or they differ."""
        key, _, said = (folder.recall(self.settings.root, self.command) or "").partition("\n")
        return said if key == self.key else None

    def keep(self, said: str) -> None:
        """Keep what was found, if no file has been written in the meantime."""
        if _written(self.settings) == self.written:
            folder.keep(self.settings.root, self.command, f"{self.key}\n{said}")


def remembered(command: str, settings: Settings) -> Remembered:
    """Look at what a command depends on: the YAML, the revisions, the settings, this program."""
    written, digest = _written(settings), hashlib.sha256()
    for piece in _pieces(settings):
        digest.update(len(piece).to_bytes(8, "big"))
        digest.update(piece)
    return Remembered(command, settings, digest.hexdigest(), written)


def _pieces(settings: Settings) -> Iterator[bytes]:
    yield program()
    yield repr(settings).encode()
    for path, _ in _read(settings):
        yield os.fsencode(path)
        yield _content(path)


def _read(settings: Settings) -> Iterator[tuple[str, os.DirEntry[str]]]:
    yield from files(settings.schema, _SUFFIXES)
    yield from files(settings.versions, _SUFFIXES)


def _written(settings: Settings) -> str:
    """Hash when each file was written, and how long it is."""
    digest = hashlib.sha256()
    for path, entry in _read(settings):
        digest.update(os.fsencode(f"{path} {_state(entry)}\n"))
    return digest.hexdigest()


def _state(entry: os.DirEntry[str]) -> str:
    try:
        found = entry.stat()
    except OSError as error:  # a link to nothing
        return repr(error)
    return f"{found.st_mtime_ns} {found.st_size} {found.st_ino}"


def _content(path: str) -> bytes:
    """Give a file's content, or that it cannot be read: a command will say so."""
    try:
        with open(path, "rb", buffering=0) as stream:  # noqa: PTH123 - thousands of files
            return stream.read()
    except OSError as error:
        return repr(error).encode()
