"""What was found when nothing was amiss, kept under `.schemagen/` for the next time.

A finding is kept under a hash of everything that it was made from: the content of each file, the
settings, and this program. So it is never believed over the files, and can be deleted at any time.
Nothing but "there is nothing to say" is ever kept.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from schemagen import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.config import Settings

FOLDER = ".schemagen"
_PACKAGE = Path(__file__).parents[1]
_SUFFIXES = (".yaml", ".yml", ".py")


@dataclass(frozen=True, slots=True)
class Remembered:
    """What a command has found in a project as it is now, if it has looked before.

    Args:
        command: its name.
        settings: where the project is.
        key: the hash of all that it was made from.

    """

    command: str
    settings: Settings
    key: str

    @property
    def path(self) -> Path:
        """The file where it is kept."""
        return self.settings.root / FOLDER / f"{self.command}.json"

    def said(self) -> str | None:
        """Give what was found in these very files; None when nobody has looked, or they differ."""
        try:
            kept = json.loads(self.path.read_bytes())
        except (OSError, ValueError):
            return None
        if not isinstance(kept, dict) or kept.get("key") != self.key:
            return None
        said = kept.get("said")
        return said if isinstance(said, str) else None

    def keep(self, said: str) -> None:
        """Keep what was found, if no file has changed in the meantime.

        Where it cannot be written, the next time takes as long again.
        """
        folder = self.path.parent
        if folder.is_symlink() or remembered(self.command, self.settings).key != self.key:
            return
        with contextlib.suppress(OSError):
            folder.mkdir(exist_ok=True)
            ignored = self.path.with_name(".gitignore")
            if not ignored.exists():
                ignored.write_text("*\n", encoding="utf-8")
            aside = self.path.with_name(f"{self.path.name}.{os.getpid()}")
            aside.write_text(json.dumps({"key": self.key, "said": said}), encoding="utf-8")
            aside.replace(self.path)


def remembered(command: str, settings: Settings) -> Remembered:
    """Look at what a command depends on: the YAML, the revisions, the settings, this program."""
    digest = hashlib.sha256()
    for piece in _pieces(settings):
        digest.update(len(piece).to_bytes(8, "big"))
        digest.update(piece)
    return Remembered(command, settings, digest.hexdigest())


def _pieces(settings: Settings) -> Iterator[bytes]:
    yield repr((__version__, sys.version, settings)).encode()
    for path, found in _files(_PACKAGE):
        yield f"{path} {found.stat().st_mtime_ns} {found.stat().st_size}".encode()
    for folder in (settings.schema, settings.versions):
        for path, _ in _files(folder):
            yield os.fsencode(path)
            yield _content(path)


def _content(path: str) -> bytes:
    """Give a file's content, or that it cannot be read: a command will say so."""
    try:
        with open(path, "rb", buffering=0) as stream:  # noqa: PTH123 - thousands of files
            return stream.read()
    except OSError as error:
        return repr(error).encode()


def _files(folder: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Go through the files of a folder that any command reads, at any depth, by name."""
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return
    for entry in found:
        if entry.is_dir(follow_symlinks=False):
            yield from _files(Path(entry.path))
        elif entry.name.endswith(_SUFFIXES):
            yield entry.path, entry
