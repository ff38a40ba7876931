"""What was found when nothing was amiss, kept under `.schemagen/` for the next time.

A finding is kept under a hash of everything that it was made from: the content of each file, the
settings, and this program. So it is never believed over the files, and can be deleted at any time.
Nothing but "there is nothing to say" is ever kept.
"""

from __future__ import annotations

import hashlib
import os
from functools import cached_property
from typing import TYPE_CHECKING

from schemagen.memory import folder
from schemagen.memory.program import files, program

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.beside import Beside
    from schemagen.config import Settings

_SUFFIXES = (".yaml", ".yml", ".py")


class Remembered:
    """What a command has found in a project as it is now, if it has looked before.

    Args:
        command: its name.
        settings: where the project is.

    """

    def __init__(self, command: str, settings: Settings) -> None:
        """Look at when the files were written, that no command may believe in what has changed."""
        self._command = command
        self._settings = settings
        self._written = _written(settings)
        self._second: Beside | None = None

    @cached_property
    def _key(self) -> str:
        """The hash of all that the finding is made from."""
        found = self._second.answer() if self._second and self._second.is_done else None
        return (found or _hash(self._settings)).decode()

    def said(self) -> str | None:
        """Give what was found in these very files; None when nobody has looked, or they differ."""
        found = folder.recall(self._settings.root, self._command)
        if found is None:
            return None
        key, _, said = found.partition("\n")
        return said if key == self._key else None

    def begin(self) -> None:
        """Begin to hash what a finding is kept under, in a second process that has time."""
        from schemagen import beside  # noqa: PLC0415 - for large projects alone

        if "_key" not in self.__dict__:
            self._second = beside.begin(lambda _: _hash(self._settings), hurry=False)

    def end(self) -> None:
        """End that process, if there is one."""
        if self._second is not None:
            self._second.end()

    def keep(self, said: str) -> None:
        """Keep what was found, if no file has been written in the meantime."""
        key = self._key
        if _written(self._settings) == self._written:
            folder.keep(self._settings.root, self._command, f"{key}\n{said}")


def _hash(settings: Settings) -> bytes:
    """Hash what a command depends on: the YAML, the revisions, the settings, this program."""
    digest = hashlib.sha256()
    for piece in _pieces(settings):
        digest.update(len(piece).to_bytes(8, "big"))
        digest.update(piece)
    return digest.hexdigest().encode()


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
