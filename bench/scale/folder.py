"""A folder that is put back as it was after each run."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Bytecode is what a warm-up is for, and a cache is a case's own affair.
_LEFT_ALONE = {"__pycache__", ".schemagen"}


@dataclass(frozen=True, slots=True)
class _Kept:
    modified: int
    size: int
    content: bytes


@dataclass(slots=True)
class Folder:
    """A folder and what its files hold.

    Args:
        root: the folder.
        kept: its files, by path, once `keep` has been called.

    """

    root: Path
    kept: dict[str, _Kept] = field(default_factory=dict)

    def keep(self) -> Folder:
        """Remember the files as they are."""
        self.kept = {
            entry.path: _Kept(stat.st_mtime_ns, stat.st_size, Path(entry.path).read_bytes())
            for entry in _files(self.root)
            if (stat := entry.stat())
        }
        return self

    def restore(self) -> bool:
        """Put them back; say whether any was another one."""
        touched, there = False, set()
        for entry in list(_files(self.root)):
            kept, stat = self.kept.get(entry.path), entry.stat()
            there.add(entry.path)
            if kept is None:
                Path(entry.path).unlink()
                touched = True
            elif (stat.st_mtime_ns, stat.st_size) != (kept.modified, kept.size):
                touched |= self._write(entry.path)
        for path in self.kept.keys() - there:
            touched |= self._write(path)
        return touched

    def _write(self, path: str) -> bool:
        kept = self.kept[path]
        Path(path).write_bytes(kept.content)
        os.utime(path, ns=(kept.modified, kept.modified))
        return True


def _files(folder: Path | str) -> Iterator[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in _LEFT_ALONE:
                    yield from _files(entry.path)
            elif not entry.name.endswith((".db", ".db-journal")):
                yield entry
