"""The files of a schema folder: which are read, under which names, and their texts."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from schemagen.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

SUFFIXES = (".yaml", ".yml")


def texts(folder: Path, root: Path) -> dict[str, str]:
    """Give the texts of the files by the names that places use. Raises SourceError.

    Args:
        folder: holds the files, at any depth.
        root: what the names are relative to, where they are below it.

    """
    whole, there = root.resolve(), folder.resolve()
    inside = there.is_relative_to(whole)
    before = f"{there.relative_to(whole).as_posix()}/" if inside and there != whole else ""
    found: dict[str, str] = {}
    for name, entry in _entries(folder, ""):
        plain = inside and not entry.is_symlink()
        found[before + name if plain else _name(Path(entry.path), whole)] = _text(entry.path)
    return found


def yaml_files(folder: Path) -> list[Path]:
    """Give the files of a schema folder that are read, sorted."""
    return [Path(entry.path) for _, entry in _entries(folder, "")]


def _entries(folder: Path | str, before: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Go through the files that are read, by name, with their paths below the folder."""
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        msg = f"cannot read {folder}: {error.strerror}"
        raise SourceError(msg) from error
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _entries(entry.path, f"{before}{entry.name}/")
        elif entry.name.endswith(SUFFIXES) and entry.is_file():
            yield before + entry.name, entry


def _name(path: Path, root: Path) -> str:
    try:
        return path.resolve().relative_to(root).as_posix()
    except ValueError:
        return path.as_posix()


def _text(path: str) -> str:
    try:
        with open(path, "rb", buffering=0) as stream:  # noqa: PTH123 - thousands of files
            return stream.read().decode("utf-8", "surrogateescape")
    except OSError as error:
        msg = f"cannot read {path}: {error.strerror}"
        raise SourceError(msg) from error
